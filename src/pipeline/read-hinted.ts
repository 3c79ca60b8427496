import { whyMissed } from './missed-hints.ts';
import { reread } from './reread.ts';
import { remind, type SyncDependencies } from './sync-source.ts';

/**
 * Reads issues that something hinted at, a webhook mostly, and stores what the tracker itself says of them. Returns of how
 * many that is news. One that the tracker does not show is recorded as a census would record it; when that, with what
 * hints led to since the last census, is more than half of what is held, it looks like an outage and is left to the census. Of a source that was never read completely
 * nothing is read: it will be.
 */
export async function readHinted(dependencies: SyncDependencies, ids: readonly string[]): Promise<number> {
  const { tracker, store, now } = dependencies;
  const { completeAsOf, cursor, finishedAt } = await store.syncState(tracker.source);
  if (completeAsOf === undefined || cursor === undefined) return 0;
  await remind(dependencies);
  // By the tracker's clock: what ours tells of the time since is right, whatever time it shows.
  const at = completeAsOf + Math.max(0, now() - (finishedAt ?? now()));
  const { read, trashed, missing } = await reread(dependencies, [...new Set(ids)], at);
  const gone = new Map([
    ...trashed.map((id) => [id, 'trashed'] as const),
    ...(await whyMissed(dependencies, missing)),
  ]);
  if (gone.size > 0) await store.markGone(tracker.source, gone, at);
  return read + gone.size;
}
