import { mean, range } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slicesOf, sumOfSlices } from '#statistics/slices.ts';

const weighted = fc.array(
  fc.record({
    value: fc.integer({ min: -50, max: 50 }),
    weight: fc.double({ min: 0.01, max: 10, noNaN: true }),
  }),
  { minLength: 1, maxLength: 30 },
);

describe('equally likely parts of a distribution', () => {
  test('are as many as asked for, ascending, and have its mean', () => {
    fc.assert(
      fc.property(weighted, (values) => {
        const slices = slicesOf(values);
        expect(slices).toHaveLength(20);
        expect(slices).toEqual(slices.toSorted((a, b) => a - b));
        const total = values.reduce((sum, { weight }) => sum + weight, 0);
        const centre = values.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
        expect(mean(slices)).toBeCloseTo(centre, 9);
      }),
    );
  });

  test('are each the mean of their part', () => {
    const one = (value: number) => ({ value, weight: 1 });
    expect(slicesOf(range(1, 11).map(one), 5)).toEqual([1.5, 3.5, 5.5, 7.5, 9.5]);
    expect(slicesOf([one(7)])).toEqual(range(20).map(() => 7));
    expect(() => slicesOf([{ value: 1, weight: 0 }])).toThrow(/nothing to slice/);
    expect(() => slicesOf([])).toThrow(RangeError);
  });

  test('of a sum have the sum of the means, and move as one of them moves', () => {
    fc.assert(
      fc.property(weighted, weighted, fc.integer({ min: -20, max: 20 }), (a, b, by) => {
        const [x, y] = [slicesOf(a), slicesOf(b)];
        const both = sumOfSlices(x, y);
        expect(mean(both)).toBeCloseTo((mean(x) ?? 0) + (mean(y) ?? 0), 9);
        sumOfSlices(
          x.map((value) => value + by),
          y,
        ).forEach((value, i) => expect(value).toBeCloseTo((both[i] ?? 0) + by, 9));
      }),
    );
  });
});
