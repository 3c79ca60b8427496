import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shapley } from '#statistics/shapley.ts';

describe('what several bring about together', () => {
  test('divides as in the glove game: the one right glove is worth two thirds', () => {
    // Two left gloves (0, 1) and one right (2): a pair is worth 1. Of six orders the right one completes a pair in four.
    const pair = (some: readonly number[]) => (some.includes(2) && some.length > 1 ? 1 : 0);
    expect(shapley(3, pair)).toEqual([
      expect.closeTo(1 / 6, 12),
      expect.closeTo(1 / 6, 12),
      expect.closeTo(2 / 3, 12),
    ]);
  });

  test('is nothing of nobody, and all of the only one', () => {
    expect(shapley(0, () => 5)).toEqual([]);
    expect(shapley(1, (some) => some.length * 7)).toEqual([7]);
  });

  test('adds up to the worth of all less that of none, and is equal for equals', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (worths) => {
          const worthOf = (some: readonly number[]) => worths[some.reduce((sum, i) => sum + 2 ** i, 0)] ?? 0;
          const total = shapley(4, worthOf).reduce((sum, part) => sum + part, 0);
          expect(total).toBeCloseTo((worths[15] ?? 0) - (worths[0] ?? 0), 9);
          const [first, ...others] = shapley(4, (some) => worths[some.length] ?? 0);
          for (const other of others) expect(other).toBeCloseTo(first ?? Number.NaN, 9);
        },
      ),
    );
  });

  test('of more than twelve is refused', () => {
    expect(() => shapley(13, () => 0)).toThrow('at most 12');
  });
});
