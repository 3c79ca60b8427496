import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Issue } from '#domain/issue.ts';
import { mergeIssues } from '#domain/timeline.ts';
import type { IssueFilter, WalkState } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { cleaned, cleanJson, cleanText } from './clean-text.ts';
import { decodeIssue, encodeIssue, type StoredIssue } from './codec.ts';
import { lockName, lockUntilCommit } from './lock.ts';
import { moveWalk } from './sync-state.ts';
import type { Database } from './tables.ts';

/** The most events of one issue; the table has the same limit. */
const HISTORY_CAP = 20_000;

/** Merges a batch with what is stored, and moves its walk on, in one transaction. */
export async function saveBatch(
  db: Database,
  schema: string,
  source: string,
  issues: readonly Issue[],
  walk: WalkState | undefined,
): Promise<void> {
  const read = joinCopies(issues);
  await db.transaction().execute(async (tx) => {
    // Locking rows would not do: of two savers of one new issue, neither finds a row to lock, and the later would
    // overwrite what the earlier had put in. So the saves of a source take turns, each a fraction of a second.
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    const stored = await readByIds(tx, source, [...read.keys()]);
    const changed = [...read].flatMap(([id, issue]) => merged(stored.get(id), issue));
    for (const rows of inChunks(changed.map(storedForm))) await writeRows(tx, source, rows);
    if (walk !== undefined) await moveWalk(tx, source, walk);
  });
}

/** Issues in order of id, a page at a time: a source may be larger than memory. */
export async function* issuePages(
  db: Database,
  source: string,
  filter: IssueFilter = {},
): AsyncIterable<readonly Issue[]> {
  for (let after: string | undefined; ; ) {
    const rows = await selectIssues(db, source)
      .$if(filter.projects !== undefined, (query) =>
        query.where(sql<boolean>`project_ids && ${[...(filter.projects ?? [])]}::text[]`),
      )
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
    .executeTakeFirstOrThrow();
  return count;
}

const PAGE = 1_000;

/** A statement's size in characters: far below what one jsonb value may hold (256 MB), far above a usual batch. */
const CHUNK = 32_000_000;

const any = (values: readonly string[] = []) => sql<string>`any(${values})`;

const selectIssues = (db: Database, source: string) =>
  db
    .selectFrom('issue')
    .select(['id', 'created_at', 'updated_at', 'creator', 'current', 'events'])
    .where('source', '=', source);

async function readByIds(
  db: Database,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Issue>> {
  if (ids.length === 0) return new Map();
  const rows = await selectIssues(db, source).where('id', '=', any(ids)).execute();
  return new Map(rows.map((row) => [row.id, decodeIssue(source, row)]));
}

/** One issue per id: a page that shifted under the reader, or was sent twice, holds some of them twice. */
function joinCopies(issues: readonly Issue[]): ReadonlyMap<string, Issue> {
  const byId = new Map<string, Issue>();
  for (const issue of issues) {
    const id = cleanText(issue.id);
    const other = byId.get(id);
    byId.set(id, other === undefined ? issue : mergeIssues(cleaned(other), cleaned(issue)));
  }
  return byId;
}

/** What to write for an issue just read: nothing when it tells nothing new. */
function merged(stored: Issue | undefined, read: Issue): readonly Issue[] {
  if (stored === undefined) return [read];
  const both = mergeIssues(stored, cleaned(read));
  return isDeepStrictEqual(both, stored) ? [] : [both];
}

function storedForm(issue: Issue): string {
  if (issue.events.length > HISTORY_CAP) {
    throw new StoreError(
      'STORE_HISTORY_TOO_LONG',
      `Issue ${issue.current.scalars.key?.value ?? issue.id} (id ${issue.id}) of source "${issue.source}" has ` +
        `${issue.events.length} events and at most ${HISTORY_CAP} are stored: no part of its batch was saved. ` +
        'Find what changes it so often (an automation, mostly), and leave its project out of the source.',
    );
  }
  return cleanJson(encodeIssue(issue));
}

function* inChunks(texts: readonly string[]): Iterable<string> {
  let chunk: string[] = [];
  let size = 0;
  for (const text of texts) {
    if (size + text.length > CHUNK && chunk.length > 0) {
      yield `[${chunk.join()}]`;
      chunk = [];
      size = 0;
    }
    chunk.push(text);
    size += text.length;
  }
  if (chunk.length > 0) yield `[${chunk.join()}]`;
}

const COLUMNS = [
  'id',
  'key',
  'project_id',
  'project_ids',
  'type_id',
  'status_id',
  'created_at',
  'updated_at',
  'creator',
  'current',
  'events',
] as const satisfies readonly (keyof StoredIssue)[];

/** One parameter holds the whole chunk: the fastest form measured, ahead of arrays per column and a value list. */
async function writeRows(db: Database, source: string, rows: string): Promise<void> {
  const columns = sql.join(COLUMNS.map((column) => sql.ref(column)));
  await db
    .insertInto('issue')
    .columns(['source', ...COLUMNS])
    .expression(
      sql`select ${source}, ${columns} from jsonb_to_recordset(${rows}::jsonb) as row (
        id text, key text, project_id text, project_ids text[], type_id text, status_id text,
        created_at bigint, updated_at bigint, creator text, current jsonb, events jsonb
      )`,
    )
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'id'])
        .doUpdateSet((row) =>
          Object.fromEntries(COLUMNS.map((column) => [column, row.ref(`excluded.${column}`)])),
        ),
    )
    .execute();
}
