import binomialQuantile from '@stdlib/stats-base-dists-binomial-quantile';
import type { OpenInterval } from './interval.ts';

// Percents are whole numbers everywhere in this file. With fractions the rank goes wrong in floating point:
// Math.ceil(0.55 * 100) is 56 and Math.ceil(0.07 * 100) is 8.

/**
 * Which of n sorted values, counted from 1, is the percentile.
 *
 * Nearest rank (type 1 of Hyndman and Fan): the smallest k with k/n at least the percent.
 * Throws a RangeError for an empty sample or a percent that is not a whole number from 1 to 100.
 *
 * @example rank(100, 55) // => 55
 * @example rank(7, 85) // => 6
 */
export function rank(n: number, percent: number): number {
  if (!(Number.isInteger(n) && n > 0)) throw new RangeError(`A rank needs a sample of at least 1, got ${n}.`);
  return Math.floor((n * wholePercent(percent) + 99) / 100);
}

/**
 * The value that at least this percent of the sample does not exceed: "85 % took at most q".
 *
 * Nearest rank, so the answer is always a value that occurred, never one in between. Takes the values in any
 * order. Says nothing about how sure it is: ask `minimumSample` before publishing it.
 * undefined for an empty sample.
 *
 * @example qUpper([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 85) // => 9
 * @example qUpper([13, 1, 5, 1, 2, 8, 3], 50) // => 3
 */
export function qUpper(values: readonly number[], percent: number): number | undefined {
  return qUppers(values, [percent])[0];
}

/** The same for several percents, of values that are put in order once. */
export function qUppers(
  values: readonly number[],
  percents: readonly number[],
): readonly (number | undefined)[] {
  const sorted = ascending(values);
  return percents.map((percent) =>
    sorted.length === 0 ? undefined : sorted[rank(sorted.length, percent) - 1],
  );
}

/**
 * The value that at least this percent of the sample reaches: "with a chance of 85 % at least N".
 *
 * The k-th smallest with k = ceil(n * (1 - chance)), at least the first. Takes the values in any order.
 * undefined for an empty sample.
 *
 * @example qLower([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 85) // => 2
 */
export function qLower(values: readonly number[], chancePercent: number): number | undefined {
  if (values.length === 0) return undefined;
  const k = Math.floor((values.length * (100 - wholePercent(chancePercent)) + 99) / 100);
  return ascending(values)[Math.max(1, k) - 1];
}

/**
 * Between which of n sorted values, counted from 1, the true percentile lies with 90 % confidence.
 *
 * Order statistics: how many values fall below the true percentile is binomial, whatever the distribution;
 * the ranks are its 5 % and 95 % points, the upper one plus 1. A rank that falls outside the sample is
 * undefined: the end of the interval lies beyond every value seen.
 *
 * @example quantileRanks(20, 85) // => { lower: 14, upper: 20 }
 * @example quantileRanks(10, 85) // => { lower: 7, upper: undefined }
 */
export function quantileRanks(n: number, percent: number): OpenInterval {
  const p = wholePercent(percent) / 100;
  const lower = binomialQuantile(0.05, n, p);
  const upper = binomialQuantile(0.95, n, p) + 1;
  return { lower: lower >= 1 ? lower : undefined, upper: upper <= n ? upper : undefined };
}

/**
 * Between which values the true percentile lies with 90 % confidence.
 *
 * The values at `quantileRanks`, taken in any order. An end is undefined where the sample is too small to bound it.
 *
 * @example quantileInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 50) // => { lower: 2, upper: 9 }
 * @example quantileInterval([1, 2, 3], 85) // => { lower: 1, upper: undefined }
 */
export function quantileInterval(values: readonly number[], percent: number): OpenInterval {
  const sorted = ascending(values);
  const at = (k: number | undefined) => (k === undefined ? undefined : sorted[k - 1]);
  const ranks = quantileRanks(sorted.length, percent);
  return { lower: at(ranks.lower), upper: at(ranks.upper) };
}

/**
 * How many values it takes before a percentile may be published.
 *
 * The smallest n for which the largest value bounds the percentile from above with this confidence,
 * that is p^n <= 1 - confidence: nobody's taste, and below it no upper bound exists at all.
 *
 * @example [50, 70, 85, 90, 95].map((percent) => minimumSample(percent)) // => [5, 9, 19, 29, 59]
 */
export function minimumSample(percent: number, confidence = 0.95): number {
  if (wholePercent(percent) === 100)
    throw new RangeError('No sample bounds the 100th percentile: ask for 99 at most.');
  const exact = Math.log(1 - confidence) / Math.log(percent / 100);
  // A whole number may come out a few ulps too large, and would be rounded up to the next.
  return Math.ceil(exact - 1e-9);
}

function wholePercent(percent: number): number {
  if (!(Number.isInteger(percent) && percent >= 1 && percent <= 100)) {
    throw new RangeError(`A percentile is a whole number from 1 to 100, got ${percent}: write 85, not 0.85.`);
  }
  return percent;
}

function ascending(values: readonly number[]): Float64Array {
  // Without a function that compares: thousands of draws are sorted for one interval.
  return Float64Array.from(values).sort();
}
