import type { Instant } from '#domain/issue.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { LinearClient } from './client.ts';
import { IN_RELEASES, RELATIONS } from './documents.ts';
import { MOST_ROWS } from './workspace.ts';

interface Held {
  readonly updatedAt: Instant;
  readonly issue: { readonly id: string };
}
interface Relation extends Held {
  readonly relatedIssue: { readonly id: string };
}

/** How many of the newest relations a poll brings, and of the newest memberships of releases. */
export const RELATIONS_A_POLL = 20;

/** Both ends of every relation that changed since a moment. `newest` are the newest relations there are. */
export function relinked(
  client: LinearClient,
  newest: readonly Relation[],
  since: Instant,
): Promise<readonly string[]> {
  const ends = ({ issue, relatedIssue }: Relation) => [issue.id, relatedIssue.id];
  return touched(client, newest, since, ends, async (page) => {
    const { nodes, pageInfo } = (await client.ask(RELATIONS, page)).data.issueRelations;
    return { nodes, ...pageInfo };
  });
}

/** Every issue that was put into a release since a moment. `newest` are the newest there are. */
export function filedAnew(
  client: LinearClient,
  newest: readonly Held[],
  since: Instant,
): Promise<readonly string[]> {
  return touched(
    client,
    newest,
    since,
    ({ issue }) => [issue.id],
    async (page) => {
      const { nodes, pageInfo } = (await client.ask(IN_RELEASES, page)).data.issueToReleases;
      return { nodes, ...pageInfo };
    },
  );
}

/** These lists take no filter, so more is read only when all of the newest changed since. */
async function touched<Row extends Held>(
  client: LinearClient,
  newest: readonly Row[],
  since: Instant,
  idsOf: (row: Row) => readonly string[],
  ask: (page: { readonly first: number; readonly after?: string }) => Promise<{
    readonly nodes: readonly Row[];
    readonly hasNextPage: boolean;
    readonly endCursor?: string | null | undefined;
  }>,
): Promise<readonly string[]> {
  const ids = new Set<string>();
  const take = (rows: readonly Row[]): boolean => {
    const changed = rows.filter(({ updatedAt }) => updatedAt >= since);
    for (const id of changed.flatMap(idsOf)) ids.add(id);
    return changed.length > 0 && changed.length === rows.length;
  };
  let goOn = take(newest);
  // Fewer than were asked for are all there are.
  if (newest.length < RELATIONS_A_POLL) goOn = false;
  const watch = endlessWalkGuard(client.source, 'relations');
  for (let after: string | null | undefined; goOn; ) {
    const { nodes, hasNextPage, endCursor } = await ask({
      first: MOST_ROWS,
      ...(after == null ? {} : { after }),
    });
    goOn = take(nodes) && hasNextPage;
    if (goOn) watch(nodes.length > 0);
    after = endCursor;
  }
  return [...ids];
}
