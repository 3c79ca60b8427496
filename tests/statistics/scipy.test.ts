import { readFileSync } from 'node:fs';
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import binomialQuantile from '@stdlib/stats-base-dists-binomial-quantile';
import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { describe, expect, test } from 'vitest';
import { chisquareQuantile, gammaCdf, gammaQuantile } from '#statistics/gamma.ts';
import { garwood, jeffreysRate } from '#statistics/rate.ts';

/** Made by scipy-values.py, which stands beside it. */
const file: {
  readonly versions: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, readonly (readonly number[])[]>>;
} = JSON.parse(readFileSync(new URL('scipy-values.json', import.meta.url), 'utf8'));

type Three = (x: number, a: number, b: number) => number;
const three =
  (of: Three) =>
  ([x = Number.NaN, a = Number.NaN, b = Number.NaN]: readonly number[]) =>
    of(x, a, b);

const OURS: Readonly<Record<string, (args: readonly number[]) => number>> = {
  'beta-cdf': three(betaCdf),
  'beta-quantile': three(betaQuantile),
  'binomial-cdf': three(binomialCdf),
  'binomial-quantile': three(binomialQuantile),
  'chisquare-quantile': ([p = Number.NaN, k = Number.NaN]) => chisquareQuantile(p, k),
  'gamma-cdf': three(gammaCdf),
  'gamma-quantile': three(gammaQuantile),
  'negative-binomial-cdf': three(negativeBinomialCdf),
  'normal-quantile': three(normalQuantile),
  't-quantile': ([p = Number.NaN, freedom = Number.NaN]) => tQuantile(p, freedom),
  // The library's are wrong here, and ours takes their place.
  'large-gamma-cdf': three(gammaCdf),
  'large-gamma-quantile': three(gammaQuantile),
  'large-chisquare-quantile': ([p = Number.NaN, k = Number.NaN]) => chisquareQuantile(p, k),
};

const TOLERANCE = 1e-10;

test('SciPy is asked about every distribution function we use, at 1,000 points or more', () => {
  expect(Object.keys(file.values)).toEqual(Object.keys(OURS));
  expect(Object.values(file.values).flat().length).toBeGreaterThanOrEqual(1000);
  expect(file.versions['scipy']).toMatch(/^1\./);
});

describe.each(Object.entries(OURS))('%s', (name, ours) => {
  test(`agrees with SciPy to ${TOLERANCE}, of 1 or of the value where that is larger`, () => {
    const off = (file.values[name] ?? []).filter((row) => {
      const expected = row.at(-1) ?? Number.NaN;
      const error = Math.abs(ours(row.slice(0, -1)) - expected);
      return !(error <= TOLERANCE * Math.max(1, Math.abs(expected)));
    });
    expect(off).toEqual([]);
  });
});

test('a gamma distribution of a large shape ends, and has no gap to those of small ones', () => {
  expect([0, 1].map((p) => gammaQuantile(p, 1000.5, 2))).toEqual([0, Number.POSITIVE_INFINITY]);
  expect([-1, 0, 1e9].map((x) => gammaCdf(x, 1000.5, 2))).toEqual([0, 0, 1]);
  for (const p of [0.001, 0.05, 0.5, 0.95, 0.999]) {
    const [below, above] = [gammaQuantile(p, 500, 1), gammaQuantile(p, 500 + 1e-9, 1)];
    expect(above - below).toBeGreaterThan(0);
    expect(above - below).toBeLessThan(2e-9);
  }
});

test('intervals of rates keep their ends for thousands of events', () => {
  // scipy.stats.gamma.ppf([0.05, 0.95], 1000.5) and chi2.ppf(0.975, 2 * 1000 + 2) / 2.
  expect(jeffreysRate(1000, 1)).toEqual({
    lower: expect.closeTo(949.0468457640759, 9),
    upper: expect.closeTo(1053.0901217326445, 9),
  });
  expect(garwood(1000, 1).upper).toBeCloseTo(1063.952136016302, 9);
});
