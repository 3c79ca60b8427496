import { describe, expect, test } from 'vitest';
import { basicallyDone } from '#risks/basically-done.ts';
import { uniform } from '#statistics/random.ts';
import { around } from './working-team.ts';
import { seenBy, worked } from './working-teams.ts';

/** From week 40 on a third of what enters review lies there for two months. */
const lying = {
  review: (random: Parameters<ReturnType<typeof around>>[0], week: number) =>
    around(2, 0.6)(random) + (week > 40 && uniform(random) < 1 / 3 ? 60 : 0),
};

describe('work that is basically done', () => {
  const signal = seenBy(basicallyDone, worked(lying));

  test('is seen where a third of it lies and the rest is through at once', () => {
    expect(signal?.statement).toMatch(
      /^\d+ items are basically done and have waited for longer than the \d+ days/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.98);
  });

  test('costs what it would be worth if the last mile took the best quartile', () => {
    // About 2 + 60 / 3 = 22 days on average; a quarter is through within 2.
    const [low = 0, high = 0] = signal?.relief?.kind === 'sooner' ? signal.relief.days : [];
    expect(low).toBeGreaterThan(10);
    expect(high).toBeLessThan(32);
    expect(signal?.cost?.weeks).toEqual([low / 7, high / 7]);
    expect(
      signal?.options.every(({ assumption }) => assumption.startsWith('If last-mile took your P25')),
    ).toBe(true);
  });

  test('names the items, the oldest claim first, with links', () => {
    const items = signal?.evidence[0]?.items ?? [];
    expect(items.length).toBeGreaterThan(2);
    expect(
      items.every(({ url, why }) => url.startsWith('https://acme.example/') && why.startsWith('claimed')),
    ).toBe(true);
  });
});

describe('it is not seen', () => {
  test.each([
    ['where reviews are slow and honest', { review: around(12, 0.5) }],
    ['where they take three weeks, give or take', { review: around(21, 0.3) }],
    ['where all is well', {}],
  ])('%s', (_, changes) => {
    expect(basicallyDone(worked(changes))).toEqual([]);
  });

  test('where a release train takes what is there every six weeks', () => {
    const sixWeeks = 42 * 86_400_000;
    const trains = worked({
      doing: around(3, 0.5),
      // In review until the next train leaves.
      reviewUntil: (at) => Math.ceil(at / sixWeeks) * sixWeeks,
    });
    expect(basicallyDone(trains)).toEqual([]);
  });

  test('below 19 claims that came true', () => {
    expect(basicallyDone(worked({ ...lying, from: '2026-06-01', weeks: 4 }))).toEqual([]);
  });
});
