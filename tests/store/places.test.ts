import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '#store/store.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { localServer, wakefulTransport } from '#tests/trackers/transport-support.ts';
import { sharedLimits } from '#trackers/shared-limits.ts';
import { query } from './query.ts';

let database: TemporaryDatabase;
/** Two stores are two sessions of the database, as two processes are. */
let one: Store;
let two: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  one = await database.open();
  two = await database.open();
});
afterAll(async () => {
  await one[Symbol.asyncDispose]();
  await two[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

async function taken(store: Store, source: string, tries: number, of = 5) {
  const places = await Promise.all(Array.from({ length: tries }, () => store.takePlace(source, of)));
  return places.filter((place) => place !== undefined);
}

describe('the places at a source', () => {
  test('are five for all processes together, each with one holder, and free again when given back', async () => {
    const mine = await taken(one, 'a', 3);
    const theirs = await taken(two, 'a', 3);
    expect([mine.length, theirs.length]).toEqual([3, 2]);
    expect(await one.takePlace('a', 5)).toBeUndefined();
    expect(await taken(two, 'b', 6)).toHaveLength(5);
    await mine[0]?.();
    // Twice given back is given back once.
    await mine[0]?.();
    expect(await taken(two, 'a', 2)).toHaveLength(1);
  });

  test('leave one to others than those who take from the first four', async () => {
    expect(await taken(one, 'bulk', 5, 4)).toHaveLength(4);
    expect(await taken(two, 'bulk', 1, 4)).toHaveLength(0);
    expect(await taken(two, 'bulk', 2)).toHaveLength(1);
  });

  test('of a process that is killed are free at once, without anybody waiting out a time', async () => {
    const script = fileURLToPath(new URL('./places-command.ts', import.meta.url));
    const where = [JSON.stringify(database.address), database.schema, 'killed', '5'];
    const child = spawn(process.execPath, [script, ...where], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    expect(value).toBe('5');
    expect(await one.takePlace('killed', 5)).toBeUndefined();
    child.kill('SIGKILL');
    await ended;
    const free: unknown[] = [];
    await expect.poll(async () => free.push(...(await taken(one, 'killed', 5))), { timeout: 10_000 }).toBe(5);
  });

  test('are taken again by a process whose connection broke', async () => {
    const store = await database.open();
    const mine = await taken(store, 'broken', 2);
    await query(
      database.address,
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and pid <> pg_backend_pid()
         and (classid::bigint << 32 | objid::bigint) =
           hashtextextended('evenkeel/place/${database.schema}/broken/5', 0)`,
    );
    await expect.poll(() => taken(store, 'broken', 5).catch(() => [])).toHaveLength(5);
    // What the broken session held is not given back a second time.
    await mine[0]?.();
    expect(await two.takePlace('broken', 5)).toBeUndefined();
    await store[Symbol.asyncDispose]();
  });
});

describe('two processes that read one source', () => {
  const get = { method: 'GET', path: '/' } as const;

  test('have five requests under way together, and all are answered', async () => {
    let [open, most] = [0, 0];
    await using server = await localServer((_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      }, 20);
    });
    const transports = [one, two].map((store) =>
      wakefulTransport({ baseUrl: server.url, ...sharedLimits(store)('acme') }),
    );
    const asked = transports.flatMap((transport) =>
      Array.from({ length: 20 }, (_, i) => transport.send({ ...get, bulk: i % 2 === 0 })),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(Array(40).fill(200));
    expect(most).toBeLessThanOrEqual(5);
    expect(most).toBeGreaterThan(1);
    for (const transport of transports) await transport.close();
  });

  test('let a poll through while one of them reads everything', async () => {
    const held: (() => void)[] = [];
    await using server = await localServer(({ url }, response) => {
      const answer = (): void => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      };
      if (url === '/poll') answer();
      else held.push(answer);
    });
    await using reading = wakefulTransport({ baseUrl: server.url, ...sharedLimits(one)('busy') });
    await using polling = wakefulTransport({ baseUrl: server.url, ...sharedLimits(two)('busy') });
    const everything = Array.from({ length: 8 }, () => reading.send({ ...get, bulk: true }));
    await expect.poll(() => held.length).toBe(4);
    // None of what it reads is answered before the poll is.
    expect(await polling.send({ ...get, path: '/poll' })).toMatchObject({ status: 200 });
    expect(held).toHaveLength(4);
    for (let i = 0; i < 8; i += 1) {
      await expect.poll(() => held.length).toBeGreaterThan(i);
      held[i]?.();
    }
    await Promise.all(everything);
  });
});
