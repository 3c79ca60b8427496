import type { Instant } from '#domain/issue.ts';
import type { Store, WalkedParts } from '#store/store.ts';
import type { LiveTracker, Spend } from '#trackers/tracker.ts';
import { followSource } from './follow-source.ts';
import { walkSource } from './walk-source.ts';

/** How far a sync is, for people who wait for it. */
export interface SyncProgress {
  readonly source: string;
  readonly part?: string;
  readonly issues: number;
  /** How many issues the tracker says there are, where it says so for every part. */
  readonly expected?: number;
  readonly requests: number;
}

/** What a complete sync did. */
export interface SyncResult {
  readonly source: string;
  /** Everything was walked through, or only what changed was followed. */
  readonly how: 'walked' | 'followed';
  /** How many issues were read. */
  readonly issues: number;
  readonly stored: number;
  readonly referenceRequests: number;
  readonly issueRequests: number;
  readonly spend: Spend;
  /** The tracker's clock when the sync began: the store holds everything up to then. */
  readonly completeAsOf: Instant;
  /** The same of the sync before. */
  readonly completeBefore?: Instant;
  /** Whether anything may be in the store that was not there before. */
  readonly hasNews: boolean;
  readonly resumed: boolean;
}

export interface SyncDependencies {
  readonly tracker: LiveTracker;
  readonly store: Store;
  readonly now: () => Instant;
  readonly onProgress?: (progress: SyncProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings the store up to date with one source: either completely, or it throws and says so in the store.
 *
 * What changed since the last sync is followed. Everything is read when that was never done, when such a reading was
 * interrupted (it goes on where its last committed batch ended), and with `full`, which starts over. When the
 * configuration names other parts than it did, those are read that were not. Undefined when another process is syncing
 * the source already.
 */
export async function syncSource(
  dependencies: SyncDependencies,
  options: { readonly full?: boolean } = {},
): Promise<SyncResult | undefined> {
  return exclusively(dependencies, async () => {
    const { tracker, store } = dependencies;
    const { full = false } = options;
    const state = await store.syncState(tracker.source);
    await remind(dependencies);
    if (full || state.cursor === undefined || state.walks.length > 0) {
      return walkSource(dependencies, full);
    }
    if (state.walked !== undefined && state.walked.scope !== tracker.scope) {
      await passOver(dependencies, state.walked, state.completeAsOf ?? state.cursor);
      return { ...(await walkSource(dependencies, false)), resumed: false };
    }
    return followSource(dependencies, { ...state, cursor: state.cursor });
  });
}

/** Has the next walk leave out what is read already, as if a reading that began at `readUpTo` had been interrupted. */
async function passOver(
  { store, tracker }: SyncDependencies,
  { parts }: WalkedParts,
  readUpTo: Instant,
): Promise<void> {
  for (const part of parts) {
    await store.saveBatch(tracker.source, [], { part, startedAsOf: readUpTo, done: true });
  }
}

/** Runs `work` as the only one on its source, and keeps why it failed. Undefined when another process is at it. */
export function exclusively<T>(
  { tracker: { source }, store }: SyncDependencies,
  work: () => Promise<T>,
): Promise<T | undefined> {
  return store.exclusively(source, async () => {
    try {
      return await work();
    } catch (error) {
      await store.failSync(source, error instanceof Error ? error.message : String(error));
      throw error;
    }
  });
}

/** Tells a tracker what its source said of itself before. */
export async function remind({ tracker, store }: SyncDependencies): Promise<void> {
  const reference = await store.readReference(tracker.source);
  if (reference) tracker.remember?.(reference);
}
