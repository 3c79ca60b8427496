import { mean, variance } from 'd3-array';
import { chisquareQuantile, gammaCdf, gammaQuantile } from './gamma.ts';
import { type Interval, tailOf } from './interval.ts';

/** What a series of counts, one per period, looks like. */
export interface CountSummary {
  readonly mean: number;
  /** Sample variance, divided by n - 1. */
  readonly variance: number;
  /** How much more the counts vary than independent events would: variance / mean, never below 1. */
  readonly overdispersion: number;
  /** Standard deviation / mean; undefined when the mean is 0. */
  readonly variation: number | undefined;
}

/**
 * How many per period, and how unsteadily.
 *
 * Every period counts, also those without an event. Fewer than two periods say nothing about variation: undefined.
 *
 * @example summarizeCounts([2, 4, 3, 3, 0, 6]) // => { mean: 3, variance: 4, overdispersion: 1.333, variation: 0.667 }
 */
export function summarizeCounts(counts: readonly number[]): CountSummary | undefined {
  const centre = mean(counts);
  const spread = variance(counts);
  if (centre === undefined || spread === undefined) return undefined;
  if (centre === 0) return { mean: 0, variance: 0, overdispersion: 1, variation: undefined };
  return {
    mean: centre,
    variance: spread,
    overdispersion: Math.max(1, spread / centre),
    variation: Math.sqrt(spread) / centre,
  };
}

/**
 * How many events per period are plausible, after some were seen.
 *
 * Jeffreys interval: equal tails of Gamma(events + 1/2, periods). Overdispersion widens it to
 * Gamma((events + 1/2) / phi, periods / phi): events that come in bursts are worth fewer independent ones.
 * With no event seen the lower end is 0, so that the rate seen never lies outside its own interval.
 *
 * @example jeffreysRate(18, 6) // => { lower: 2.006, upper: 4.349 }
 * @example jeffreysRate(18, 6, 4 / 3) // => { lower: 1.859, upper: 4.559 }
 */
export function jeffreysRate(events: number, periods: number, overdispersion = 1, level = 0.9): Interval {
  requireExposure(events, periods);
  if (!(overdispersion >= 1)) throw new RangeError(`Overdispersion is at least 1, got ${overdispersion}.`);
  const shape = (events + 0.5) / overdispersion;
  const exposure = periods / overdispersion;
  const tail = tailOf(level);
  return {
    lower: events === 0 ? 0 : gammaQuantile(tail, shape, exposure),
    upper: gammaQuantile(1 - tail, shape, exposure),
  };
}

/**
 * How many rare events per period are plausible, with coverage never below the level stated.
 *
 * Garwood's exact Poisson interval, from quantiles of chi-squared. Wider than Jeffreys': for a handful of events.
 *
 * @example garwood(4, 2) // => { lower: 0.545, upper: 5.121 }
 * @example garwood(0, 3) // => { lower: 0, upper: 1.2296 }
 */
export function garwood(events: number, periods: number, level = 0.95): Interval {
  requireExposure(events, periods);
  const tail = tailOf(level);
  return {
    lower: events === 0 ? 0 : chisquareQuantile(tail, 2 * events) / 2 / periods,
    upper: chisquareQuantile(1 - tail, 2 * events + 2) / 2 / periods,
  };
}

/**
 * How likely it is that the true rate is at least a threshold, after some events were seen.
 *
 * The posterior probability under Jeffreys' prior, events assumed independent.
 *
 * @example probabilityRateAtLeast(4, 2, 1) // => 0.911
 * @example probabilityRateAtLeast(4, 2, 2) // => 0.534
 */
export function probabilityRateAtLeast(events: number, periods: number, threshold: number): number {
  requireExposure(events, periods);
  return 1 - gammaCdf(threshold, events + 0.5, periods);
}

function requireExposure(events: number, periods: number): void {
  if (!(events >= 0 && periods > 0)) {
    throw new RangeError(`A rate needs events >= 0 in periods > 0, got ${events} in ${periods}.`);
  }
}
