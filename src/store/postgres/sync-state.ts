import type { Instant } from '#domain/issue.ts';
import type { SyncState, WalkedParts, WalkState } from '../store.ts';
import { cleanText } from './clean-text.ts';
import type { Database } from './tables.ts';

export async function readSyncState(db: Database, source: string): Promise<SyncState> {
  const state = await db
    .selectFrom('sync_state')
    .select(['complete_as_of', 'finished_at', 'last_error', 'cursor', 'census_at', 'scope', 'parts'])
    .where('source', '=', source)
    .executeTakeFirst();
  const reference = await db
    .selectFrom('reference')
    .select('observed_at')
    .where('source', '=', source)
    .executeTakeFirst();
  const walks = await db
    .selectFrom('sync_walk')
    .select(['part', 'started_as_of', 'resume', 'done'])
    .where('source', '=', source)
    .orderBy('part')
    .execute();
  return {
    source,
    ...(state?.complete_as_of == null ? {} : { completeAsOf: state.complete_as_of }),
    ...(state?.finished_at == null ? {} : { finishedAt: state.finished_at }),
    ...(state?.cursor == null ? {} : { cursor: state.cursor }),
    ...(reference === undefined ? {} : { referenceReadAt: reference.observed_at.getTime() }),
    ...(state?.census_at == null ? {} : { censusAt: state.census_at }),
    ...(state?.scope == null ? {} : { walked: { scope: state.scope, parts: state.parts ?? [] } }),
    walks: walks.map((walk) => ({
      part: walk.part,
      startedAsOf: walk.started_as_of,
      ...(walk.resume === null ? {} : { resume: walk.resume }),
      done: walk.done,
    })),
    ...(state?.last_error == null ? {} : { lastError: state.last_error }),
  };
}

export async function moveWalk(db: Database, source: string, walk: WalkState): Promise<void> {
  await db
    .insertInto('sync_walk')
    .values({
      source,
      part: walk.part,
      started_as_of: walk.startedAsOf,
      resume: walk.resume ?? null,
      done: walk.done,
    })
    .onConflict((conflict) =>
      conflict.columns(['source', 'part']).doUpdateSet((row) => ({
        started_as_of: row.ref('excluded.started_as_of'),
        resume: row.ref('excluded.resume'),
        done: row.ref('excluded.done'),
      })),
    )
    .execute();
}

export async function resetWalks(db: Database, source: string): Promise<void> {
  await db.deleteFrom('sync_walk').where('source', '=', source).execute();
}

/** Following begins with a complete reading; a cursor that was heard of late does not go back. */
export async function moveCursor(db: Database, source: string, cursor: Instant): Promise<void> {
  await db
    .updateTable('sync_state')
    .set({ cursor })
    .where('source', '=', source)
    .where('cursor', '<', cursor)
    .execute();
}

export async function finishCensus(db: Database, source: string, at: Instant): Promise<void> {
  await db.updateTable('sync_state').set({ census_at: at }).where('source', '=', source).execute();
}

/** A completed sync has no walks under way. A message that comes after a later one was heard changes nothing. */
export async function finishSync(
  db: Database,
  source: string,
  completeAsOf: Instant,
  finishedAt: Instant,
  cursor?: Instant,
  walked?: WalkedParts,
): Promise<void> {
  await db
    .with('moved', (with_) =>
      with_
        .insertInto('sync_state')
        .values({
          source,
          complete_as_of: completeAsOf,
          finished_at: finishedAt,
          last_error: null,
          cursor: cursor ?? null,
          // Whoever reads everything for the first time has seen everything there is.
          census_at: cursor ?? null,
          scope: walked?.scope ?? null,
          parts: walked?.parts ?? null,
        })
        .onConflict((conflict) =>
          conflict
            .column('source')
            .doUpdateSet((row) => ({
              complete_as_of: row.ref('excluded.complete_as_of'),
              finished_at: row.ref('excluded.finished_at'),
              last_error: null,
              cursor: row.fn<Instant | null>('greatest', ['sync_state.cursor', 'excluded.cursor']),
              census_at: row.fn.coalesce('sync_state.census_at', 'excluded.census_at'),
              scope: row.fn.coalesce('excluded.scope', 'sync_state.scope'),
              parts: row.fn.coalesce('excluded.parts', 'sync_state.parts'),
            }))
            .where((row) =>
              row.or([
                row('sync_state.finished_at', 'is', null),
                row('sync_state.finished_at', '<=', row.ref('excluded.finished_at')),
              ]),
            ),
        )
        .returning('source'),
    )
    .deleteFrom('sync_walk')
    .where('source', 'in', (query) => query.selectFrom('moved').select('source'))
    .execute();
}

/** Walks stay where they are: the next attempt resumes there. */
export async function failSync(db: Database, source: string, error: string): Promise<void> {
  const lastError = cleanText(error);
  await db
    .insertInto('sync_state')
    .values({
      source,
      complete_as_of: null,
      finished_at: null,
      last_error: lastError,
      cursor: null,
      census_at: null,
      scope: null,
      parts: null,
    })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ last_error: lastError }))
    .execute();
}
