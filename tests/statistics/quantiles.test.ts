import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  minimumSample,
  qLower,
  qUpper,
  quantileInterval,
  quantileRanks,
  rank,
} from '#statistics/quantiles.ts';
import { golden, hasGolden } from './golden.ts';

const oneToTen = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const values = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 })
  .map((x) => Object.freeze(x));
const percent = fc.integer({ min: 1, max: 99 });

describe('rank', () => {
  test('is not fooled by floating point: 55 % and 7 % of 100 are the 55th and the 7th (WX-Q-4)', () => {
    expect([rank(100, 55), rank(100, 7)]).toEqual([55, 7]);
  });

  test('rounds up: 85 % of 7 is 5.95, so the 6th', () => {
    expect(rank(7, 85)).toBe(6);
  });

  test('is the smallest k with at least that percent at or below it, for every n and percent', () => {
    for (let n = 1; n <= 120; n++) {
      for (let p = 1; p <= 100; p++) {
        const k = rank(n, p);
        // In whole numbers: k/n >= p/100 and (k-1)/n < p/100.
        expect(k * 100 >= n * p && (k - 1) * 100 < n * p).toBe(true);
      }
    }
  });

  test('refuses a fraction for a percent, and an empty sample', () => {
    expect(() => rank(10, 0.85)).toThrow(/write 85, not 0\.85/);
    expect(() => rank(10, 101)).toThrow(RangeError);
    expect(() => rank(0, 50)).toThrow(RangeError);
  });
});

describe('quantiles of values', () => {
  test('the upper quantile of 1..10 is 5, 9 and 10 at 50, 85 and 95 % (WX-Q-1)', () => {
    expect([50, 85, 95].map((p) => qUpper(oneToTen, p))).toEqual([5, 9, 10]);
  });

  test('the lower quantile is the number reached with that chance: 85 % of 1..10 reach 2, and 95 % reach 1', () => {
    // ceil(10 * .15) = 2; ceil(10 * .05) = 1. Nine of ten are >= 2.
    expect([85, 95, 50].map((p) => qLower(oneToTen, p))).toEqual([2, 1, 5]);
  });

  test('values may come in any order and stay as they are', () => {
    // Sorted as text, 13 would come before 2.
    expect(qUpper(Object.freeze([13, 1, 5, 1, 2, 8, 3]), 50)).toBe(3);
    expect(qUpper(Object.freeze([13, 2]), 50)).toBe(2);
  });

  test('the upper quantiles of 1, 1, 2, 3, 5, 8, 13 are 3 and 8, and for the second 19 values are needed (WX-Q-2)', () => {
    const seven = Object.freeze([1, 1, 2, 3, 5, 8, 13]);
    expect([qUpper(seven, 50), qUpper(seven, 85)]).toEqual([3, 8]);
    expect([50, 85].map((p) => minimumSample(p))).toEqual([5, 19]);
  });

  test('an empty sample has no quantile', () => {
    expect([qUpper([], 50), qLower([], 50)]).toEqual([undefined, undefined]);
    expect(quantileInterval([], 50)).toEqual({ lower: undefined, upper: undefined });
  });

  test('at least the stated percent lies at or below the upper quantile, and at or above the lower one', () => {
    fc.assert(
      fc.property(values, percent, (x, p) => {
        const upper = qUpper(x, p) ?? Number.NaN;
        const lower = qLower(x, p) ?? Number.NaN;
        expect(x.filter((value) => value <= upper).length * 100).toBeGreaterThanOrEqual(x.length * p);
        expect(x.filter((value) => value >= lower).length * 100).toBeGreaterThanOrEqual(x.length * p);
        expect(x).toContain(upper);
        expect(x).toContain(lower);
      }),
    );
  });

  test('a larger percent never gives a smaller upper or a larger lower quantile', () => {
    fc.assert(
      fc.property(values, percent, percent, (x, p, q) => {
        const [low, high] = p < q ? [p, q] : [q, p];
        expect(qUpper(x, low)).toBeLessThanOrEqual(qUpper(x, high) ?? Number.NaN);
        expect(qLower(x, low)).toBeGreaterThanOrEqual(qLower(x, high) ?? Number.NaN);
      }),
    );
  });
});

describe('interval of a quantile', () => {
  test('20 values bound their 85th percentile between the 14th and the 20th, 19 between the 13th and the 19th (WX-Q-3)', () => {
    expect(quantileRanks(20, 85)).toEqual({ lower: 14, upper: 20 });
    expect(quantileRanks(19, 85)).toEqual({ lower: 13, upper: 19 });
    // From the 14th to the 20th: 14 to 19 of 20 lie below the percentile, which has a chance of .939.
    expect(binomialCdf(19, 20, 0.85) - binomialCdf(13, 20, 0.85)).toBeCloseTo(0.939, 3);
  });

  test('the end a small sample cannot bound is unknown', () => {
    // 18 values: .85^18 = .0536 > .05, so even the largest may lie below the percentile.
    expect(quantileRanks(18, 85).upper).toBeUndefined();
    // One value: below the median as likely as above it.
    expect(quantileRanks(1, 50)).toEqual({ lower: undefined, upper: undefined });
  });

  test('the interval holds the values at its ranks, whatever their order', () => {
    const shuffled = Object.freeze([20, 3, 18, 1, 16, 5, 14, 7, 12, 9, 10, 11, 8, 13, 6, 15, 4, 17, 2, 19]);
    expect(quantileInterval(shuffled, 85)).toEqual({ lower: 14, upper: 20 });
  });

  test('the interval contains the quantile', () => {
    fc.assert(
      fc.property(values, percent, (x, p) => {
        const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = quantileInterval(x, p);
        const point = qUpper(x, p) ?? Number.NaN;
        expect(point).toBeGreaterThanOrEqual(lower);
        expect(point).toBeLessThanOrEqual(upper);
      }),
    );
  });
});

describe('minimum sample', () => {
  test('is 5, 9, 19, 29 and 59 for the usual percentiles', () => {
    expect([50, 70, 85, 90, 95].map((p) => minimumSample(p))).toEqual([5, 9, 19, 29, 59]);
  });

  test('is the first n for which an upper bound of the percentile exists', () => {
    const percents = Array.from({ length: 95 }, (_, at) => at + 5);
    const bounded = (n: number, p: number) => quantileRanks(n, p).upper !== undefined;
    expect(percents.filter((p) => !bounded(minimumSample(p), p))).toEqual([]);
    expect(percents.filter((p) => bounded(minimumSample(p) - 1, p))).toEqual([]);
  });

  test('a power that meets the limit exactly is enough: half to the second is a quarter', () => {
    expect(minimumSample(50, 0.75)).toBe(2);
    // 1 - 0.9 is a little less than 0.1 in floating point, and must not cost a second value.
    expect(minimumSample(10, 0.9)).toBe(1);
  });

  test('the largest of all values cannot be bounded', () => {
    expect(() => minimumSample(100)).toThrow(RangeError);
  });
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    test.each(['WX-Q-1', 'WX-Q-2'] as const)('upper quantiles of %s', (id) => {
      const { input, expected } = golden(id);
      expect(input.P.map((p) => qUpper(Object.freeze(input.x), p))).toEqual(expected.qUpper);
    });

    test('the dwell beyond which an item lingers', () => {
      const { input, expected } = golden('WX-A3');
      expect(qUpper(input.dwell, 85)).toBe(expected.p85);
    });

    test('which percentiles of seven values have enough data', () => {
      const { input, expected } = golden('WX-Q-2');
      expect(input.P.map((p) => input.x.length < minimumSample(p))).toEqual(expected.insufficient);
    });

    test('ranks of the interval', () => {
      const { input, expected } = golden('WX-Q-3');
      const ranks = input.n.map((n) => quantileRanks(n, Math.round(input.p * 100)));
      expect(ranks.map(({ lower, upper }) => [lower, upper])).toEqual(expected.ranks);
    });

    test('ranks and minimum samples', () => {
      const ranks = golden('WX-Q-4');
      expect(ranks.input.P.map((p) => rank(ranks.input.n, p))).toEqual(ranks.expected.rank);
      const { input, expected } = golden('WX-Q-5');
      expect(input.p.map((p) => minimumSample(Math.round(p * 100), input.conf))).toEqual(expected.minN);
    });
  },
);
