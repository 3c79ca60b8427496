import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atOnce } from '#metrics/at-once.ts';
import { sprawl } from '#metrics/sprawl.ts';

/** Workstreams with these person-days in each week. */
const split = (...byWeek: readonly (readonly number[])[]) => ({
  streams: byWeek.map((weeks, i) => {
    const total = weeks.reduce((sum, one) => sum + one, 0);
    return {
      stream: { id: `s${i}`, name: `s${i}` },
      total,
      byWeek: weeks,
      byPerson: new Map([['p', total]]),
    };
  }),
  unassignedByWeek: (byWeek[0] ?? []).map(() => 0),
});
const all = () => true;

describe('lines of work at a time', () => {
  test('are two where two follow two, which make four of the month', () => {
    const followed = split([10, 10, 0, 0], [10, 10, 0, 0], [0, 0, 10, 10], [0, 0, 10, 10]);
    expect(sprawl(followed, 'seed')?.effective.value).toBeCloseTo(4, 10);
    expect(atOnce(followed, all, 'seed')).toMatchObject({
      effective: { value: 2, interval: { lower: 2, upper: 2 } },
    });
  });

  test('are those of all weeks taken as one where the weeks are alike', () => {
    // WX-B1a: 10, 10, 5 and 5 are 3.6.
    const steady = split([5, 5], [5, 5], [2.5, 2.5], [2.5, 2.5]);
    expect(atOnce(steady, all, 'seed')?.effective.value).toBeCloseTo(3.6, 10);
  });

  test('count a week by the effort in it', () => {
    // 30 person-days on one and 10 on each of two halves: (30 + 20) / (30²/30 + (10² + 10²)/20).
    expect(atOnce(split([30, 10], [0, 10]), all, 'seed')?.effective.value).toBeCloseTo(50 / 40, 10);
  });

  test('leave out what has ended', () => {
    const ended = split([10, 10], [10, 10], [10, 0]);
    const found = atOnce(ended, ({ id }) => id !== 's2', 'seed');
    expect(found?.effective.value).toBeCloseTo(2, 10);
    expect(atOnce(ended, () => false, 'seed')).toBeUndefined();
  });

  test('are told without chance of a single week, and are none without effort', () => {
    const single = atOnce(split([10], [5]), all, 'seed');
    expect(single?.effective.interval).toBeUndefined();
    expect(single?.chanceAbove(1)).toBeUndefined();
    expect(atOnce(split([0, 0]), all, 'seed')).toBeUndefined();
  });

  test('are above a limit with no more than 15 in 16 by four weeks that all are', () => {
    const four = atOnce(split([5, 5, 5, 5], [5, 5, 5, 5]), all, 'seed');
    expect([1.9, 2, 2.1].map((limit) => four?.chanceAbove(limit))).toEqual([15 / 16, 1 / 16, 1 / 16]);
  });

  test('are never more than those of all weeks taken as one', () => {
    const weeks = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(weeks, { minLength: 1, maxLength: 5 }), (byWeek) => {
        const found = atOnce(split(...byWeek), all, 'seed');
        const pooled = sprawl(split(...byWeek), 'seed');
        if (found === undefined || pooled === undefined) return;
        expect(found.effective.value).toBeLessThanOrEqual(pooled.effective.value * (1 + 1e-9));
        expect(found.effective.value).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
      { numRuns: 50 },
    );
  });
});
