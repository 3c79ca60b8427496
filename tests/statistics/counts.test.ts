import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import { sum } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { countChances } from '#statistics/counts.ts';

function moments(mean: number, dispersion: number) {
  const { from, chances } = countChances(mean, dispersion);
  const centre = sum(chances, (chance, i) => chance * (from + i));
  return {
    total: sum(chances),
    centre,
    variance: sum(chances, (chance, i) => chance * (from + i - centre) ** 2),
  };
}

describe('counts that come in bursts', () => {
  test.each([
    [0.3, 1],
    [4, 1.5],
    [16, 1.96],
    [40, 20],
    [3000, 1.01],
  ])('of mean %d and dispersion %d have them', (mean, dispersion) => {
    const { total, centre, variance } = moments(mean, dispersion);
    expect(total).toBeCloseTo(1, 9);
    expect(centre / mean).toBeCloseTo(1, 7);
    expect(variance / mean / dispersion).toBeCloseTo(1, 5);
  });

  test('are the negative binomial: 16 expected with a variance of 31.385 have r = 16.64 (WX-C3c)', () => {
    // P(Y <= 4) = .0056 and P(Y <= 5) = .0126.
    const { from, chances } = countChances(16, 31.384615384615387 / 16);
    const upTo = (k: number) => sum(chances.filter((_, i) => from + i <= k));
    expect(upTo(4)).toBeCloseTo(0.0056, 4);
    expect(upTo(5)).toBeCloseTo(0.0126, 4);
    const r = 16 ** 2 / (31.384615384615387 - 16);
    expect(upTo(12)).toBeCloseTo(negativeBinomialCdf(12, r, r / (r + 16)), 9);
  });

  test('refuse what is no count', () => {
    expect(() => countChances(-1, 1)).toThrow(RangeError);
    expect(() => countChances(1, 0.9)).toThrow(/dispersion >= 1/);
    expect(() => countChances(Number.NaN, 1)).toThrow(RangeError);
  });
});
