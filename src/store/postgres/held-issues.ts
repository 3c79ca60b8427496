import { sql } from 'kysely';
import { openAbsence } from '#domain/absence.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import type { Held, IssueFilter } from '../store.ts';
import { decodeIssue } from './codec.ts';
import type { Database } from './tables.ts';

/** Issues in order of id, a page at a time: a source may be larger than memory. */
export async function* issuePages(
  db: Database,
  source: string,
  filter: IssueFilter & { readonly live?: boolean } = {},
): AsyncIterable<readonly Issue[]> {
  for (let after: string | undefined; ; ) {
    const rows = await selectIssues(db, source)
      .$if(filter.projects !== undefined || filter.teams !== undefined, (query) =>
        query.where(isEverIn(filter)),
      )
      .$if(filter.live === true, (query) => query.where('gone_since', 'is', null))
      .$if(filter.ids !== undefined, (query) => query.where('id', '=', any(filter.ids)))
      .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
      .orderBy('id')
      .limit(PAGE)
      .execute();
    yield rows.map((row) => decodeIssue(source, row));
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id;
  }
}

export async function countIssues(db: Database, source: string): Promise<number> {
  const { count } = await db
    .selectFrom('issue')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('source', '=', source)
    .where('gone_since', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** When each issue changed last of those that did since a moment, without those that are gone. */
export async function storedSince(
  db: Database,
  source: string,
  since: Instant,
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .selectFrom('issue')
    .select(['id', 'updated_at'])
    .where('source', '=', source)
    .where('updated_at', '>=', since)
    .where('gone_since', 'is', null)
    .execute();
  return new Map(rows.map(({ id, updated_at }) => [id, updated_at]));
}

/** Every issue ever read, in order of id. */
export async function inventory(db: Database, source: string): Promise<readonly Held[]> {
  const rows = await db
    .selectFrom('issue')
    .select(['id', 'key', 'project_id', 'team_id', 'gone_since'])
    .select(sql<string | null>`gone -> -1 ->> 'why'`.as('why'))
    .where('source', '=', source)
    .orderBy('id')
    .execute();
  return rows.map(({ id, key, project_id, team_id, gone_since, why }) => ({
    id,
    ...(key === null ? {} : { key }),
    ...(project_id === null ? {} : { project: project_id }),
    ...(team_id === null ? {} : { team: team_id }),
    gone: gone_since !== null,
    ...(gone_since !== null && (why === 'deleted' || why === 'access_lost')
      ? { missedSince: gone_since }
      : {}),
  }));
}

/** What is stored of some issues, without those that are gone. */
export async function readLive(
  db: Database,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Issue>> {
  const stored = await readByIds(db, source, ids);
  return new Map([...stored].filter(([, { gone }]) => openAbsence(gone) === undefined));
}

/** What is stored of some issues, by id. */
export async function readByIds(
  db: Database,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Issue>> {
  if (ids.length === 0) return new Map();
  const rows = await selectIssues(db, source).where('id', '=', any(ids)).execute();
  return new Map(rows.map((row) => [row.id, decodeIssue(source, row)]));
}

const PAGE = 1_000;

/** A condition on both indexes at once: a scope may name projects here and teams there. */
const isEverIn = ({ projects = [], teams = [] }: IssueFilter) =>
  sql<boolean>`(project_ids && ${[...projects]}::text[] or team_ids && ${[...teams]}::text[])`;

const any = (values: readonly string[] = []) => sql<string>`any(${values})`;

const selectIssues = (db: Database, source: string) =>
  db
    .selectFrom('issue')
    .select(['id', 'created_at', 'updated_at', 'creator', 'current', 'events', 'gone', 'claims', 'texts'])
    .where('source', '=', source);
