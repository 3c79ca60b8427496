import { sum } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wider } from '#statistics/interval.ts';
import {
  clopperPearson,
  clusterInterval,
  jeffreysProportion,
  probabilityShareAbove,
} from '#statistics/proportion.ts';
import { golden, hasGolden, near } from './golden.ts';

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), k: fc.integer({ min: 0, max: n }) }));

describe('Jeffreys interval', () => {
  test('3 of 40 is between 2.8 and 16.6 %, 9 of 24 between 22.9 and 54.2 % (WX-P-1, WX-P-2)', () => {
    expect(jeffreysProportion(3, 40)).toEqual({
      lower: expect.closeTo(0.0276, 4),
      upper: expect.closeTo(0.1661, 4),
    });
    expect(jeffreysProportion(9, 24)).toEqual({
      lower: expect.closeTo(0.2288, 4),
      upper: expect.closeTo(0.5423, 4),
    });
  });

  test('contains the share seen, also none and all', () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        const { lower, upper } = jeffreysProportion(k, n);
        expect(lower).toBeLessThanOrEqual(k / n);
        expect(upper).toBeGreaterThanOrEqual(k / n);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        const { lower, upper } = jeffreysProportion(k, n);
        const mirrored = jeffreysProportion(n - k, n);
        expect(mirrored.lower).toBeCloseTo(1 - upper, 9);
        expect(mirrored.upper).toBeCloseTo(1 - lower, 9);
      }),
    );
  });

  test('a larger level gives a wider interval', () => {
    expect(wider(jeffreysProportion(3, 40, 0.5), jeffreysProportion(3, 40, 0.95)).upper).toBeGreaterThan(
      0.18,
    );
  });

  test('more successes than trials are refused', () => {
    expect(() => jeffreysProportion(5, 4)).toThrow(RangeError);
    expect(() => jeffreysProportion(Number.NaN, 4)).toThrow(RangeError);
  });
});

describe('posterior probability', () => {
  test('4 misses of 12 make a miss rate above 15 % 95.1 % likely, 0 of 3 only 30.3 %', () => {
    expect(probabilityShareAbove(4, 12, 0.15)).toBeCloseTo(0.9513, 4);
    expect(probabilityShareAbove(0, 3, 0.15)).toBeCloseTo(0.3031, 4);
  });

  test('is 95 % at the lower end of the 90 % interval', () => {
    expect(probabilityShareAbove(3, 40, jeffreysProportion(3, 40).lower)).toBeCloseTo(0.95, 9);
  });
});

describe('Clopper and Pearson', () => {
  test('17 of 20 is consistent with 62 to 97 % (WX-C7d)', () => {
    expect(clopperPearson(17, 20)).toEqual({
      lower: expect.closeTo(0.6211, 4),
      upper: expect.closeTo(0.9679, 4),
    });
  });

  test('none of n is bounded by the rule 1 - (alpha/2)^(1/n)', () => {
    // 0 of 10 at 95 %: 1 - .025^(1/10) = .3085.
    expect(clopperPearson(0, 10)).toEqual({ lower: 0, upper: expect.closeTo(0.3085, 4) });
    expect(clopperPearson(10, 10)).toEqual({ lower: expect.closeTo(0.6915, 4), upper: 1 });
  });

  test('is never narrower than Jeffreys at the same level', () => {
    fc.assert(
      fc.property(counts, ({ k, n }) => {
        const exact = clopperPearson(k, n, 0.9);
        const jeffreys = jeffreysProportion(k, n, 0.9);
        expect(exact.lower).toBeLessThanOrEqual(jeffreys.lower + 1e-9);
        expect(exact.upper).toBeGreaterThanOrEqual(jeffreys.upper - 1e-9);
      }),
    );
  });
});

describe('clusters', () => {
  test('three cycles of 8, 5 and 9 of 10 give a t-interval from 38 % to the end', () => {
    // mean .7333; deviations .0667, -.2333, .1667; s = .2082; SE = s/sqrt(3) = .1202; t(.95, 2) = 2.920.
    expect(clusterInterval(Object.freeze([0.8, 0.5, 0.9]))).toEqual({
      mean: expect.closeTo(0.7333, 4),
      standardError: expect.closeTo(0.1202, 4),
      lower: expect.closeTo(0.3824, 4),
      upper: 1,
    });
  });

  test('what comes in batches is reported by the wider interval: here that over cycles, 22 of 30 (WX-C4a)', () => {
    const byCycle = clusterInterval([0.8, 0.5, 0.9]);
    const byItem = jeffreysProportion(22, 30);
    expect(byItem).toEqual({ lower: expect.closeTo(0.588, 3), upper: expect.closeTo(0.847, 3) });
    expect(byCycle && wider(byItem, byCycle)).toBe(byCycle);
  });

  test('batches that all agree leave the interval over items the wider one', () => {
    const byCycle = clusterInterval([0.8, 0.8, 0.8]);
    const byItem = jeffreysProportion(24, 30);
    expect(byCycle && wider(byItem, byCycle)).toBe(byItem);
  });

  test('one batch says nothing about how batches differ', () => {
    expect([clusterInterval([]), clusterInterval([0.8])]).toEqual([undefined, undefined]);
  });
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    test.each(['WX-P-1', 'WX-P-2', 'WX-G1', 'WX-F5'] as const)('Jeffreys interval of %s', (id) => {
      const { input, expected, tol } = golden(id);
      const { lower, upper } = jeffreysProportion(input.k, input.n);
      expect(near([lower, upper], [expected.lo, expected.hi], tol)).toBe(true);
    });

    test.each(['WX-C8-long4of12', 'WX-C8-short2of3', 'WX-C8-short0of3', 'WX-C8-long1of12'] as const)(
      'probability of being over budget in %s',
      (id) => {
        const { input, expected, tol } = golden(id);
        expect(
          near([probabilityShareAbove(input.miss, input.n, 1 - input.slo)], [expected.pOverBudget], tol),
        ).toBe(true);
      },
    );

    test('the exact interval', () => {
      const { input, expected, tol } = golden('WX-C7d');
      const { lower, upper } = clopperPearson(input.k, input.n);
      expect(near([lower, upper], expected.cp95, tol)).toBe(true);
    });

    test.each(['WX-C4a', 'WX-C4b'] as const)('cycles against items in %s', (id) => {
      const { input, expected, tol } = golden(id);
      const byItem = jeffreysProportion(sum(input.done), sum(input.committed));
      const byCycle = clusterInterval(input.done.map((done, cycle) => done / (input.committed[cycle] ?? 0)));
      expect(near([byItem.lower, byItem.upper], expected.jeffreys, tol)).toBe(true);
      expect(near([byCycle?.mean, byCycle?.standardError], [expected.clusterMean, expected.se], tol)).toBe(
        true,
      );
      expect(near([byCycle?.lower, byCycle?.upper], expected.t, tol)).toBe(true);
      expect(byCycle && wider(byItem, byCycle)).toBe({ t: byCycle, jeffreys: byItem }[expected.report]);
    });
  },
);
