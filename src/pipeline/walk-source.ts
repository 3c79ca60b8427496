import type { WalkPart } from '#trackers/tracker.ts';
import type { SyncDependencies, SyncResult } from './sync-source.ts';

/** Few enough that a tracker's burst limit is not felt, enough that one slow project does not hold up the others. */
const PARALLEL_WALKS = 4;

/** Reads everything there is of a source, from the start or from where an interrupted reading stood. */
export async function walkSource(dependencies: SyncDependencies, full: boolean): Promise<SyncResult> {
  const { tracker, store, now, onProgress, signal } = dependencies;
  const source = tracker.source;
  if (full) await store.resetWalks(source);
  const before = await store.syncState(source);

  const spentBefore = tracker.spend.requests;
  const overview = await tracker.overview(signal);
  const referenceRequests = tracker.spend.requests - spentBefore;
  await store.saveReference(overview.reference, overview.trackerNow);

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
      if (batch.learned) await store.saveReference(batch.learned, overview.trackerNow);
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
  // What was read before of texts that are left alone now is not to be kept, also where the walk did not come.
  for (const which of ['claims', 'goals'] as const) {
    if (tracker.reads?.[which] === false) await store.forgetTexts(source, which);
  }

  // What changed while it was read is asked for again: following begins where the reading did.
  const parts = overview.parts.map(({ id }) => id);
  await store.finishSync(source, completeAsOf, now(), completeAsOf, { scope: tracker.scope, parts });
  return {
    source,
    how: 'walked',
    issues,
    stored: await store.countIssues(source),
    referenceRequests,
    issueRequests: tracker.spend.requests - spentBefore - referenceRequests,
    spend: { ...tracker.spend },
    completeAsOf,
    hasNews: true,
    resumed: before.walks.length > 0,
    ...(before.completeAsOf === undefined ? {} : { completeBefore: before.completeAsOf }),
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
