import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { mean, range } from 'd3-array';

/** So many of something, out of a number. */
export interface Share {
  readonly k: number;
  readonly n: number;
}

/** Points at which the later share is looked at: the error of the sum is then below 0.0005. */
const POINTS = 200;

/**
 * How likely it is that a share has grown, after the earlier and the later one were seen.
 *
 * The posterior probability under Jeffreys' prior for both, seen as independent. Sums the chance that the earlier share
 * lies below over equally likely values of the later one.
 *
 * @example probabilityGrown({ k: 5, n: 10 }, { k: 5, n: 10 }) // => 0.5
 * @example probabilityGrown({ k: 8, n: 20 }, { k: 16, n: 20 }) // => 0.996
 */
export function probabilityGrown(earlier: Share, later: Share): number {
  const chances = range(POINTS).map((i) => {
    const x = betaQuantile((i + 0.5) / POINTS, later.k + 0.5, later.n - later.k + 0.5);
    return betaCdf(x, earlier.k + 0.5, earlier.n - earlier.k + 0.5);
  });
  return mean(chances) ?? 0.5;
}
