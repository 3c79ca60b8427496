import type { Job } from 'bullmq';
import type { Config } from '#config/config.ts';
import type { SyncProgress, SyncResult } from '#pipeline/sync-source.ts';
import { type JobWorker, openBackend, type QueueConnections } from '#queue/backend.ts';
import { JOBS, type JobName, type JobPayload, type Queue, type QueueName } from '#queue/jobs.ts';
import type { Store } from '#store/store.ts';
import type { Tracker } from '#trackers/tracker.ts';
import { assessTeamJob } from './assess-team.ts';
import { syncSourceJob } from './sync-source.ts';

/** What the processors work with. */
export interface WorkerContext {
  readonly config: Config;
  readonly store: Store;
  readonly tracker: (source: string) => Tracker;
  readonly queue: () => Promise<Queue>;
  readonly connections: QueueConnections;
  readonly now: () => number;
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Told when a source was read, before its teams are assessed. */
  readonly onSynced?: (result: SyncResult) => void;
  /** Told of every job that ends, with the error when it failed for good or for now. */
  readonly onJob?: (event: JobEvent) => void;
}

export interface JobEvent {
  readonly name: string;
  readonly payload: unknown;
  readonly outcome: 'completed' | 'failed' | 'stalled';
  /** Whether a failed job will not be tried again. */
  readonly final?: boolean;
  readonly error?: Error;
}

type Processor<N extends JobName> = (
  payload: JobPayload<N>,
  context: WorkerContext,
  signal: AbortSignal,
) => Promise<void>;

/** Every job has one processor: parse the payload, make one pipeline call, translate its errors. */
const PROCESSORS: { readonly [N in JobName]: Processor<N> } = {
  'sync-source': syncSourceJob,
  'assess-team': assessTeamJob,
};

/** One source at a time is enough work for a process on its own machine's trackers; teams are cheap. */
const CONCURRENCY: Readonly<Record<QueueName, number>> = { sync: 2, assess: 2 };

/** What is under way when a process is told to stop gets this long; then it is left to be found stalled and redone. */
const CLOSE_DEADLINE_MS = 10_000;

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
  for (const queue of new Set(Object.values(JOBS).map((job) => job.queue))) {
    const worker = backend.worker(queue, (job) => run(job, context, stop.signal), {
      concurrency: CONCURRENCY[queue],
    });
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
      await backend[Symbol.asyncDispose]();
    },
  };
}

async function run(job: Job, context: WorkerContext, signal: AbortSignal): Promise<void> {
  switch (job.name) {
    case 'sync-source':
      return PROCESSORS['sync-source'](JOBS['sync-source'].payload.parse(job.data), context, signal);
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
