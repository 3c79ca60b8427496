import { readFileSync } from 'node:fs';
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import binomialQuantile from '@stdlib/stats-base-dists-binomial-quantile';
import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import gammaCdf from '@stdlib/stats-base-dists-gamma-cdf';
import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';
import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { describe, expect, test } from 'vitest';

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
