import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, seededRandom, uniform, weekBootstrap } from '#statistics/random.ts';

const take = (seed: string, count: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => uniform(random));
};

describe('seeded chance', () => {
  test('the same seed gives the same numbers, another seed others', () => {
    expect(take('team|wip|2026-01-05', 20)).toEqual(take('team|wip|2026-01-05', 20));
    expect(take('team|wip|2026-01-05', 20)).not.toEqual(take('team|wip|2026-01-12', 20));
  });

  test('the numbers of a seed are a contract: a report of last year must come out again', () => {
    const random = seededRandom('evenkeel');
    expect(Array.from({ length: 8 }, () => integer(random, 1, 100))).toEqual([21, 91, 72, 72, 98, 86, 4, 14]);
  });

  test('seeds that differ in one letter are unrelated: first numbers fill all ten tenths', () => {
    // 1,000 seeds; each tenth expects 100 with a standard deviation of 9.5, so 60 to 140 is over four of them.
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let at = 0; at < 1000; at++) {
      const tenth = Math.floor((take(`seed ${at}`, 1)[0] ?? 0) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths.filter((count) => count <= 60 || count >= 140)).toEqual([]);
  });

  test('a number lies between 0 and 1, an integer within its range and at both ends of it', () => {
    const random = seededRandom('range');
    const integers = Array.from({ length: 200 }, () => integer(random, 3, 6));
    expect(new Set(integers)).toEqual(new Set([3, 4, 5, 6]));
    expect(take('range', 200).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});

describe('week bootstrap', () => {
  const total = (weeks: readonly number[]) => weeks.reduce((sum, week) => sum + week, 0);

  test('is repeatable, and leaves the weeks as they are', () => {
    const weeks = Object.freeze([2, 4, 3, 3, 0, 6]);
    const once = weekBootstrap(seededRandom('a'), weeks, 500, total);
    expect(weekBootstrap(seededRandom('a'), weeks, 500, total)).toEqual(once);
  });

  test('of two weeks with 0 and 1, a quarter of the draws each give 0 and 2: the interval is [0, 2]', () => {
    expect(weekBootstrap(seededRandom('coin'), [0, 1], 400, total)).toEqual({ lower: 0, upper: 2 });
  });

  test('agrees with theory: the sum of 40 weeks of 0 or 1 varies by 1.645 * sqrt(10) either way', () => {
    // Binomial(40, 1/2): 5 % and 95 % points are 15 and 25.
    const weeks = Array.from({ length: 40 }, (_, at) => at % 2);
    expect(weekBootstrap(seededRandom('theory'), weeks, 2000, total)).toEqual({ lower: 15, upper: 25 });
  });

  test('keeps a week whole: what happens together stays together', () => {
    const weeks = Object.freeze([Object.freeze({ goal: 1, all: 2 }), Object.freeze({ goal: 5, all: 10 })]);
    const share = (sample: typeof weeks) =>
      total(sample.map((w) => w.goal)) / total(sample.map((w) => w.all));
    expect(weekBootstrap(seededRandom('a'), weeks, 200, share)).toEqual({ lower: 0.5, upper: 0.5 });
  });

  test('one week shows no variation, and draws without a value do not count', () => {
    expect(weekBootstrap(seededRandom('a'), [5], 100, total)).toBeUndefined();
    expect(weekBootstrap(seededRandom('a'), [5, 6], 100, () => undefined)).toBeUndefined();
    const positive = (weeks: readonly number[]) => (total(weeks) > 0 ? total(weeks) : undefined);
    expect(weekBootstrap(seededRandom('a'), [0, 1], 400, positive)).toEqual({ lower: 1, upper: 2 });
  });

  test('a mean never leaves the range of the weeks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 30 }), { minLength: 2, maxLength: 15 }),
        fc.string(),
        (weeks, seed) => {
          const mean = (sample: readonly number[]) => total(sample) / sample.length;
          const interval = weekBootstrap(seededRandom(seed), Object.freeze(weeks), 50, mean);
          expect(interval?.lower).toBeGreaterThanOrEqual(Math.min(...weeks));
          expect(interval?.upper).toBeLessThanOrEqual(Math.max(...weeks));
          expect(interval?.upper).toBeGreaterThanOrEqual(interval?.lower ?? Number.NaN);
        },
      ),
    );
  });
});
