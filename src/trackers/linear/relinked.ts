import type { Instant, Issue } from '#domain/issue.ts';
import { endlessWalkGuard } from '../progress.ts';
import type { StoredIssues } from '../tracker.ts';
import type { LinearClient } from './client.ts';
import { IN_RELEASES, MIRRORED, RELATIONS, RELATIONS_A_POLL, ROWS_A_POLL } from './documents.ts';
import { linkTo } from './links.ts';
import type { PollAnswer, RelationRow, RowOfIssue } from './schemas.ts';
import { isAmong } from './shown-again.ts';
import { MOST_ROWS } from './workspace.ts';

/** From when on rows are looked at, and until when the poll before was told of them. */
export interface Stretch {
  readonly from: Instant;
  readonly since: Instant;
}

/** An issue that a row speaks of, and whether what the row says of it is stored. */
interface Sign {
  readonly updatedAt: Instant;
  readonly issueId: string;
  readonly isIn: (stored: Issue) => boolean;
}

/**
 * Issues that changed in a way that Linear may not count as a change of them: linked, put into a release, or mirrored in
 * Jira. What is stored of the time that is asked for once more is left out, as are issues that are not `wanted`.
 */
export async function touchedIssues(
  client: LinearClient,
  { relations, inReleases, mirrored }: PollAnswer,
  { from, since }: Stretch,
  stored: StoredIssues,
  isWanted: (issueId: string) => boolean,
): Promise<readonly string[]> {
  const watch = endlessWalkGuard(client.source, 'relations');
  const found = [
    ...(await signs(relations.nodes, RELATIONS_A_POLL, linked, async (page) => {
      const { nodes, pageInfo } = (await client.ask(RELATIONS, page)).data.issueRelations;
      return { nodes, ...pageInfo };
    })),
    ...(await signs(inReleases?.nodes ?? [], ROWS_A_POLL, filed, async (page) => {
      const { nodes, pageInfo } = (await client.ask(IN_RELEASES, page)).data.issueToReleases;
      return { nodes, ...pageInfo };
    })),
    ...(await signs(mirrored.nodes, ROWS_A_POLL, reflected, async (page) => {
      const { nodes, pageInfo } = (await client.ask(MIRRORED, page)).data.attachments;
      return { nodes, ...pageInfo };
    })),
  ].filter(({ issueId }) => isWanted(issueId));
  const ids = [...new Set(found.map(({ issueId }) => issueId))];
  const known = ids.length === 0 ? new Map<string, Issue>() : await stored(ids);
  const news = found.filter(({ updatedAt, issueId, isIn }) => {
    const before = known.get(issueId);
    // What the poll before was told of as well and is not stored is not ours to read.
    return before === undefined ? updatedAt >= since : !isIn(before);
  });
  return [...new Set(news.map(({ issueId }) => issueId))];

  /** These lists take no filter, so more is read only when all that came are newer than what the poll before was told. */
  async function signs<Row extends { readonly updatedAt: Instant }>(
    newest: readonly Row[],
    asked: number,
    signsOf: (row: Row) => readonly Sign[],
    ask: (page: { readonly first: number; readonly after?: string }) => Promise<{
      readonly nodes: readonly Row[];
      readonly hasNextPage: boolean;
      readonly endCursor?: string | null | undefined;
    }>,
  ): Promise<readonly Sign[]> {
    const taken = newest.filter(({ updatedAt }) => updatedAt >= from);
    const isMore = (rows: readonly Row[]): boolean =>
      rows.length > 0 && rows.every(({ updatedAt }) => updatedAt >= since);
    // Fewer than were asked for are all there are.
    let goOn = newest.length >= asked && isMore(newest);
    for (let after: string | null | undefined; goOn; ) {
      const { nodes, hasNextPage, endCursor } = await ask({
        first: MOST_ROWS,
        ...(after == null ? {} : { after }),
      });
      taken.push(...nodes.filter(({ updatedAt }) => updatedAt >= from));
      goOn = isMore(nodes) && hasNextPage;
      if (goOn) watch(nodes.length > 0);
      after = endCursor;
    }
    return taken.flatMap(signsOf);
  }
}

function linked({ updatedAt, type, issue, relatedIssue }: RelationRow): readonly Sign[] {
  const ends = [
    { issueId: issue.id, link: linkTo(relatedIssue, type, 'from') },
    { issueId: relatedIssue.id, link: linkTo(issue, type, 'to') },
  ];
  return ends.map(({ issueId, link }) => ({
    updatedAt,
    issueId,
    isIn: ({ current }) => isAmong(current.sets.links ?? [], link),
  }));
}

function filed({ updatedAt, issue, release }: RowOfIssue & { readonly release: { readonly id: string } }) {
  const isIn = ({ current }: Issue): boolean =>
    (current.sets.versions ?? []).some(({ value }) => value === release.id);
  return [{ updatedAt, issueId: issue.id, isIn }];
}

function reflected({ updatedAt, issue, url }: RowOfIssue & { readonly url: string }) {
  const isIn = ({ current }: Issue): boolean =>
    (current.sets.mirrors ?? []).some(({ value }) => value === url);
  return [{ updatedAt, issueId: issue.id, isIn }];
}
