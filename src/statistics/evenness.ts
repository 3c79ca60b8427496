import gammaCdf from '@stdlib/stats-base-dists-gamma-cdf';
import { mean, sum } from 'd3-array';

/**
 * How likely counts so uneven or more would be, were every bin as likely as the next.
 *
 * Pearson's chi-square with one degree of freedom less than there are bins. Assumes that what was counted is
 * independent, and about five or more for each bin. Throws a RangeError for fewer than two bins or no counts.
 *
 * @example evennessChance([10, 10, 10, 10]) // => 1
 * @example evennessChance([16, 4]) // => 0.0073
 */
export function evennessChance(counts: readonly number[]): number {
  const expected = mean(counts) ?? 0;
  if (counts.length < 2 || expected === 0) {
    throw new RangeError(
      `Evenness needs two bins and something in them, got ${counts.join(', ') || 'none'}.`,
    );
  }
  const distance = sum(counts, (count) => (count - expected) ** 2 / expected);
  // Chi-square with k degrees of freedom is gamma with shape k / 2 and rate 1 / 2.
  return 1 - gammaCdf(distance, (counts.length - 1) / 2, 0.5);
}
