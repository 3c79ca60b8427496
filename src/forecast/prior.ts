import { bisectLeft } from 'd3-array';
import type { Interval } from '#statistics/interval.ts';
import type { ErrorCurve } from './error-curve.ts';

/** What forecasts of other teams, made with the same formula, turned out to be worth at one horizon. */
export interface HorizonPrior {
  readonly days: number;
  /** Where the outcome tends to lie, as a logarithm of expected + 1: a constant, and what each trait adds. */
  readonly shift: Shift;
  /** Squared spread of ln(outcome + 1): what does not shrink with more items, and what does. */
  readonly drift: number;
  readonly sampling: number;
  /** How much wider the spread is, as a logarithm, for a trend of 1. */
  readonly trend: number;
  readonly errors: ErrorCurve;
}

interface Shift {
  readonly constant: number;
  /** Times ln(overdispersion): a rate made by bursts is not kept up. */
  readonly overdispersion: number;
  /** Times evenness, for the same reason. */
  readonly evenness: number;
}

/** A fitted model: the horizons in ascending order. */
export interface Prior {
  readonly horizons: readonly HorizonPrior[];
  readonly learning: Learning;
}

/** How a team's own record moves the cautious end of its forecasts. */
export interface Learning {
  /** Logits that a miss moves it down, times one minus the level; 0 learns nothing. */
  readonly rate: number;
  /** Logits by which it begins lower for a team without a record: its first misses show only months later. */
  readonly caution: number;
}

/** Where a prior comes from, so that anyone can fit it again and compare. */
export interface Provenance {
  readonly data: string;
  readonly sha256: string;
  readonly projects: number;
  /** The day the fit was made, as passed to it. */
  readonly fittedOn: string;
}

/** What forecasts turned out to be worth where the fit had seen neither the project nor, by time, the year. */
export interface HeldOut {
  readonly days: number;
  readonly forecasts: number;
  readonly byProject: HeldOutScores;
  readonly byTime: HeldOutScores;
  /** How often "85 % sure of at least" came true for the classic simulation from 90 days, on the same forecasts. */
  readonly classicCoverage85: number;
}

export interface HeldOutScores {
  /** How often "85 % sure of at least" came true, and 90 % of what other samples of projects would show. */
  readonly coverage85: number;
  readonly interval: Interval;
  /** How often the outcome lay within the central 90 %. */
  readonly central90: number;
  /** Pinball loss over that of the classic simulation from 90 days on the same dates: below 1 is sharper. */
  readonly lossRatio: number;
  readonly calibrationError: number;
}

/** The prior that comes with the product. */
export interface ShippedPrior extends Prior {
  readonly provenance: Provenance;
  readonly heldOut: readonly HeldOut[];
}

/**
 * What is known for a horizon of that many days, between the fitted ones in proportion to the logarithm of days.
 *
 * Below the shortest fitted horizon its values are held: there chance dominates and the number of items, which does
 * shrink with the days, says how much. Beyond the longest: undefined, since nobody measured it.
 */
export function priorAt(prior: Prior, days: number): HorizonPrior | undefined {
  if (!(days > 0)) throw new RangeError(`A horizon is a positive number of days, got ${days}.`);
  const { horizons } = prior;
  const next = bisectLeft(
    horizons.map((horizon) => horizon.days),
    days,
  );
  const after = horizons[next];
  if (after === undefined) return undefined;
  const before = horizons[next - 1];
  if (before === undefined) return { ...after, days };
  const share = Math.log(days / before.days) / Math.log(after.days / before.days);
  const mix = (a: number, b: number) => a + share * (b - a);
  return {
    days,
    shift: {
      constant: mix(before.shift.constant, after.shift.constant),
      overdispersion: mix(before.shift.overdispersion, after.shift.overdispersion),
      evenness: mix(before.shift.evenness, after.shift.evenness),
    },
    drift: mix(before.drift, after.drift),
    sampling: mix(before.sampling, after.sampling),
    trend: mix(before.trend, after.trend),
    errors: before.errors.map((error, level) => mix(error, after.errors[level] ?? error)),
  };
}
