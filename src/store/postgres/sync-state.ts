import type { Instant } from '#domain/issue.ts';
import type { SyncState, WalkState } from '../store.ts';
import { cleanText } from './clean-text.ts';
import type { Database } from './tables.ts';

export async function readSyncState(db: Database, source: string): Promise<SyncState> {
  const state = await db
    .selectFrom('sync_state')
    .select(['complete_as_of', 'finished_at', 'last_error'])
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

/** A completed sync has no walks under way. A message that comes after a later one was heard changes nothing. */
export async function finishSync(
  db: Database,
  source: string,
  completeAsOf: Instant,
  finishedAt: Instant,
): Promise<void> {
  await db
    .with('moved', (with_) =>
      with_
        .insertInto('sync_state')
        .values({ source, complete_as_of: completeAsOf, finished_at: finishedAt, last_error: null })
        .onConflict((conflict) =>
          conflict
            .column('source')
            .doUpdateSet((row) => ({
              complete_as_of: row.ref('excluded.complete_as_of'),
              finished_at: row.ref('excluded.finished_at'),
              last_error: null,
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
    .values({ source, complete_as_of: null, finished_at: null, last_error: lastError })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ last_error: lastError }))
    .execute();
}
