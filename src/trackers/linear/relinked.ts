import type { Instant } from '#domain/issue.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { LinearClient } from './client.ts';
import { RELATIONS } from './documents.ts';
import { MOST_ROWS } from './workspace.ts';

interface Relation {
  readonly updatedAt: Instant;
  readonly issue: { readonly id: string };
  readonly relatedIssue: { readonly id: string };
}

/**
 * Both ends of every relation that changed since a moment. `newest` are the newest relations there are; as relations take
 * no filter, more are read only when all of these changed since.
 */
export async function relinked(
  client: LinearClient,
  newest: readonly Relation[],
  since: Instant,
): Promise<readonly string[]> {
  const ids = new Set<string>();
  const take = (relations: readonly Relation[]): boolean => {
    const changed = relations.filter(({ updatedAt }) => updatedAt >= since);
    for (const { issue, relatedIssue } of changed) ids.add(issue.id).add(relatedIssue.id);
    return changed.length > 0 && changed.length === relations.length;
  };
  let goOn = take(newest);
  // Fewer than were asked for are all there are.
  if (newest.length < RELATIONS_A_POLL) goOn = false;
  const watch = endlessWalkGuard(client.source, 'relations');
  for (let after: string | null | undefined; goOn; ) {
    const { data } = await client.ask(RELATIONS, { first: MOST_ROWS, ...(after == null ? {} : { after }) });
    const { nodes, pageInfo } = data.issueRelations;
    goOn = take(nodes) && pageInfo.hasNextPage;
    if (goOn) watch(nodes.length > 0);
    after = pageInfo.endCursor;
  }
  return [...ids];
}

/** How many of the newest relations a poll brings. */
export const RELATIONS_A_POLL = 20;
