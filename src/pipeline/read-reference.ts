import { remind, type SyncDependencies } from './sync-source.ts';

/**
 * Reads again what a source says of itself, since something hinted that it changed. Returns whether it did: of a source
 * that was never read completely nothing is read, since it will be.
 */
export async function readReference(dependencies: SyncDependencies): Promise<boolean> {
  const { tracker, store, signal } = dependencies;
  const { completeAsOf } = await store.syncState(tracker.source);
  if (completeAsOf === undefined) return false;
  await remind(dependencies);
  const { reference, trackerNow } = await tracker.overview(signal);
  await store.saveReference(reference, trackerNow);
  return true;
}
