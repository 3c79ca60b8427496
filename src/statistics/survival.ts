import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './interval.ts';
import { probabilityShareAbove } from './proportion.ts';
import {
  countBy,
  defaultGuard,
  observe,
  type RiskSetGuard,
  type Spell,
  type TooFewAtRisk,
} from './risk-set.ts';

/** A spell that either ended in the event or was still running when last seen (censored). */
export interface Lifetime extends Spell {
  readonly event: boolean;
}

export interface SurvivalStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  /** The share that lasts longer than this time. */
  readonly survival: number;
  /** Greenwood's; undefined once nothing survives. */
  readonly standardError: number | undefined;
  /** 90 % on the log(-log) scale, which keeps it between 0 and 1; undefined once nothing survives. */
  readonly interval90: Interval | undefined;
}

export interface SurvivalCurve {
  readonly kind: 'curve';
  readonly n: number;
  readonly events: number;
  readonly steps: readonly SurvivalStep[];
  /** Beyond this time nothing may be said: too few are left to watch. */
  readonly supportedUntil: number;
  readonly maxObserved: number;
}

/**
 * What share lasts how long, counting fairly those that have not ended yet.
 *
 * Kaplan and Meier with delayed entry: S(t) is the product over event times u <= t of 1 - d/n, where n are the spells
 * with entry < u <= exit and d those of them that end at u. By default refused when fewer than 5 are at risk at the first
 * event, and stopped where fewer than 3 are left.
 * Spells that end where they begin are left out: they were never at risk.
 *
 * @example kaplanMeier([{ entry: 0, exit: 2, event: true }, { entry: 0, exit: 4, event: false }])
 *   // => { kind: 'insufficient', have: 2, need: 5, what: 'observations at risk at the first event' }
 * @example kaplanMeier([2, 3, 5, 8, 9].map((exit) => ({ entry: 0, exit, event: true }))).steps.map((step) => step.survival)
 *   // => [0.8, 0.6, 0.4]
 */
export function kaplanMeier(
  lifetimes: readonly Lifetime[],
  guard: RiskSetGuard = defaultGuard,
): SurvivalCurve | TooFewAtRisk {
  const observed = observe(lifetimes, (lifetime) => lifetime.event, guard);
  if (observed.kind === 'insufficient') return observed;
  const ended = observed.spells.filter((lifetime) => lifetime.event);
  const endedAt = countBy(ended, (lifetime) => lifetime.exit);

  let survival = 1;
  let greenwood = 0;
  const steps = observed.eventTimes.map((time): SurvivalStep => {
    const atRisk = observed.atRisk(time);
    const events = endedAt.get(time) ?? 0;
    survival *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    const standardError = survival === 0 ? undefined : survival * Math.sqrt(greenwood);
    return {
      time,
      atRisk,
      events,
      survival,
      standardError,
      interval90: logLogInterval90(survival, standardError),
    };
  });
  const { supportedUntil, maxObserved } = observed;
  return {
    kind: 'curve',
    n: observed.spells.length,
    events: ended.length,
    steps,
    supportedUntil,
    maxObserved,
  };
}

export type QuantileEstimate =
  /** An absent upper end is unknown: too few lasted long enough to bound it. */
  | {
      readonly kind: 'reached';
      readonly value: number;
      readonly lower: number;
      readonly upper: number | undefined;
    }
  /** The quantile is larger than `beyond`, and with the same confidence as an interval at least `lower`. */
  | { readonly kind: 'not_reached'; readonly beyond: number; readonly lower: number | undefined };

/**
 * After how long this percent have ended.
 *
 * The smallest time with S(t) <= 1 - percent; its interval ends where the limits of S get there (Brookmeyer and
 * Crowley). "Not reached" when the curve stops above that: the answer is then "more than `beyond`", not a number.
 *
 * @example survivalQuantile(kaplanMeier([2, 3, 5, 8, 9].map((exit) => ({ entry: 0, exit, event: true }))), 50)
 *   // => { kind: 'reached', value: 5, lower: 2, upper: undefined }
 * @example survivalQuantile(kaplanMeier([2, 3, 5, 8, 9].map((exit) => ({ entry: 0, exit, event: true }))), 85)
 *   // => { kind: 'not_reached', beyond: 5, lower: 5 }
 */
export function survivalQuantile(
  curve: {
    readonly steps: readonly Pick<SurvivalStep, 'time' | 'survival' | 'interval90'>[];
    readonly supportedUntil: number;
  },
  percent: number,
): QuantileEstimate {
  // S is a product of fractions: a true 0.5 may come out as 0.5000000000000001 and must still count as reached.
  const target = 1 - percent / 100 + 1e-9;
  const first = (reached: (step: (typeof curve.steps)[number]) => boolean) => curve.steps.find(reached)?.time;
  const value = first((step) => step.survival <= target);
  const lower = first((step) => (step.interval90?.lower ?? step.survival) <= target);
  const upper = first((step) => step.interval90 !== undefined && step.interval90.upper <= target);
  if (value === undefined) return { kind: 'not_reached', beyond: curve.supportedUntil, lower };
  return { kind: 'reached', value, lower: lower ?? value, upper };
}

/**
 * What share lasts longer than a time.
 *
 * The step that holds at this time: an event at exactly this time has happened. undefined beyond what the data support.
 *
 * @example survivalAt(kaplanMeier([2, 3, 5, 8, 9].map((exit) => ({ entry: 0, exit, event: true }))), 4) // => 0.6
 * @example survivalAt(kaplanMeier([2, 3, 5, 8, 9].map((exit) => ({ entry: 0, exit, event: true }))), 6) // => undefined
 */
export function survivalAt(curve: SurvivalCurve, time: number): number | undefined {
  if (time > curve.supportedUntil) return undefined;
  return curve.steps.findLast((step) => step.time <= time)?.survival ?? 1;
}

/**
 * How likely it is that more than a share of all lasts longer than a time.
 *
 * The posterior under Jeffreys' prior, as if the estimate of S at that time came from so many watched to the end as would
 * give Greenwood's error: S(1 - S) / se² (the effective sample size of Cutler and Ederer); where none has ended yet, as
 * many as were watched then. With nothing censored that is the Jeffreys posterior of those that lasted longer. undefined
 * where the curve may say nothing of that time.
 *
 * @example probabilityOutlasts([9, 9, 9, 9, 2].map((exit) => ({ entry: 0, exit, event: true })), { time: 7, share: 0.5 })
 *   // => 0.9123
 */
export function probabilityOutlasts(
  lifetimes: readonly Lifetime[],
  { time, share }: { readonly time: number; readonly share: number },
  guard: RiskSetGuard = defaultGuard,
): number | undefined {
  const curve = kaplanMeier(lifetimes, guard);
  if (curve.kind === 'insufficient' || time > curve.supportedUntil) return undefined;
  const step = curve.steps.findLast((one) => one.time <= time);
  if (step === undefined) {
    const watched = lifetimes.filter(({ entry, exit }) => entry < time && time <= exit).length;
    return probabilityShareAbove(watched, watched, share);
  }
  const { survival, standardError, atRisk } = step;
  const n = standardError === undefined ? atRisk : (survival * (1 - survival)) / standardError ** 2;
  return probabilityShareAbove(survival * n, n, share);
}

/**
 * How likely something that has lasted this long ends within the time ahead.
 *
 * 1 - S(age + horizon) / S(age). undefined when the curve does not reach that far, and when nothing ever lasted this
 * long.
 *
 * @example conditionalFinish(kaplanMeier([2, 3, 5, 8, 9].map((exit) => ({ entry: 0, exit, event: true }))), 2, 3) // => 0.5
 */
export function conditionalFinish(curve: SurvivalCurve, age: number, horizon: number): number | undefined {
  const now = survivalAt(curve, age);
  const then = survivalAt(curve, age + horizon);
  return now === undefined || then === undefined || now === 0 ? undefined : 1 - then / now;
}

/**
 * Between which shares a survival probability plausibly lies: 90 %, on the log(-log) scale.
 *
 * undefined at 0 and 1, where that scale has no value, and without a standard error.
 *
 * @example logLogInterval90(4 / 9, 2 / 9) // => { lower: 0.107, upper: 0.745 }
 */
export function logLogInterval90(survival: number, standardError: number | undefined): Interval | undefined {
  // A share that is truly 0 or 1 may be off by rounding when it comes out of a sum.
  const tiny = 1e-12;
  if (standardError === undefined || survival < tiny || survival > 1 - tiny) return undefined;
  const reach = (normalQuantile(0.95, 0, 1) * standardError) / (survival * -Math.log(survival));
  return { lower: survival ** Math.exp(reach), upper: survival ** Math.exp(-reach) };
}
