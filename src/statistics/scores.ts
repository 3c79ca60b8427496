import { mean, sum } from 'd3-array';

/** A probability that was claimed, and whether it happened. */
export interface Claim {
  readonly probability: number;
  readonly happened: boolean;
  /** How much it counts; 1 when absent. */
  readonly weight?: number;
}

/**
 * Mean squared distance of claimed probabilities from what happened: 0 is perfect, 0.25 is what "50 %" always scores.
 *
 * undefined without claims.
 *
 * @example brierScore([{ probability: 0.9, happened: true }, { probability: 0.4, happened: false }]) // => 0.085
 */
export function brierScore(claims: readonly Claim[]): number | undefined {
  return weightedMean(claims, ({ probability, happened }) => (probability - (happened ? 1 : 0)) ** 2);
}

/**
 * Mean of minus the logarithm of the probability given to what happened: a sure claim that fails costs without limit.
 *
 * Infinite when something claimed impossible happened. undefined without claims.
 *
 * @example logScore([{ probability: 0.5, happened: true }]) // => 0.6931
 */
export function logScore(claims: readonly Claim[]): number | undefined {
  return weightedMean(
    claims,
    ({ probability, happened }) => -Math.log(happened ? probability : 1 - probability),
  );
}

/**
 * How far claimed probabilities lie from the frequencies that came of them: expected calibration error.
 *
 * The claims fall into bins of equal width (7, so that their borders are not the round numbers people claim); the
 * differences of mean claim and frequency are averaged by weight. undefined without claims.
 *
 * @example calibrationError([{ probability: 0.8, happened: true }, { probability: 0.8, happened: false }]) // => 0.3
 */
export function calibrationError(claims: readonly Claim[], bins = 7): number | undefined {
  const total = sum(claims, weightOf);
  if (total === 0) return undefined;
  const byBin = Map.groupBy(claims, ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)));
  return (
    sum(byBin.values(), (some) =>
      Math.abs(sum(some, (claim) => weightOf(claim) * (claim.probability - (claim.happened ? 1 : 0)))),
    ) / total
  );
}

/**
 * What a quantile forecast costs: the distance to the outcome, weighted so that the true quantile costs least.
 *
 * @example [14, 7].map((outcome) => pinballLoss(0.85, 10, outcome)) // => [3.4, 0.45]
 */
export function pinballLoss(level: number, quantile: number, outcome: number): number {
  return outcome >= quantile ? level * (outcome - quantile) : (1 - level) * (quantile - outcome);
}

/**
 * Continuous ranked probability score of a sample: the distance of a whole distribution from what happened, in the
 * unit of the outcome. For a single value it is the absolute error.
 *
 * Takes the sample as the distribution itself. `fair` corrects for a small sample drawn from the distribution that
 * was meant, and needs two values. undefined for less.
 *
 * @example rankedProbabilityScore([2, 4, 4, 6], 5) // => 0.75
 * @example rankedProbabilityScore([2, 4, 4, 6], 5, 'fair') // => 0.5
 */
export function rankedProbabilityScore(
  sample: readonly number[],
  outcome: number,
  form: 'ecdf' | 'fair' = 'ecdf',
): number | undefined {
  const n = sample.length;
  if (n < (form === 'fair' ? 2 : 1)) return undefined;
  const distance = sum(sample, (value) => Math.abs(value - outcome)) / n;
  // In ascending order the i-th of n values is the larger one of i pairs and the smaller one of n - 1 - i.
  const pairs = sum(
    sample.toSorted((a, b) => a - b),
    (value, i) => value * (2 * i - n + 1),
  );
  return distance - pairs / (form === 'fair' ? n * (n - 1) : n * n);
}

/**
 * How often a bound is kept when counts are taken apart: the part of the outcome's chances that lies above a level.
 *
 * For a forecast with cumulative chances `below` = P(Y < outcome) and `upTo` = P(Y <= outcome): the probability that
 * the randomised PIT, uniform between the two, exceeds the level. A well calibrated forecast of whole numbers averages
 * 1 - level exactly, however coarse the counts; "outcome >= bound" would flatter it, since bounds are rounded down.
 *
 * @example shareAbove(0.15, 0.1, 0.2) // => 0.5
 * @example shareAbove(0.15, 0.3, 0.4) // => 1
 */
export function shareAbove(level: number, below: number, upTo: number): number {
  if (upTo <= below) return upTo > level ? 1 : 0;
  return Math.min(1, Math.max(0, (upTo - level) / (upTo - below)));
}

function weightOf({ weight }: Claim): number {
  return weight ?? 1;
}

function weightedMean(claims: readonly Claim[], score: (claim: Claim) => number): number | undefined {
  if (claims.every(({ weight }) => weight === undefined)) return mean(claims, score);
  const total = sum(claims, weightOf);
  return total === 0 ? undefined : sum(claims, (claim) => weightOf(claim) * score(claim)) / total;
}
