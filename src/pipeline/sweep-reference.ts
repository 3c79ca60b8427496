import type { Swept } from '#trackers/tracker.ts';
import { remind, type SyncDependencies } from './sync-source.ts';

/** What a sweep of a source's cycles or versions cost, and whether it found any other than they were. */
export interface SweepResult {
  readonly requests: number;
  readonly hasNews: boolean;
}

/**
 * Reads the cycles or versions of a source again that people may be moving these days: in a tracker that touches no issue
 * then, a date that moved and moved back within a day would never be seen. All else that the source says of itself is
 * as old as it was. Of a source that was never read completely, and of one whose changes tell of these, nothing is read.
 */
export async function sweepReference(dependencies: SyncDependencies, what: Swept): Promise<SweepResult> {
  const { tracker, store, signal } = dependencies;
  const { source } = tracker;
  const { completeAsOf } = await store.syncState(source);
  if (tracker.sweep === undefined || completeAsOf === undefined) return { requests: 0, hasNews: false };
  await remind(dependencies);
  const spentBefore = tracker.spend.requests;
  const swept = await tracker.sweep(what, completeAsOf, signal);
  const hasNews =
    swept !== undefined && (await store.renewReference(source, swept.renewal, swept.trackerNow));
  return { requests: tracker.spend.requests - spentBefore, hasNews };
}
