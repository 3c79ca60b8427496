import { z } from 'zod';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { HttpProblem } from '../problem.ts';
import { problems } from '../schemas.ts';

const count = z.int().min(0);

const body = z.object({
  queues: z.array(
    z.object({
      queue: z.string(),
      waiting: count,
      active: count,
      delayed: count.meta({ description: 'Scheduled, or waiting to be tried again' }),
      failed: count.meta({ description: 'Used up their tries' }),
      completed: count,
    }),
  ),
  failedJobs: z
    .array(
      z.object({
        queue: z.string(),
        id: z.string(),
        name: z.string(),
        payload: z.unknown(),
        reason: z.string(),
        attempts: count,
      }),
    )
    .meta({
      description: 'The latest jobs that used up their tries, also those whose worker kept disappearing',
    }),
});

const MOST_FAILED_JOBS = 50;
const LONGEST_REASON = 1_000;

/** What the workers have before them, and what they could not do. */
export function queueRoutes(server: Server, { queue }: ServerDependencies): void {
  server.get(
    '/api/v1/queues',
    {
      schema: {
        operationId: 'getQueues',
        summary: 'What the workers do',
        description: 'How many jobs are in which state, and which failed for good, with the reason.',
        tags: ['operation'],
        response: { 200: body.describe('The queues'), ...problems() },
      },
    },
    async () => {
      const jobs = connected(queue);
      const [counts, failed] = await Promise.all([jobs.counts(), jobs.failed(MOST_FAILED_JOBS)]);
      return {
        queues: [...counts],
        failedJobs: failed.map((job) => ({ ...job, reason: job.reason.slice(0, LONGEST_REASON) })),
      };
    },
  );
}

/** The queue. Throws `HttpProblem` where this server was started without one. */
export function connected(queue: ServerDependencies['queue']): NonNullable<ServerDependencies['queue']> {
  if (queue) return queue;
  throw new HttpProblem(
    503,
    'NO_QUEUE',
    'This server was started without a job queue. Start it with `evenkeel serve`.',
  );
}
