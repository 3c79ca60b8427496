import { endlessWalkGuard } from '../progress.ts';
import type { Census, PartState } from '../tracker.ts';
import type { LinearClient } from './client.ts';
import { CENSUS } from './documents.ts';
import { MOST_ROWS, type Workspace } from './workspace.ts';

/**
 * Ids of the issues there are, newest first, 250 a question. Those in the trash are left out: they are gone, though
 * Linear still shows them for a while.
 */
export async function* issueIds(client: LinearClient, filter: object): AsyncGenerator<readonly string[]> {
  const watch = endlessWalkGuard(client.source, 'ids of issues');
  const seen = new Set<string>();
  for (let after: string | null | undefined; ; ) {
    const { data } = await client.ask(CENSUS, {
      first: MOST_ROWS,
      filter,
      ...(after == null ? {} : { after }),
    });
    const fresh = data.issues.nodes.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    yield fresh.filter(({ trashed }) => trashed !== true).map(({ id }) => id);
    const { hasNextPage, endCursor } = data.issues.pageInfo;
    if (!hasNextPage) return;
    watch(fresh.length > 0);
    after = endCursor;
  }
}

/**
 * The state of the parts: the workspace is one, or every team that is read. A team that is not shown was deleted or made
 * private; Linear tells the two apart to nobody, so it counts as out of sight.
 */
export function partStates(
  { id, lists }: Workspace,
  parts: readonly string[],
  known: readonly string[],
): Census['parts'] {
  const states = new Map<string, PartState>([[id, 'live']]);
  for (const team of lists.teams) states.set(team.id, team.archivedAt == null ? 'live' : 'archived');
  return new Map(
    [...new Set([...parts, ...known])].map((part) => [part, states.get(part) ?? ('access_lost' as const)]),
  );
}
