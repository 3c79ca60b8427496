import { endlessWalkGuard } from '../progress.ts';
import { TrackerError } from '../tracker-error.ts';
import type { LinearClient } from './client.ts';
import { CENSUS } from './documents.ts';
import { MOST_POINTS } from './page-size.ts';
import type { LinearEntry, LinearHistory, LinearRelationPage } from './schemas.ts';
import { historyTails, relationTails } from './tail-documents.ts';
import { MOST_ROWS } from './workspace.ts';

/** A list that did not come whole with its issue. */
export interface Begun<Page> {
  readonly issueId: string;
  readonly page: Page;
}

type Tails = 'histories' | 'relations';

/** Points of one row, and of the issue around all of them. */
const ROW_POINTS: Readonly<Record<Tails, number>> = { histories: 9.8, relations: 2.3 };
const ISSUE_POINTS = 2.2;
/** More would make the rows of each fewer than what is mostly missing. */
const MOST_AT_ONCE = 50;
/** Of an issue that changed little is missing, so that more fit. */
const MOST_CHANGED_AT_ONCE = 100;

/**
 * The rest of several histories, by issue: as many at once as a question may cost, until every one is at its end, or has
 * reached what is stored of it. An issue that was deleted meanwhile is left out.
 */
export async function drainHistories(
  client: LinearClient,
  begun: readonly Begun<LinearHistory>[],
  hasReached?: (issueId: string, entries: readonly LinearEntry[]) => boolean,
): Promise<ReadonlyMap<string, readonly LinearEntry[]>> {
  const pages = await drain(
    client,
    begun,
    'histories',
    async (asked, variables) => {
      const { data } = await client.ask(historyTails(asked), variables);
      return (alias) => data[alias]?.history;
    },
    hasReached,
  );
  return new Map(
    [...pages].map(([id, nodes]) => [id, [...new Map(nodes.map((entry) => [entry.id, entry])).values()]]),
  );
}

/** The rest of several lists of links, those of one side. */
export function drainRelations(
  client: LinearClient,
  begun: readonly Begun<LinearRelationPage>[],
  side: 'relations' | 'inverseRelations',
): Promise<ReadonlyMap<string, LinearRelationPage['nodes']>> {
  return drain(client, begun, 'relations', async (asked, variables) => {
    const { data } = await client.ask(relationTails(asked, side), variables);
    return (alias) => {
      const answer = data[alias];
      if (answer === undefined) return undefined;
      return 'relations' in answer ? answer.relations : answer.inverseRelations;
    };
  });
}

/** As many rows of each of so many lists as one question may cost. */
export function rowsOfTails(what: Tails, lists: number): number {
  return Math.min(MOST_ROWS, Math.floor((MOST_POINTS / lists - ISSUE_POINTS) / ROW_POINTS[what]));
}

interface AnyPage<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

async function drain<Node>(
  client: LinearClient,
  begun: readonly Begun<AnyPage<Node>>[],
  what: Tails,
  ask: (
    count: number,
    variables: Readonly<Record<string, unknown>> & { readonly first: number },
  ) => Promise<(alias: string) => AnyPage<Node> | undefined>,
  hasReached?: (issueId: string, nodes: readonly Node[]) => boolean,
): Promise<ReadonlyMap<string, Node[]>> {
  const nodes = new Map(begun.map(({ issueId, page }) => [issueId, [...page.nodes]]));
  const watch = endlessWalkGuard(client.source, what);
  const isOpen = ({ issueId, page }: Begun<AnyPage<Node>>): boolean =>
    page.pageInfo.hasNextPage && hasReached?.(issueId, nodes.get(issueId) ?? []) !== true;
  const mostAtOnce = hasReached === undefined ? MOST_AT_ONCE : MOST_CHANGED_AT_ONCE;
  let waiting = begun.filter(isOpen);
  while (waiting.length > 0) {
    const batch = waiting.slice(0, mostAtOnce);
    const variables = Object.fromEntries(
      batch.flatMap(({ issueId, page }, i) => [
        [`id${i}`, issueId],
        [`after${i}`, page.pageInfo.endCursor],
      ]),
    );
    const first = rowsOfTails(what, batch.length);
    const pageOf = await ask(batch.length, { first, ...variables }).catch(async (error: unknown) => {
      // Linear refuses the whole question for one issue that is there no more.
      const ids = batch.map(({ issueId }) => issueId);
      const gone = isRefusal(error) ? await idsGone(client, ids) : [];
      if (gone.length === 0) throw error;
      for (const id of gone) nodes.delete(id);
      return undefined;
    });
    if (pageOf === undefined) {
      waiting = waiting.filter(({ issueId }) => nodes.has(issueId));
      continue;
    }
    const next = batch.flatMap(({ issueId, page: before }, i) => {
      const page = pageOf(`t${i}`) ?? before;
      if (page !== before) nodes.get(issueId)?.push(...page.nodes);
      return [{ issueId, page, moved: page.pageInfo.endCursor !== before.pageInfo.endCursor }];
    });
    watch(next.some(({ moved }) => moved));
    // Those that are furthest from their end go last, so that a few long histories are drained in large pieces.
    waiting = [...waiting.slice(batch.length), ...next.filter(isOpen)];
  }
  return nodes;
}

function isRefusal(error: unknown): boolean {
  return error instanceof TrackerError && error.kind === 'rejected';
}

async function idsGone(client: LinearClient, ids: readonly string[]): Promise<readonly string[]> {
  const { data } = await client.ask(CENSUS, { first: ids.length, filter: { id: { in: ids } } });
  const there = new Set(data.issues.nodes.map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
}
