import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import { mean, range, sum, variance } from 'd3-array';

/** The stretch that recent counts are held against. */
export interface Baseline {
  readonly items: number;
  readonly weeks: number;
  readonly overdispersion: number;
}

const POINTS = 400;
const REACH = 5;

/**
 * How likely it is that a pace has fallen, and not only varied, after so many came in the last `span` weeks.
 *
 * Posterior of the factor by which the pace has changed. Its prior is log-normal around 1: `spread` is the standard
 * deviation of the logarithm of what four weeks usually bring over what the weeks before let expect, wherever that was
 * measured. The likelihood is the overdispersed count of `lowCountAlarm`, negative binomial around the changed
 * expectation, with the baseline itself uncertain. A tail probability alone would not do: "1 % of unchanged teams have so
 * few" says nothing of how many teams have changed.
 *
 * undefined when the baseline holds no item: nothing can fall.
 *
 * @example probabilityFallen({ items: 52, weeks: 13, overdispersion: 1 }, 6, { span: 4, spread: 0.43 }) // => 0.978
 * @example probabilityFallen({ items: 52, weeks: 13, overdispersion: 1 }, 16, { span: 4, spread: 0.43 }) // => 0.512
 */
export function probabilityFallen(
  { items, weeks, overdispersion }: Baseline,
  recent: number,
  { span, spread }: { readonly span: number; readonly spread: number },
): number | undefined {
  if (!(overdispersion >= 1)) throw new RangeError(`Overdispersion is at least 1, got ${overdispersion}.`);
  if (items === 0 || weeks === 0) return undefined;
  const expected = (span * items) / weeks;
  // Middles of equal slices, so that none of them is "unchanged" and both sides have as many.
  const changes = range(POINTS).map((i) => REACH * ((2 * i + 1) / POINTS - 1));
  const weights = changes.map((z) => {
    const changed = expected * Math.exp(spread * z);
    const variance = overdispersion * changed * (1 + changed / items);
    return Math.exp(-(z ** 2) / 2) * chanceOfExactly(recent, changed, variance);
  });
  const all = sum(weights);
  // So far above anything expected that no chance is left: it has not fallen.
  return all === 0 ? 0 : sum(weights.slice(0, POINTS / 2)) / all;
}

/**
 * How much more the sums of so many weeks in a row differ than chance alone would make them: variance over mean of all
 * such sums, overlapping ones too; at least 1. More than that of single weeks where good weeks follow good ones.
 *
 * @example overdispersionOfSums([4, 4, 4, 4, 4, 4, 4, 4], 4) // => 1
 * @example overdispersionOfSums([9, 9, 9, 9, 1, 1, 1, 1, 9, 9, 9, 9], 4) // => 5.714
 */
export function overdispersionOfSums(counts: readonly number[], span: number): number {
  const sums = range(counts.length - span + 1).map((from) => sum(counts.slice(from, from + span)));
  const [centre = 0, spread = 0] = [mean(sums), variance(sums)];
  return centre === 0 ? 1 : Math.max(1, spread / centre);
}

function chanceOfExactly(count: number, expected: number, variance: number): number {
  const [size, share] = [expected ** 2 / (variance - expected), expected / variance];
  const below = count === 0 ? 0 : negativeBinomialCdf(count - 1, size, share);
  return Math.max(0, negativeBinomialCdf(count, size, share) - below);
}
