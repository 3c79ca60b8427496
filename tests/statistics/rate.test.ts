import { sum } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { garwood, jeffreysRate, probabilityRateAtLeast, summarizeCounts } from '#statistics/rate.ts';
import { golden, hasGolden, near } from './golden.ts';

const weekly = fc
  .array(fc.nat({ max: 40 }), { minLength: 2, maxLength: 60 })
  .map((counts) => Object.freeze(counts));

describe('summary of counts', () => {
  test('2, 4, 3, 3, 0, 6 a week: mean 3, variance 4, a third more than chance (WX-R-1)', () => {
    // Deviations -1, 1, 0, 0, -3, 3: squares 20, divided by 5 is 4.
    expect(summarizeCounts(Object.freeze([2, 4, 3, 3, 0, 6]))).toEqual({
      mean: 3,
      variance: 4,
      overdispersion: expect.closeTo(4 / 3, 12),
      variation: expect.closeTo(2 / 3, 12),
    });
  });

  test('counts steadier than chance are not called underdispersed', () => {
    expect(summarizeCounts([5, 5, 5])).toEqual({ mean: 5, variance: 0, overdispersion: 1, variation: 0 });
  });

  test('weeks without any event have no coefficient of variation', () => {
    expect(summarizeCounts([0, 0, 0])).toEqual({
      mean: 0,
      variance: 0,
      overdispersion: 1,
      variation: undefined,
    });
  });

  test('one week says nothing about variation', () => {
    expect([summarizeCounts([]), summarizeCounts([4])]).toEqual([undefined, undefined]);
  });
});

describe('Jeffreys interval of a rate', () => {
  test('18 events in 6 weeks: 2.0 to 4.3 a week, 1.9 to 4.6 when they come in bursts (WX-R-1)', () => {
    expect(jeffreysRate(18, 6)).toEqual({
      lower: expect.closeTo(2.0062, 4),
      upper: expect.closeTo(4.3494, 4),
    });
    expect(jeffreysRate(18, 6, 4 / 3)).toEqual({
      lower: expect.closeTo(1.8593, 4),
      upper: expect.closeTo(4.5591, 4),
    });
  });

  test('contains the rate seen, with the overdispersion those counts have', () => {
    fc.assert(
      fc.property(weekly, (counts) => {
        const events = sum(counts);
        const { lower, upper } = jeffreysRate(events, counts.length, summarizeCounts(counts)?.overdispersion);
        expect(lower).toBeLessThanOrEqual(events / counts.length);
        expect(upper).toBeGreaterThanOrEqual(events / counts.length);
      }),
    );
  });

  test('no event seen leaves 0 plausible', () => {
    expect(jeffreysRate(0, 4).lower).toBe(0);
    expect(jeffreysRate(0, 4).upper).toBeGreaterThan(0);
  });

  test('no time watched, negative events and underdispersion are refused', () => {
    expect(() => jeffreysRate(1, 0)).toThrow(RangeError);
    expect(() => jeffreysRate(-1, 2)).toThrow(RangeError);
    expect(() => jeffreysRate(1, 2, 0.5)).toThrow(RangeError);
  });
});

describe('rare events', () => {
  test('4 incidents in 2 quarters: 0.5 to 5.1 a quarter (WX-R-2)', () => {
    expect(garwood(4, 2)).toEqual({ lower: expect.closeTo(0.5449, 4), upper: expect.closeTo(5.1208, 4) });
  });

  test('none in 3 quarters is bounded by -ln(alpha/2) / 3 (WX-D2b)', () => {
    // -ln(.025) / 3 = 3.6889 / 3 = 1.2296.
    expect(garwood(0, 3)).toEqual({ lower: 0, upper: expect.closeTo(1.2296, 4) });
  });

  test('the exact interval is never narrower than Jeffreys at the same level', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.integer({ min: 1, max: 60 }), (events, periods) => {
        const exact = garwood(events, periods, 0.9);
        const jeffreys = jeffreysRate(events, periods);
        expect(exact.lower).toBeLessThanOrEqual(jeffreys.lower + 1e-9);
        expect(exact.upper).toBeGreaterThanOrEqual(jeffreys.upper - 1e-9);
      }),
    );
  });

  test('4 incidents in 2 quarters make one a quarter 91 % likely and two 53 % (WX-R-2)', () => {
    expect(probabilityRateAtLeast(4, 2, 1)).toBeCloseTo(0.9114, 4);
    expect(probabilityRateAtLeast(4, 2, 2)).toBeCloseTo(0.5341, 4);
    expect(probabilityRateAtLeast(0, 3, 2)).toBeCloseTo(0.0005, 4);
  });
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    test('weekly counts', () => {
      const { input, expected, tol } = golden('WX-R-1');
      const summary = summarizeCounts(Object.freeze(input.weekly));
      const plain = jeffreysRate(sum(input.weekly), input.weekly.length);
      const inflated = jeffreysRate(sum(input.weekly), input.weekly.length, summary?.overdispersion);
      expect(near([summary?.mean, summary?.variance], [expected.mean, expected.s2], tol)).toBe(true);
      expect(near([summary?.overdispersion, summary?.variation], [expected.phi, expected.cv], tol)).toBe(
        true,
      );
      expect(near([plain.lower, plain.upper], expected.jeffreys, tol)).toBe(true);
      expect(near([inflated.lower, inflated.upper], expected.inflated, tol)).toBe(true);
    });

    test.each(['WX-R-2', 'WX-R-3'] as const)('rare events of %s', (id) => {
      const { input, expected, tol } = golden(id);
      const { lower, upper } = garwood(input.N, input.W);
      expect(near([lower, upper], expected.garwood95, tol)).toBe(true);
      expect(near([probabilityRateAtLeast(input.N, input.W, 2)], [expected.pGe2], tol)).toBe(true);
    });

    test('changes per item-week', () => {
      const { input, expected, tol } = golden('WX-F2');
      const { lower, upper } = jeffreysRate(input.changes, input.itemWeeks);
      expect(near([lower, upper], [expected.lo, expected.hi], tol)).toBe(true);
    });
  },
);
