import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { seen } from '#domain/absence.ts';
import type { Instant, Issue, IssueEvent } from '#domain/issue.ts';
import { withToldChanges } from '#domain/told-changes.ts';
import { mergeIssues } from '#domain/whole-timeline.ts';
import type { Sighting, WalkState } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { cleaned, cleanJson, cleanText } from './clean-text.ts';
import { encodeIssue, type StoredIssue } from './codec.ts';
import { readByIds } from './held-issues.ts';
import { lockName, lockUntilCommit } from './lock.ts';
import { moveCursor, moveWalk } from './sync-state.ts';
import type { Database } from './tables.ts';
import { toldChanges } from './webhooks.ts';

/** The most events of one issue; the table has the same limit. */
const HISTORY_CAP = 20_000;

/** Merges a batch with what is stored, and moves its walk or the cursor on, in one transaction. */
export async function saveBatch(
  db: Database,
  schema: string,
  source: string,
  issues: readonly Issue[],
  place: WalkState | Sighting | undefined,
): Promise<void> {
  const read = joinCopies(issues);
  const isWalk = place !== undefined && 'part' in place;
  const seenAt = place && ('part' in place ? place.startedAsOf : place.seenAt);
  await db.transaction().execute(async (tx) => {
    // Locking rows would not do: of two savers of one new issue, neither finds a row to lock, and the later would
    // overwrite what the earlier had put in. So the saves of a source take turns, each a fraction of a second.
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    const stored = await readByIds(tx, source, [...read.keys()]);
    const told = await toldChanges(tx, source, [...read.keys()]);
    const changed = [...read].flatMap(([id, issue]) =>
      merged(stored.get(id), issue, { seenAt, isWalk }, told.get(id)),
    );
    await writeIssues(tx, source, changed);
    if (place === undefined) return;
    if ('part' in place) await moveWalk(tx, source, place);
    else if (place.cursor !== undefined) await moveCursor(tx, source, place.cursor);
  });
}

/** Writes issues as they are, over those that are stored. */
export async function writeIssues(db: Database, source: string, issues: readonly Issue[]): Promise<void> {
  for (const rows of inChunks(issues.map(storedForm))) await writeRows(db, source, rows);
}

/** A statement's size in characters: far below what one jsonb value may hold (256 MB), far above a usual batch. */
const CHUNK = 32_000_000;

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
function merged(
  stored: Issue | undefined,
  read: Issue,
  { seenAt, isWalk }: { readonly seenAt: Instant | undefined; readonly isWalk: boolean },
  told: readonly IssueEvent[] = [],
): readonly Issue[] {
  if (stored === undefined) return [withToldChanges(read, told)];
  const before = isWalk && read.claims === undefined ? withoutClaims(stored) : stored;
  const both = metAgain(withToldChanges(mergeIssues(before, cleaned(read)), told), seenAt);
  return isDeepStrictEqual(both, stored) ? [] : [both];
}

/** A walk reads everything that is asked for: of comments that are not read any more nothing is to be left. */
function withoutClaims(issue: Issue): Issue {
  const { claims: _, ...rest } = issue;
  return rest;
}

function metAgain(issue: Issue, seenAt: Instant | undefined): Issue {
  if (issue.gone === undefined || seenAt === undefined) return issue;
  const { gone: before, ...rest } = issue;
  const gone = seen(before, seenAt);
  return gone.length === 0 ? rest : { ...rest, gone };
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
  'team_id',
  'team_ids',
  'gone',
  'gone_since',
  'claims',
  'texts',
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
        created_at bigint, updated_at bigint, creator text, current jsonb, events jsonb,
        team_id text, team_ids text[], gone jsonb, gone_since bigint, claims jsonb, texts jsonb
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
