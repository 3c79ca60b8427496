import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Allowance } from '#domain/allowance.ts';
import type { Store } from '#store/store.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { json, localServer, trackerErrorOf, wakefulTransport } from '#tests/trackers/transport-support.ts';
import { createBudget } from '#trackers/budget.ts';
import { readLinearLimits } from '#trackers/linear/allowances.ts';

let database: TemporaryDatabase;
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

const requests = (remaining: number, observedAt: number): Allowance => ({
  resource: 'requests',
  limit: 2500,
  remaining,
  windowMs: 3_600_000,
  refill: 'steadily',
  resetsAt: observedAt + 1000,
  observedAt,
});

test('what was spent adds up, what was told last stands, and the longest pause', async () => {
  const news = { at: 100, allowances: [], pauses: [], spent: new Map<string, number>() };
  await one.addToBudget('a', {
    ...news,
    spent: new Map([['requests', 3]]),
    allowances: [requests(2400, 100)],
  });
  await two.addToBudget('a', {
    ...news,
    at: 200,
    spent: new Map([
      ['requests', 2],
      ['complexity', 1.5],
    ]),
    allowances: [requests(2300, 200)],
    pauses: [{ until: 900 }, { endpoint: 'GET /x', until: 500 }, { until: 950 }],
  });
  // Told late.
  await one.addToBudget('a', { ...news, allowances: [requests(2350, 150)], pauses: [{ until: 800 }] });
  expect(await two.budget('a')).toEqual({
    allowances: [requests(2300, 200)],
    pauses: [{ until: 950 }, { endpoint: 'GET /x', until: 500 }],
    spent: [
      { resource: 'complexity', amount: 1.5, since: 200 },
      { resource: 'requests', amount: 5, since: 100 },
    ],
  });
  expect(await one.budget('b')).toEqual({ allowances: [], pauses: [], spent: [] });
  await one.forgetSource('a');
  expect(await two.budget('a')).toEqual({ allowances: [], pauses: [], spent: [] });
});

test('two that add at once lose nothing', async () => {
  const add = (store: Store) =>
    store.addToBudget('busy', { at: 1, allowances: [], pauses: [], spent: new Map([['requests', 1]]) });
  await Promise.all(Array.from({ length: 40 }, (_, i) => add(i % 2 === 0 ? one : two)));
  expect((await one.budget('busy')).spent).toEqual([{ resource: 'requests', amount: 40, since: 1 }]);
});

test('of two processes one is told that the quota is used up, and the other does not ask; a third source does', async () => {
  let answers: 'limited' | 'fine' = 'limited';
  await using server = await localServer((_request, response) => {
    if (answers === 'fine') json(response, {});
    else json(response, {}, 429, { 'retry-after': '600', 'ratelimit-reason': 'jira-quota-global-based' });
  });
  let now = Date.UTC(2026, 0, 5);
  const process = (store: Store, source = 'shared') =>
    wakefulTransport({
      baseUrl: server.url,
      now: () => now,
      budget: createBudget({ source, ledger: store, now: () => now }),
    });
  await using first = process(one);
  await using second = process(two);
  await using other = process(two, 'another');
  const get = { method: 'GET', path: '/x' } as const;
  expect((await trackerErrorOf(first.send(get))).status).toBe(429);
  expect(server.hits()).toBe(1);

  now += 60_000;
  expect(await trackerErrorOf(second.send(get))).toMatchObject({
    kind: 'rate_limited',
    retryAfterMs: 540_000,
    message: expect.stringMatching(/was not asked, since its allowance is used up/),
  });
  expect(server.hits()).toBe(1);

  answers = 'fine';
  await other.send(get);
  expect(server.hits()).toBe(2);
  now += 540_000;
  await second.send(get);
  expect(server.hits()).toBe(3);
});

test('a burst limit holds up its own endpoint, in every process, and no other', async () => {
  let refused = 0;
  await using server = await localServer((request, response) => {
    if (request.url === '/heavy' && refused++ === 0) {
      json(response, {}, 429, { 'retry-after': '20', 'ratelimit-reason': 'jira-burst-based' });
    } else json(response, {});
  });
  const now = Date.UTC(2026, 0, 5);
  const process = (store: Store) =>
    wakefulTransport({
      baseUrl: server.url,
      now: () => now,
      budget: createBudget({ source: 'burst', ledger: store, now: () => now }),
    });
  await using first = process(one);
  await using second = process(two);
  await first.send({ method: 'GET', path: '/heavy' });
  expect(first.waits).toEqual([20_000]);
  await second.send({ method: 'GET', path: '/light' });
  expect(second.waits).toEqual([]);
  await second.send({ method: 'GET', path: '/heavy' });
  expect(second.waits).toEqual([20_000]);
});

test('what one process uses up, another reads everything more slowly for; its polls go on', async () => {
  let left = 760;
  await using server = await localServer((_request, response) => {
    left -= 1;
    json(response, {}, 200, {
      date: new Date(now).toUTCString(),
      'x-ratelimit-requests-limit': '2500',
      'x-ratelimit-requests-remaining': String(left),
      'x-ratelimit-requests-reset': String(now + 3_600_000),
    });
  });
  const now = Date.UTC(2026, 0, 5);
  const process = (store: Store) =>
    wakefulTransport({
      baseUrl: server.url,
      now: () => now,
      readLimits: readLinearLimits,
      budget: createBudget({ source: 'slow', ledger: store, now: () => now }),
    });
  await using first = process(one);
  await using second = process(two);
  const bulk = { method: 'GET', path: '/x', bulk: true } as const;
  // 2,500 less the 30 % that are kept are 750: nine pass at once.
  for (let i = 0; i < 10; i += 1) await first.send(bulk);
  expect(first.waits).toEqual([]);
  await first.close();
  await second.send(bulk);
  expect(second.waits).toEqual([1_440]);
  await second.send({ ...bulk, bulk: false });
  expect(second.waits).toEqual([1_440]);
});
