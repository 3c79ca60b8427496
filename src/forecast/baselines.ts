import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import { sum } from 'd3-array';

/** The chance of at most that many items, for any whole number. */
export type Cumulative = (items: number) => number;

/**
 * Items arrive by chance alone, at a rate learned from the last 12 weeks: Poisson counts under Jeffreys' prior, so
 * the count ahead is negative binomial.
 *
 * @example gammaPoisson(Array.from({ length: 84 }, () => 0), 28)(0) // => 0.866
 */
export function gammaPoisson(daily: readonly number[], days: number): Cumulative {
  const past = daily.slice(-84);
  const seen = sum(past) + 0.5;
  return (items) => (items < 0 ? 0 : negativeBinomialCdf(items, seen, past.length / (past.length + days)));
}

/**
 * It goes on exactly as over the last 12 weeks.
 *
 * @example constantRate([1, 0, 1, 0], 28)(13) // => 0
 */
export function constantRate(daily: readonly number[], days: number): Cumulative {
  const past = daily.slice(-84);
  return exactly(Math.round((days * sum(past)) / past.length));
}

/**
 * The next days bring what the same number of days brought before them.
 *
 * @example sameAsLast([1, 0, 1, 0], 2)(1) // => 1
 */
export function sameAsLast(daily: readonly number[], days: number): Cumulative {
  return exactly(sum(daily.slice(-days)));
}

function exactly(count: number): Cumulative {
  return (items) => (items >= count ? 1 : 0);
}
