import type { Instant } from '#domain/issue.ts';
import type { Store } from '#store/store.ts';
import type { Spend, Tracker, WalkPart } from '#trackers/tracker.ts';

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
  readonly issues: number;
  readonly stored: number;
  readonly referenceRequests: number;
  readonly issueRequests: number;
  readonly spend: Spend;
  /** The tracker's clock when the sync began: the store holds everything up to then. */
  readonly completeAsOf: Instant;
  readonly resumed: boolean;
}

export interface SyncDependencies {
  readonly tracker: Tracker;
  readonly store: Store;
  readonly now: () => Instant;
  readonly onProgress?: (progress: SyncProgress) => void;
  readonly signal?: AbortSignal;
}

/** Few enough that a tracker's burst limit is not felt, enough that one slow project does not hold up the others. */
const PARALLEL_WALKS = 4;

/**
 * Brings the store up to date with one source: either completely, or it throws and says so in the store. A sync that
 * was interrupted goes on where its last committed batch ended; `full` starts over. Undefined when another process
 * is syncing the source already.
 */
export async function syncSource(
  dependencies: SyncDependencies,
  options: { readonly full?: boolean } = {},
): Promise<SyncResult | undefined> {
  const { tracker, store } = dependencies;
  return store.exclusively(tracker.source, async () => {
    try {
      return await walkAll(dependencies, options.full ?? false);
    } catch (error) {
      await store.failSync(tracker.source, error instanceof Error ? error.message : String(error));
      throw error;
    }
  });
}

async function walkAll(dependencies: SyncDependencies, full: boolean): Promise<SyncResult> {
  const { tracker, store, now, onProgress, signal } = dependencies;
  const source = tracker.source;
  if (full) await store.resetWalks(source);
  const before = await store.syncState(source);

  const overview = await tracker.overview(signal);
  const referenceRequests = tracker.spend.requests;
  await store.saveReference(overview.reference);

  const walks = new Map(before.walks.map((walk) => [walk.part, walk]));
  const todo = overview.parts.filter((part) => walks.get(part.id)?.done !== true);
  // What an interrupted sync had read before it stopped is only as fresh as its beginning.
  const completeAsOf = Math.min(overview.trackerNow, ...before.walks.map((walk) => walk.startedAsOf));
  const expected = total(todo);
  let issues = 0;

  const walk = async (part: WalkPart): Promise<void> => {
    for await (const batch of readAhead(tracker.walk(part, walks.get(part.id)?.resume, signal))) {
      await store.saveBatch(source, batch.issues, {
        part: part.id,
        startedAsOf: completeAsOf,
        done: batch.resume === undefined,
        ...(batch.resume === undefined ? {} : { resume: batch.resume }),
      });
      issues += batch.issues.length;
      onProgress?.({
        source,
        part: part.name,
        issues,
        ...(expected === undefined ? {} : { expected }),
        requests: tracker.spend.requests,
      });
    }
  };
  await inParallel(todo, PARALLEL_WALKS, walk);

  await store.finishSync(source, completeAsOf, now());
  return {
    source,
    issues,
    stored: await store.countIssues(source),
    referenceRequests,
    issueRequests: tracker.spend.requests - referenceRequests,
    spend: { ...tracker.spend },
    completeAsOf,
    resumed: before.walks.length > 0,
  };
}

function total(parts: readonly WalkPart[]): number | undefined {
  let sum = 0;
  for (const part of parts) {
    if (part.expected === undefined) return undefined;
    sum += part.expected;
  }
  return sum;
}

/** Asks for the next batch while the one before it is being stored: the tracker and the database work side by side. */
async function* readAhead<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (let next = iterator.next(); ; ) {
      const { value, done } = await next;
      if (done) return;
      next = iterator.next();
      // A failure is met at the next turn, which never comes when storing fails first.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** The first failure stops new work from being begun, and is thrown when what runs has ended. */
async function inParallel<T>(
  tasks: readonly T[],
  width: number,
  work: (task: T) => Promise<void>,
): Promise<void> {
  const queue = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
      try {
        await work(task);
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(width, tasks.length) }, lane));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
