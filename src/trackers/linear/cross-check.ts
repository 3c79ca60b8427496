import { isDeepStrictEqual } from 'node:util';
import { scalarIntervals } from '#domain/field-values.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import type { LinearClient } from './client.ts';
import { STAYS } from './documents.ts';
import type { LinearStays } from './schemas.ts';
import { MOST_ROWS } from './workspace.ts';

/**
 * Whether the recorded statuses of issues are those that Linear keeps beside their histories: 250 a question. Those that
 * changed since they were stored, or are not shown, are left out.
 */
export async function crossCheck(
  client: LinearClient,
  issues: readonly Issue[],
): Promise<ReadonlyMap<string, boolean>> {
  const agrees = new Map<string, boolean>();
  for (let at = 0; at < issues.length; at += MOST_ROWS) {
    const asked = new Map(issues.slice(at, at + MOST_ROWS).map((issue) => [issue.id, issue]));
    const filter = { id: { in: [...asked.keys()] } };
    const { data } = await client.ask(STAYS, { first: asked.size, filter });
    for (const shown of data.issues.nodes) {
      const issue = asked.get(shown.id);
      if (issue?.updatedAt !== shown.updatedAt) continue;
      agrees.set(shown.id, !contradicts(shown, issue));
    }
  }
  return agrees;
}

/** What happens in the first minutes belongs to the creation, and Linear records none of it. */
const CREATION_MS = 180_000;

/**
 * Whether the history tells other statuses, or another order of them, than the stays in states do, or ends in another
 * status than the issue shows.
 */
export function contradicts(
  { stateHistory, state, createdAt }: Pick<LinearStays, 'stateHistory' | 'state' | 'createdAt'>,
  issue: Issue,
): boolean {
  const told = scalarIntervals(issue, 'status').map(({ from, value }) => ({ at: from, state: value?.value }));
  if (told.at(-1)?.state !== state.id) return true;
  // Which end of a long list a page shows is not documented.
  if (stateHistory.pageInfo.hasNextPage || stateHistory.nodes.length === 0) return false;
  const kept = stateHistory.nodes
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map(({ stateId, startedAt }) => ({ at: startedAt, state: stateId }));
  const [mine, theirs] = [told, kept].map((stays) => settledStates(stays, createdAt + CREATION_MS));
  return !isDeepStrictEqual(mine, theirs);
}

function settledStates(
  stays: readonly { readonly at: Instant; readonly state: string | undefined }[],
  after: Instant,
): readonly (string | undefined)[] {
  return stays.filter(({ at }, i) => i === stays.length - 1 || at > after).map(({ state }) => state);
}
