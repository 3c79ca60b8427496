import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearTrend } from '#statistics/linear-trend.ts';

/**
 * Worked by hand: means 2 and 2.4, Sxx 10, Sxy 7, so a slope of .7; residuals 0, .3, -.4, -.1, .2, so s² = .30 / 3 = .1.
 */
const points = [1, 2, 2, 3, 4].map((y, x) => ({ x, y }));

describe('a line through five points', () => {
  const trend = linearTrend(points);

  test('goes on as it went', () => {
    expect(trend?.valueAt(0)).toBeCloseTo(1, 12);
    expect(trend?.valueAt(6)).toBeCloseTo(5.2, 12);
  });

  test('has the next point above y as often as Student’s t with 3 degrees of freedom says', () => {
    // At 6 the scale is sqrt(.1 (1 + 1/5 + 16/10)) = .52915, so 6 lies t = 1.51186 above; for 3 degrees of freedom
    // P(T > t) = 1/2 - (atan u + u / (1 + u²)) / π with u = t / √3.
    const u = 0.8 / Math.sqrt(0.28) / Math.sqrt(3);
    const beyond = 0.5 - (Math.atan(u) + u / (1 + u ** 2)) / Math.PI;
    expect(beyond).toBeCloseTo(0.1139, 4);
    expect(trend?.chanceAbove(6, 6)).toBeCloseTo(beyond, 12);
    expect(trend?.chanceAbove(6, 5.2)).toBeCloseTo(0.5, 12);
    expect(trend?.chanceAbove(6, 4.4)).toBeCloseTo(1 - beyond, 12);
  });
});

describe('a line', () => {
  test('is none through two points, or through points above one another', () => {
    expect(linearTrend(points.slice(0, 2))).toBeUndefined();
    expect(linearTrend(points.map(({ y }) => ({ x: 3, y })))).toBeUndefined();
  });

  test('without scatter is all there is to go by', () => {
    const exact = linearTrend([0, 2, 4].map((y, x) => ({ x, y })));
    expect([exact?.chanceAbove(5, 10), exact?.chanceAbove(5, 10.5)]).toEqual([1, 0]);
  });

  test('is less sure the further it is drawn', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (x, more) => {
          const trend = linearTrend(points);
          const missed = (at: number) => trend?.chanceAbove(at, trend.valueAt(at) + 1) ?? Number.NaN;
          expect(missed(x + more)).toBeGreaterThan(missed(x));
        },
      ),
    );
  });
});
