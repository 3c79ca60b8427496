import { randomBytes } from 'node:crypto';
import type { Job } from 'bullmq';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Backend, type JobQueue, openBackend, type QueueConnections } from '#queue/backend.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import { gatherHints } from '#queue/gather.ts';
import type { Queue } from '#queue/jobs.ts';
import { redisServer } from '#tests/support/redis-server.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

const redis = await redisServer();

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

describe('hints that wait in PostgreSQL', () => {
  everyBackend(() => ({ database: database.address }));
});
describe.skipIf(redis === undefined)('hints that wait on Redis (skipped where none answers)', () => {
  everyBackend(() => ({ database: database.address, ...(redis === undefined ? {} : { redisUrl: redis }) }));
});

function everyBackend(connect: () => Omit<QueueConnections, 'schema'>): void {
  let backend: Backend;
  let queue: Queue;
  let hints: JobQueue;
  const schema = `test_${randomBytes(4).toString('hex')}`;
  beforeAll(async () => {
    backend = await openBackend({ ...connect(), schema });
    queue = await openBullmqQueue({ ...connect(), schema });
    hints = backend.queue('issues');
  });
  afterAll(async () => {
    await hints.close();
    await queue[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  const hint = (source: string, id: string, waitMs: number) =>
    queue.add('read-issues', { source, ids: [id] }, `${source}:${id}`, waitMs);
  /** What is kept in the queue, in whatever state. */
  const kept = async () => {
    const jobs = await hints.getJobs(['waiting', 'delayed', 'active']);
    return jobs.map(({ name, data }) => [name, data] as const);
  };

  test('are read by the first job of their source, and none is lost or forgotten', async () => {
    await hint('acme', '2', 60_000);
    await hint('acme', '3', 60_000);
    await hint('labs', '2', 60_000);
    await queue.add('read-reference', { source: 'acme' }, 'acme', 60_000);
    const read: unknown[] = [];
    const during: unknown[] = [];
    const worker = backend.worker(
      'issues',
      async (job: Job) => {
        read.push(await gatherHints(hints, job));
        if (read.length > 1) return;
        // Were the worker killed now, the job would be there with all of them.
        during.push(...(await kept()));
        // Of what comes from here on nothing is known yet.
        await hint('acme', '1', 0);
        await hint('acme', '2', 0);
        await hint('acme', '2', 0);
      },
      { concurrency: 1 },
    );
    worker.on('error', () => {});
    await hint('acme', '1', 0);
    await expect.poll(() => read.length, { timeout: 20_000 }).toBeGreaterThan(1);
    await worker.close();

    expect(read[0]).toEqual({ source: 'acme', ids: ['1', '2', '3'] });
    expect(during).toHaveLength(3);
    expect(during).toEqual(
      expect.arrayContaining([
        ['read-issues', { source: 'acme', ids: ['1', '2', '3'] }],
        ['read-issues', { source: 'labs', ids: ['2'] }],
        ['read-reference', { source: 'acme' }],
      ]),
    );
    const later = read.slice(1).flatMap((payload) => (payload as { readonly ids: readonly string[] }).ids);
    expect(later.toSorted()).toEqual(['1', '2']);
  });

  test('are more than one job takes: the rest waits', async () => {
    const ids = Array.from({ length: 700 }, (_, i) => `old-${i}`);
    const more = Array.from({ length: 700 }, (_, i) => `new-${i}`);
    await queue.add('read-issues', { source: 'big', ids }, 'big:1', 60_000);
    const read: { readonly ids: readonly string[] }[] = [];
    const worker = backend.worker(
      'issues',
      async (job: Job) => void read.push(await gatherHints(hints, job)),
      {
        concurrency: 1,
      },
    );
    worker.on('error', () => {});
    await queue.add('read-issues', { source: 'big', ids: more }, 'big:2', 0);
    await expect.poll(() => read.length, { timeout: 20_000 }).toBe(1);
    await worker.close();
    expect(read[0]?.ids).toHaveLength(700);
    expect(await kept()).toContainEqual(['read-issues', { source: 'big', ids }]);
  });
}
