import { describe, expect, test } from 'vitest';
import type { Allowance, BudgetNews } from '#domain/allowance.ts';
import { createBudget, endpointOf, type Ledger } from '#trackers/budget.ts';

const intent = { endpoint: 'POST /graphql', bulk: false, waitedUntil: 0, patienceMs: 30_000 };
const bulk = { ...intent, bulk: true };

const requests = (remaining: number, observedAt: number): Allowance => ({
  resource: 'requests',
  limit: 3600,
  remaining,
  windowMs: 3_600_000,
  refill: 'steadily',
  resetsAt: observedAt + (3600 - remaining) * 1000,
  observedAt,
});

/** A ledger that says what it was told. */
function ledger(): Ledger & { readonly told: BudgetNews[] } {
  const told: BudgetNews[] = [];
  return {
    told,
    budget: async () => ({
      allowances: told.at(-1)?.allowances ?? [],
      pauses: told.flatMap(({ pauses }) => pauses),
      spent: [],
    }),
    addToBudget: async (_, news) => {
      told.push(news);
    },
  };
}

describe('leave to ask', () => {
  test('is given as long as nobody was told to wait', async () => {
    const budget = createBudget({ source: 'labs', now: () => 0 });
    expect(await budget.leave(intent)).toBeUndefined();
    expect(await budget.leave(bulk)).toBeUndefined();
  });

  test('is refused to all by a pause of the whole tracker, and at one endpoint by one of that', async () => {
    const budget = createBudget({ source: 'labs', now: () => 1_000 });
    await budget.pause({ endpoint: 'GET /a', until: 5_000 });
    expect(await budget.leave({ ...intent, endpoint: 'GET /a' })).toEqual({
      ms: 4_000,
      until: 5_000,
      why: 'endpoint',
    });
    expect(await budget.leave({ ...intent, endpoint: 'GET /b' })).toBeUndefined();
    await budget.pause({ until: 61_000 });
    expect(await budget.leave({ ...intent, endpoint: 'GET /b' })).toEqual({
      ms: 60_000,
      until: 61_000,
      why: 'paused',
    });
    expect(await budget.leave({ ...intent, waitedUntil: 61_000 })).toBeUndefined();
  });

  test('comes later for a part of a reading of everything, by one refill for each under way', async () => {
    const budget = createBudget({ source: 'labs', now: () => 0 });
    await budget.leave(bulk);
    await budget.answered({ allowances: [requests(1081, 0)], cost: new Map() });
    expect(await budget.leave(intent)).toBeUndefined();
    // 1,081 less the one under way, this one, and the 1,080 that are kept: one too few, and one comes back a second.
    expect(await budget.leave(bulk)).toEqual({ ms: 1_000, until: 1_000, why: 'paced' });
    expect(await budget.leave(bulk)).toMatchObject({ ms: 2_000 });
    expect(await budget.leave(intent)).toBeUndefined();
  });

  test('is refused for a good stretch to one who has not the patience, and counts those who forgo it', async () => {
    const budget = createBudget({ source: 'labs', now: () => 0 });
    await budget.answered({ allowances: [requests(1080, 0)], cost: new Map() });
    const hurried = { ...bulk, patienceMs: 2_000 };
    // One comes back a second; for thirty questions it takes half a minute.
    expect(await budget.leave(hurried)).toMatchObject({ ms: 1_000 });
    expect(await budget.leave(hurried)).toMatchObject({ ms: 2_000 });
    expect(await budget.leave(hurried)).toEqual({ ms: 32_000, until: 32_000, why: 'paced' });
    budget.forgo();
    expect(await budget.leave(hurried)).toMatchObject({ ms: 2_000 });
  });

  test('does not wait for what is announced, or for what comes back in a moment', async () => {
    const budget = createBudget({ source: 'acme', now: () => 0 });
    await budget.leave(bulk);
    await budget.answered({
      allowances: [
        { ...requests(0, 0), resource: 'points-announced', announced: true },
        { ...requests(0, 0), resource: 'burst', windowMs: 1_000, refill: 'at_reset' },
      ],
      cost: new Map(),
    });
    expect(await budget.leave(bulk)).toBeUndefined();
  });
});

test('what was learnt is told when it has come to something, and pauses at once', async () => {
  let now = 0;
  const book = ledger();
  const budget = createBudget({ source: 'labs', ledger: book, now: () => now });
  const answer = async (remaining: number) => {
    await budget.leave(intent);
    await budget.answered({ allowances: [requests(remaining, now)], cost: new Map([['complexity', 10]]) });
  };
  await answer(3600);
  expect(book.told).toHaveLength(1);
  // 180 are a twentieth.
  for (let left = 3599; left >= 3420; left -= 1) await answer(left);
  expect(book.told).toHaveLength(1);
  await answer(3419);
  expect(book.told).toHaveLength(2);
  expect(book.told[1]?.spent).toEqual(
    new Map([
      ['requests', 181],
      ['complexity', 1810],
    ]),
  );
  now += 5_000;
  await answer(3419);
  expect(book.told).toHaveLength(3);
  await answer(3418);
  await budget.pause({ until: 9_000 });
  expect(book.told.at(-1)).toMatchObject({
    pauses: [{ until: 9_000 }],
    spent: new Map([
      ['requests', 1],
      ['complexity', 10],
    ]),
  });
  await budget.flush();
  expect(book.told).toHaveLength(4);
  await answer(3417);
  await budget.flush();
  expect(book.told).toHaveLength(5);
});

test('an endpoint is a method and a path without the ids in it', () => {
  expect(endpointOf('GET', '/rest/api/3/issue/10040/changelog')).toBe('GET /rest/api/3/issue/*/changelog');
  expect(endpointOf('GET', '/rest/api/3/issue/PAY-7')).toBe('GET /rest/api/3/issue/*');
  expect(endpointOf('POST', '/rest/api/3/search/jql')).toBe('POST /rest/api/3/search/jql');
});
