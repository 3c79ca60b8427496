import type { JobsOptions } from 'bullmq';
import { type Backend, type JobQueue, openBackend, type QueueConnections } from './backend.ts';
import {
  type FailedJob,
  JOBS,
  type JobName,
  type Queue,
  type QueueCounts,
  type QueueName,
  type Schedule,
} from './jobs.ts';
import { QueueError } from './queue-error.ts';

/** The queue on BullMQ, in PostgreSQL or on Redis; the same in every respect a caller can see. */
export async function openBullmqQueue(connections: QueueConnections): Promise<Queue> {
  const backend = await openBackend(connections);
  const queues = new Map<QueueName, JobQueue>();
  for (const name of QUEUES) {
    const queue = backend.queue(name);
    // Trouble shows in the call that meets it; without a listener it would end the process.
    queue.on('error', () => {});
    await queue.waitUntilReady();
    queues.set(name, queue);
  }
  return createQueue(backend, queues);
}

const QUEUES: readonly QueueName[] = [...new Set(Object.values(JOBS).map((job) => job.queue))];

/** Finished jobs are only of passing interest; failed ones stay until someone has had the time to look. */
const KEEP: Pick<JobsOptions, 'removeOnComplete' | 'removeOnFail'> = {
  removeOnComplete: { age: 24 * 3600, count: 1_000 },
  removeOnFail: { age: 30 * 24 * 3600, count: 5_000 },
};

function createQueue(backend: Backend, queues: ReadonlyMap<QueueName, JobQueue>): Queue {
  const queueOf = (name: JobName): JobQueue => {
    const queue = queues.get(JOBS[name].queue);
    if (!queue) throw new RangeError(`no queue for job ${name}`);
    return queue;
  };
  return {
    async add(name, payload, once, waitMs = JOBS[name].waitMs) {
      await queueOf(name).add(name, checked(name, payload), {
        ...retries(name),
        delay: waitMs,
        deduplication: { id: `${name}:${once}`, keepLastIfActive: true },
      });
    },
    async schedule(schedules) {
      for (const queue of queues.values()) {
        const wanted = new Set(schedules.filter((s) => queueOf(s.name) === queue).map((s) => s.id));
        for (const { key } of await queue.getJobSchedulers()) {
          if (!wanted.has(key)) await queue.removeJobScheduler(key);
        }
      }
      for (const schedule of schedules) {
        await queueOf(schedule.name).upsertJobScheduler(schedule.id, rhythm(schedule), {
          name: schedule.name,
          data: checked(schedule.name, schedule.payload),
          opts: retries(schedule.name),
        });
      }
    },
    counts: () => Promise.all([...queues].map(async ([name, queue]) => countsOf(name, queue))),
    async failed(limit) {
      const lists = await Promise.all([...queues].map(async ([name, queue]) => failedOf(name, queue, limit)));
      return lists.flat().slice(0, limit);
    },
    ping: () => backend.ping(),
    async [Symbol.asyncDispose]() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend[Symbol.asyncDispose]();
    },
  };
}

function checked(name: JobName, payload: unknown): unknown {
  const parsed = JOBS[name].payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new QueueError(
    'QUEUE_BAD_PAYLOAD',
    `The job ${name} cannot carry ${JSON.stringify(payload)}: ${parsed.error.message}`,
  );
}

function retries(
  name: JobName,
): Pick<JobsOptions, 'attempts' | 'backoff' | 'removeOnComplete' | 'removeOnFail'> {
  const { attempts, backoffMs } = JOBS[name];
  return { attempts, backoff: { type: 'exponential', delay: backoffMs, jitter: 0.3 }, ...KEEP };
}

function rhythm({ every }: Schedule): { every: number } | { pattern: string; tz: string } {
  return 'ms' in every ? { every: every.ms } : { pattern: every.pattern, tz: every.timezone };
}

async function countsOf(name: QueueName, queue: JobQueue): Promise<QueueCounts> {
  const counts = await queue.getJobCounts(
    'waiting',
    'prioritized',
    'active',
    'delayed',
    'failed',
    'completed',
  );
  return {
    queue: name,
    waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
    active: counts.active ?? 0,
    delayed: counts.delayed ?? 0,
    failed: counts.failed ?? 0,
    completed: counts.completed ?? 0,
  };
}

async function failedOf(name: QueueName, queue: JobQueue, limit: number): Promise<readonly FailedJob[]> {
  const jobs = await queue.getFailed(0, limit - 1);
  return jobs.map((job) => ({
    queue: name,
    id: job.id ?? '',
    name: job.name,
    payload: job.data,
    reason: job.failedReason,
    attempts: job.attemptsMade,
  }));
}
