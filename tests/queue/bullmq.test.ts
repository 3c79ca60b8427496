import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBackend, type QueueConnections } from '#queue/backend.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Queue } from '#queue/jobs.ts';
import { redisServer } from '#tests/support/redis-server.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

const redis = await redisServer();

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** One suite for both backends: a caller must not be able to tell which one it has. */
describe('the queue on PostgreSQL', () => {
  everyQueue(() => ({ database: database.address }));
});
describe.skipIf(redis === undefined)('the queue on Redis (skipped where none answers)', () => {
  everyQueue(() => ({ database: database.address, ...(redis === undefined ? {} : { redisUrl: redis }) }));
});

function everyQueue(connect: () => Omit<QueueConnections, 'schema'>): void {
  let connections: QueueConnections;
  let queue: Queue;

  beforeAll(async () => {
    connections = { ...connect(), schema: `test_${randomBytes(4).toString('hex')}` };
    queue = await openBullmqQueue(connections);
  });
  afterAll(async () => {
    await queue.schedule([]);
    await queue[Symbol.asyncDispose]();
  });

  test('hands a job to a worker, once, with its payload', async () => {
    const seen: unknown[] = [];
    await using running = await consume(connections, 'assess', async (data) => {
      seen.push(data);
    });
    await queue.add('assess-team', { team: 'payments' }, 'payments');
    await running.until(() => seen.length > 0);
    expect(seen).toEqual([{ team: 'payments' }]);
  });

  test('of jobs added while one runs, only the last is kept, and it runs afterwards', async () => {
    const seen: unknown[] = [];
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    await using running = await consume(connections, 'sync', async (data) => {
      seen.push(data);
      if (seen.length === 1) await gate;
    });
    await queue.add('sync-source', { source: 'acme', full: false }, 'acme');
    await running.until(() => seen.length === 1);
    await queue.add('sync-source', { source: 'acme', full: false }, 'acme');
    await queue.add('sync-source', { source: 'acme', full: true }, 'acme');
    release();
    await running.until(() => seen.length === 2);
    await delay(200);
    expect(seen).toEqual([
      { source: 'acme', full: false },
      { source: 'acme', full: true },
    ]);
  });

  test('a job that used up its tries stays visible with its reason', async () => {
    await using running = await consume(connections, 'assess', async () => {
      throw Object.assign(new Error('no such team'), { name: 'UnrecoverableError' });
    });
    await queue.add('assess-team', { team: 'ghost' }, 'ghost');
    await running.until(async () => (await queue.failed(10)).length > 0);
    expect(await queue.failed(10)).toEqual([
      expect.objectContaining({
        queue: 'assess',
        name: 'assess-team',
        payload: { team: 'ghost' },
        reason: 'no such team',
      }),
    ]);
    const counts = await queue.counts();
    expect(counts.find((count) => count.queue === 'assess')?.failed).toBe(1);
  });

  test('schedules become exactly those given', async () => {
    const every = { ms: 3_600_000 };
    await queue.schedule([
      { id: 'sync:a', name: 'sync-source', payload: { source: 'a' }, every },
      { id: 'sync:b', name: 'sync-source', payload: { source: 'b' }, every },
    ]);
    await queue.schedule([{ id: 'sync:b', name: 'sync-source', payload: { source: 'b' }, every }]);
    const scheduled = await schedulers(connections, 'sync');
    expect(scheduled).toEqual(['sync:b']);
  });

  test('a payload that a job cannot carry is refused where it is added', async () => {
    await expect(queue.add('assess-team', { team: '' }, 'x')).rejects.toThrow(/assess-team cannot carry/);
  });

  test('answers a ping', async () => {
    await expect(queue.ping()).resolves.toBeUndefined();
  });
}

test('an unreachable server is named, with what to do', async () => {
  const redisUrl = 'redis://user:hunter2@127.0.0.1:1';
  const failure = openBullmqQueue({ database: database.address, redisUrl, schema: 'x' });
  await expect(failure).rejects.toThrow(/Redis cannot be reached at 127\.0\.0\.1:1\. Check REDIS_URL/);
  await expect(failure).rejects.not.toThrow(/hunter2/);
  await expect(openBullmqQueue({ database: 'postgres://x@127.0.0.1:1/x', schema: 'x' })).rejects.toThrow(
    /queue in PostgreSQL cannot be opened\. Check DATABASE_URL/,
  );
});

async function consume(connections: QueueConnections, queue: string, work: (data: unknown) => Promise<void>) {
  const backend = await openBackend(connections);
  const worker = backend.worker(queue, (job) => work(job.data), { concurrency: 1 });
  worker.on('error', () => {});
  await worker.waitUntilReady();
  return {
    until: async (condition: () => boolean | Promise<boolean>) => {
      await expect.poll(condition, { timeout: 20_000, interval: 20 }).toBe(true);
    },
    async [Symbol.asyncDispose]() {
      await worker.close();
      await backend[Symbol.asyncDispose]();
    },
  };
}

async function schedulers(connections: QueueConnections, name: string): Promise<readonly string[]> {
  const backend = await openBackend(connections);
  const queue = backend.queue(name);
  const keys = (await queue.getJobSchedulers()).map((scheduler) => scheduler.key);
  await queue.close();
  await backend[Symbol.asyncDispose]();
  return keys;
}
