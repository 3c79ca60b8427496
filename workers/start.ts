import type { Job } from 'bullmq';
import type { Config } from '#config/config.ts';
import type { SyncProgress, SyncResult } from '#pipeline/sync-source.ts';
import { type JobQueue, type JobWorker, openBackend, type QueueConnections } from '#queue/backend.ts';
import { gatherHints } from '#queue/gather.ts';
import { JOBS, type JobName, type JobPayload, type Queue, type QueueName } from '#queue/jobs.ts';
import type { Store } from '#store/store.ts';
import type { LiveTracker } from '#trackers/tracker.ts';
import { assessTeamJob } from './assess-team.ts';
import { createAttempts, type JobContext, partyOf } from './attempt.ts';
import { readIssuesJob } from './read-issues.ts';
import { readReferenceJob } from './read-reference.ts';
import { reconcileSourceJob } from './reconcile-source.ts';
import { sweepReferenceJob } from './sweep-reference.ts';
import { syncSourceJob } from './sync-source.ts';
import { createTurns, type Turns } from './turns.ts';

/** What the processors work with. */
export interface WorkerContext {
  readonly config: Config;
  readonly store: Store;
  /** A question that would have to wait for its tracker longer than `patience` (ms) fails, and tells when to come back. */
  readonly tracker: (source: string, options?: { readonly patience?: () => number }) => LiveTracker;
  readonly queue: () => Promise<Queue>;
  readonly connections: QueueConnections;
  readonly now: () => number;
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Told when a source was read, before its teams are assessed. */
  readonly onSynced?: (result: SyncResult) => void;
  /** Told of every job that ends or is put off, with the error when it failed for good or for now. */
  readonly onJob?: (event: JobEvent) => void;
}

export interface JobEvent {
  readonly name: string;
  readonly payload: unknown;
  readonly outcome: 'completed' | 'failed' | 'delayed' | 'stalled';
  /** Whether a failed job will not be tried again. */
  readonly final?: boolean;
  readonly error?: Error;
}

type Processor<N extends JobName> = (
  payload: JobPayload<N>,
  context: JobContext,
  signal: AbortSignal,
) => Promise<void>;

/** Every job has one processor: parse the payload, make one pipeline call, translate its errors. */
const PROCESSORS: { readonly [N in JobName]: Processor<N> } = {
  'sync-source': syncSourceJob,
  'reconcile-source': reconcileSourceJob,
  'read-issues': readIssuesJob,
  'read-reference': readReferenceJob,
  'sweep-reference': sweepReferenceJob,
  'assess-team': assessTeamJob,
};

/** Teams are assessed here; sources are read elsewhere, and mostly waited for. */
const TEAMS_AT_ONCE = 2;

/** A place for every source in each queue, so that one that is slow or limited takes none from the others. */
function placesIn(queue: QueueName, { sources }: Config): number {
  return queue === 'assess' ? TEAMS_AT_ONCE : Math.max(2, sources.length);
}

/** What is under way when a process is told to stop gets this long; then it is left to be found stalled and redone. */
const CLOSE_DEADLINE_MS = 10_000;

/** What the jobs of a process have in common. */
interface Desk {
  readonly signal: AbortSignal;
  /** The queue that hints wait in. */
  readonly hints: JobQueue;
  /** One job of a source at a time where many come at once. */
  readonly inTurn: Turns;
}

/**
 * Starts consuming every queue. Disposing waits for running jobs up to a deadline, then lets go of them: every job
 * may run twice, so the next worker simply redoes what was cut off.
 */
export async function startWorkers(
  context: WorkerContext,
  closeDeadlineMs: number = CLOSE_DEADLINE_MS,
): Promise<AsyncDisposable> {
  const backend = await openBackend(context.connections);
  const stop = new AbortController();
  const workers: JobWorker[] = [];
  const hints = backend.queue(JOBS['read-issues'].queue);
  hints.on('error', () => {});
  const desk: Desk = { signal: stop.signal, hints, inTurn: createTurns() };
  const attempt = createAttempts(context, (job, own) => run(job, own, desk), stop.signal);
  for (const queue of new Set(Object.values(JOBS).map((job) => job.queue))) {
    const worker = backend.worker(queue, attempt, { concurrency: placesIn(queue, context.config) });
    worker.on('error', () => {});
    report(worker, context);
    await worker.waitUntilReady();
    workers.push(worker);
  }
  return {
    async [Symbol.asyncDispose]() {
      const closed = Promise.all(workers.map((worker) => worker.close()));
      if (!(await within(closed, closeDeadlineMs))) {
        stop.abort(new Error('the worker is stopping'));
        await Promise.all(workers.map((worker) => worker.close(true)));
      }
      await hints.close();
      await backend[Symbol.asyncDispose]();
    },
  };
}

async function run(job: Job, context: JobContext, { signal, hints, inTurn }: Desk): Promise<void> {
  switch (job.name) {
    case 'sync-source':
      return PROCESSORS['sync-source'](JOBS['sync-source'].payload.parse(job.data), context, signal);
    case 'reconcile-source':
      return PROCESSORS['reconcile-source'](
        JOBS['reconcile-source'].payload.parse(job.data),
        context,
        signal,
      );
    case 'read-issues':
      return inTurn(partyOf(job), async () =>
        PROCESSORS['read-issues'](await gatherHints(hints, job), context, signal),
      );
    case 'read-reference':
      return inTurn(partyOf(job), () =>
        PROCESSORS['read-reference'](JOBS['read-reference'].payload.parse(job.data), context, signal),
      );
    case 'sweep-reference':
      return inTurn(partyOf(job), () =>
        PROCESSORS['sweep-reference'](JOBS['sweep-reference'].payload.parse(job.data), context, signal),
      );
    case 'assess-team':
      return PROCESSORS['assess-team'](JOBS['assess-team'].payload.parse(job.data), context, signal);
    default:
      throw new Error(
        `no processor for job "${job.name}": it was enqueued by another version of this program`,
      );
  }
}

function report(worker: JobWorker, { onJob }: WorkerContext): void {
  worker.on('completed', (job) => onJob?.({ name: job.name, payload: job.data, outcome: 'completed' }));
  worker.on('failed', (job, error) => {
    const final = job === undefined || job.finishedOn !== undefined;
    onJob?.({ name: job?.name ?? 'unknown', payload: job?.data, outcome: 'failed', final, error });
  });
  worker.on('stalled', (id) => onJob?.({ name: id, payload: undefined, outcome: 'stalled' }));
}

async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
