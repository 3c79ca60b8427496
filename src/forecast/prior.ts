import { bisectLeft } from 'd3-array';
import type { Interval } from '#statistics/interval.ts';
import type { ClassicMethod } from './classic.ts';
import type { ErrorCurve } from './error-curve.ts';

/** What forecasts of other teams, made with the same formula, turned out to be worth at one horizon. */
export interface HorizonPrior {
  readonly days: number;
  /** Where the outcome tends to lie, as a logarithm of expected + 1, never above it: a constant, and what each trait adds. */
  readonly shift: Shift;
  /** Squared spread of ln(outcome + 1): what does not shrink with more items, and what does. */
  readonly drift: number;
  readonly sampling: number;
  /** How much wider the spread is, as a logarithm, for a trend of 1. */
  readonly trend: number;
  /** Which share of the drift spares a team whose weeks are all alike: 0 takes every team as the usual one. */
  readonly steadiness: number;
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
  /** Of the projects, to recognise them: forecasts for these are flattered by having been fitted on. */
  readonly names: readonly string[];
  /** The day the fit was made, as passed to it. */
  readonly fittedOn: string;
}

/** What forecasts turned out to be worth where the fit had seen neither the project nor, by time, the year. */
export interface HeldOut {
  readonly days: number;
  readonly forecasts: number;
  readonly byProject: HeldOutScores;
  readonly byTime: HeldOutScores;
  /** The same of each form of the classic simulation, which needs no fit, on the same dates. */
  readonly classic: Readonly<Record<ClassicMethod, Kept>>;
}

/** How far the word of a method was kept. */
export interface Kept {
  /** How often "85 % sure of at least" came true, and 90 % of what other samples of projects would show. */
  readonly coverage85: number;
  readonly interval: Interval;
  /** How often the outcome lay within the central 90 %. */
  readonly central90: number;
}

export interface HeldOutScores extends Kept {
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
  const around = horizonsAround(prior, days);
  if (around === undefined) return undefined;
  const { before, after, share } = around;
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
    steadiness: mix(before.steadiness, after.steadiness),
    errors: before.errors.map((error, level) => mix(error, after.errors[level] ?? error)),
  };
}

/**
 * The fitted horizons on both sides of so many days, and how far between them it lies. Both the shortest below it.
 * Beyond the longest: undefined.
 */
export function horizonsAround(
  { horizons }: Prior,
  days: number,
): { readonly before: HorizonPrior; readonly after: HorizonPrior; readonly share: number } | undefined {
  const next = bisectLeft(
    horizons.map((horizon) => horizon.days),
    days,
  );
  const after = horizons[next];
  if (after === undefined) return undefined;
  const before = horizons[next - 1];
  if (before === undefined || after.days === days) return { before: after, after, share: 0 };
  return { before, after, share: Math.log(days / before.days) / Math.log(after.days / before.days) };
}
