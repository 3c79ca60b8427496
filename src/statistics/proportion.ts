import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import binomialQuantile from '@stdlib/stats-base-dists-binomial-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { deviation, mean } from 'd3-array';
import { type Interval, tailOf } from './interval.ts';

/**
 * How large a share plausibly is, after k of n were seen.
 *
 * Jeffreys interval: equal tails of Beta(k + 1/2, n - k + 1/2). With none or all of n seen, the end at 0 or 1
 * belongs to the interval (Brown, Cai and DasGupta 2001), so the share seen never lies outside its own interval.
 * Assumes that the n are independent: for items that come in batches see `clusterInterval`.
 *
 * @example jeffreysProportion(3, 40) // => { lower: 0.0276, upper: 0.1661 }
 * @example jeffreysProportion(0, 3) // => { lower: 0, upper: 0.444 }
 */
export function jeffreysProportion(k: number, n: number, level = 0.9): Interval {
  const { a, b } = posterior(k, n);
  const tail = tailOf(level);
  return {
    lower: k === 0 ? 0 : betaQuantile(tail, a, b),
    upper: k === n ? 1 : betaQuantile(1 - tail, a, b),
  };
}

/**
 * How likely it is that the true share exceeds a threshold, after k of n were seen.
 *
 * The posterior probability under Jeffreys' prior. With n = 0 it answers from the prior alone, which knows nothing.
 *
 * @example probabilityShareAbove(4, 12, 0.15) // => 0.9513
 */
export function probabilityShareAbove(k: number, n: number, threshold: number): number {
  const { a, b } = posterior(k, n);
  return 1 - betaCdf(threshold, a, b);
}

/**
 * How many of a group it hardly ever is at once, if each is it with that chance, apart from the others.
 *
 * The 95 % quantile of the binomial distribution.
 *
 * @example hardlyMoreThan(8, 0.1) // => 2
 */
export function hardlyMoreThan(group: number, chance: number): number {
  return binomialQuantile(0.95, group, chance);
}

/**
 * The interval that covers the true share at least as often as it says, for every share and every n.
 *
 * Clopper and Pearson's exact interval. Wider than Jeffreys': for verdicts about our own calibration, where
 * claiming too much would be the worse mistake.
 *
 * @example clopperPearson(17, 20) // => { lower: 0.621, upper: 0.968 }
 */
export function clopperPearson(k: number, n: number, level = 0.95): Interval {
  requireShare(k, n);
  const tail = tailOf(level);
  return {
    lower: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    upper: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  };
}

/** The mean of some shares with what is plausible for it. */
export interface ClusterInterval extends Interval {
  readonly mean: number;
  readonly standardError: number;
}

/**
 * How large a share plausibly is when its items come in batches, such as cycles or weeks.
 *
 * Student's t over the shares of the batches, each batch counting once, cut off at 0 and 1. Items of one batch
 * succeed or fail together, which an interval over single items does not see: publish the wider of the two.
 * undefined for fewer than two batches, which say nothing about how batches differ.
 *
 * @example clusterInterval([0.8, 0.5, 0.9]) // => { mean: 0.7333, standardError: 0.1202, lower: 0.3824, upper: 1 }
 */
export function clusterInterval(shares: readonly number[], level = 0.9): ClusterInterval | undefined {
  const centre = mean(shares);
  const spread = deviation(shares);
  if (centre === undefined || spread === undefined) return undefined;
  const standardError = spread / Math.sqrt(shares.length);
  const reach = tQuantile(1 - tailOf(level), shares.length - 1) * standardError;
  return {
    mean: centre,
    standardError,
    lower: Math.max(0, centre - reach),
    upper: Math.min(1, centre + reach),
  };
}

function posterior(k: number, n: number): { readonly a: number; readonly b: number } {
  requireShare(k, n);
  return { a: k + 0.5, b: n - k + 0.5 };
}

function requireShare(k: number, n: number): void {
  if (!(k >= 0 && k <= n)) throw new RangeError(`A share needs 0 <= k <= n, got k = ${k} and n = ${n}.`);
}
