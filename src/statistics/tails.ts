import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import gammaCdf from '@stdlib/stats-base-dists-gamma-cdf';

/**
 * How likely a standard normal value is at most z. By the square of such a value, which is chi-squared.
 *
 * @example normalCdf(1.6448536) // => 0.95
 * @example normalCdf(-1) // => 0.1587
 */
export function normalCdf(z: number): number {
  const within = gammaCdf(z ** 2 / 2, 0.5, 1);
  return z < 0 ? (1 - within) / 2 : (1 + within) / 2;
}

/**
 * How likely a value of Student's t with so many degrees of freedom is at most t. By the beta distribution.
 *
 * @example studentCdf(2.0150484, 5) // => 0.95
 * @example studentCdf(-2.9199856, 2) // => 0.05
 */
export function studentCdf(t: number, freedom: number): number {
  const beyond = betaCdf(freedom / (freedom + t ** 2), freedom / 2, 0.5) / 2;
  return t < 0 ? beyond : 1 - beyond;
}
