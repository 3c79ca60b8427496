import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concentration } from '#statistics/concentration.ts';
import { golden, hasGolden, near } from './golden.ts';

test('effort of 10, 10, 5 and 5 is as concentrated as 3.6 equal streams (WX-B1a)', () => {
  // Shares 1/3, 1/3, 1/6, 1/6: squares 2/9 + 2/36 = 10/36 = .2778; 36/10 = 3.6.
  expect(concentration(Object.freeze([10, 10, 5, 5]))).toEqual({
    herfindahl: expect.closeTo(10 / 36, 12),
    effective: expect.closeTo(3.6, 12),
    entropyEffective: expect.closeTo(3.7798, 4),
  });
});

test('a stream without effort changes nothing', () => {
  expect(concentration([20, 0, 5, 5, 0])).toEqual(concentration([20, 5, 5]));
});

test('no effort at all has no concentration', () => {
  expect([concentration([]), concentration([0, 0])]).toEqual([undefined, undefined]);
});

test('effort below zero is refused', () => {
  expect(() => concentration([3, -1])).toThrow(RangeError);
  expect(() => concentration([3, Number.NaN])).toThrow(RangeError);
});

test('lies between 1 and the number of streams, and crumbs weigh less in it than in the entropy', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 20 }), (amounts) => {
      const { effective = 0, entropyEffective = 0 } = concentration(Object.freeze(amounts)) ?? {};
      expect(effective).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(entropyEffective).toBeGreaterThanOrEqual(effective - 1e-9);
      expect(entropyEffective).toBeLessThanOrEqual(amounts.length + 1e-9);
    }),
  );
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    test.each(['WX-B1a', 'WX-B1b', 'WX-B1c', 'WX-B1d', 'WX-B2'] as const)('%s', (id) => {
      const { input, expected, tol } = golden(id);
      const { herfindahl, effective, entropyEffective } = concentration(Object.freeze(input.effort)) ?? {};
      expect(
        near([herfindahl, effective, entropyEffective], [expected.hhi, expected.neff, expected.expH], tol),
      ).toBe(true);
    });
  },
);
