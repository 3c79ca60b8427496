import { sum } from 'd3-array';
import type { Interval } from './interval.ts';
import {
  countBy,
  defaultGuard,
  observe,
  type RiskSetGuard,
  type Spell,
  type TooFewAtRisk,
} from './risk-set.ts';
import { logLogInterval90, type QuantileEstimate, survivalQuantile } from './survival.ts';

/** A spell that ended in the event asked about, ended in another way that rules it out, or was still running. */
export interface CompetingSpell extends Spell {
  readonly outcome: 'event' | 'competing' | 'censored';
}

export interface IncidenceStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly competing: number;
  /** The share that has had the event by this time. */
  readonly incidence: number;
  /** The share for which the other ending came first. The two and `survival` add up to 1. */
  readonly competingIncidence: number;
  /** The share that has had neither. */
  readonly survival: number;
  readonly standardError: number;
  /** 90 % for the incidence, on the log(-log) scale of its complement; undefined while it is 0 and once it is 1. */
  readonly interval90: Interval | undefined;
}

export interface IncidenceCurve {
  readonly kind: 'curve';
  readonly n: number;
  readonly steps: readonly IncidenceStep[];
  /** Beyond this time nothing may be said: too few are left to watch. */
  readonly supportedUntil: number;
  readonly maxObserved: number;
}

/**
 * What share has finished by when, if some never will because they are cancelled first.
 *
 * Aalen and Johansen's cumulative incidence with delayed entry: at each time u the share still running, S(u-), times the
 * share of those at risk that has the event. Treating the cancelled as merely unobserved would claim that all of them
 * would have finished. Guards and ties are those of `kaplanMeier`, and without a competing ending so is the curve.
 * The standard error is the delta-method one (Marubini and Valsecchi 1995).
 *
 * @example cumulativeIncidence([1, 2, 3, 4, 5].map((exit) => ({ entry: 0, exit, outcome: exit === 2 ? 'competing' : 'event' }))).steps.map((step) => step.incidence)
 *   // => [0.2, 0.2, 0.4]
 */
export function cumulativeIncidence(
  spells: readonly CompetingSpell[],
  guard: RiskSetGuard = defaultGuard,
): IncidenceCurve | TooFewAtRisk {
  const observed = observe(spells, (spell) => spell.outcome !== 'censored', guard);
  if (observed.kind === 'insufficient') return observed;
  const endedBy = (outcome: CompetingSpell['outcome']) =>
    countBy(
      observed.spells.filter((spell) => spell.outcome === outcome),
      (spell) => spell.exit,
    );
  const eventsAt = endedBy('event');
  const competingAt = endedBy('competing');

  let survival = 1;
  let incidence = 0;
  let competingIncidence = 0;
  const past: Increment[] = [];
  const steps = observed.eventTimes.map((time): IncidenceStep => {
    const atRisk = observed.atRisk(time);
    const events = eventsAt.get(time) ?? 0;
    const competing = competingAt.get(time) ?? 0;
    // A sum of fractions may pass 1 by rounding; a share may not.
    incidence = Math.min(1, incidence + (survival * events) / atRisk);
    competingIncidence = Math.min(1, competingIncidence + (survival * competing) / atRisk);
    past.push({ before: survival, atRisk, events, ended: events + competing, incidence });
    survival *= 1 - (events + competing) / atRisk;
    const standardError = Math.sqrt(variance(past, incidence));
    const rest = logLogInterval90(1 - incidence, standardError);
    const interval90 = rest && complement(rest);
    return {
      time,
      atRisk,
      events,
      competing,
      incidence,
      competingIncidence,
      survival,
      standardError,
      interval90,
    };
  });
  const { supportedUntil, maxObserved } = observed;
  return { kind: 'curve', n: observed.spells.length, steps, supportedUntil, maxObserved };
}

/**
 * After how long this percent have had the event.
 *
 * The smallest time with an incidence of at least the percent. "Not reached" also when so many are cancelled that this
 * share never finishes.
 *
 * @example incidenceQuantile(cumulativeIncidence([1, 2, 3, 4, 5].map((exit) => ({ entry: 0, exit, outcome: exit === 2 ? 'competing' : 'event' }))), 40).value
 *   // => 3
 */
export function incidenceQuantile(curve: IncidenceCurve, percent: number): QuantileEstimate {
  const steps = curve.steps.map(({ time, incidence, interval90 }) => ({
    time,
    survival: 1 - incidence,
    interval90: interval90 && complement(interval90),
  }));
  return survivalQuantile({ steps, supportedUntil: curve.supportedUntil }, percent);
}

/**
 * How likely something that is still running at this age has the event within the time ahead.
 *
 * (F(age + horizon) - F(age)) / S(age), where S counts those with neither ending. undefined when the curve does not reach
 * that far, and when nothing ever lasted this long.
 *
 * @example conditionalIncidence(cumulativeIncidence([1, 2, 3, 4, 5].map((exit) => ({ entry: 0, exit, outcome: exit === 2 ? 'competing' : 'event' }))), 1, 2)
 *   // => 0.25
 */
export function conditionalIncidence(
  curve: IncidenceCurve,
  age: number,
  horizon: number,
): number | undefined {
  if (age + horizon > curve.supportedUntil) return undefined;
  const stepAt = (time: number) => curve.steps.findLast((step) => step.time <= time);
  const running = stepAt(age)?.survival ?? 1;
  if (running === 0) return undefined;
  return ((stepAt(age + horizon)?.incidence ?? 0) - (stepAt(age)?.incidence ?? 0)) / running;
}

/** What one event time adds to the incidence, kept for the variance of every later time. */
interface Increment {
  readonly before: number;
  readonly atRisk: number;
  readonly events: number;
  readonly ended: number;
  readonly incidence: number;
}

function variance(past: readonly Increment[], incidence: number): number {
  const total = sum(past, ({ before, atRisk: n, events: d1, ended: d, incidence: then }) => {
    const gained = incidence - then;
    // Once all at risk have ended nothing more is gained, and the first term is 0 although its factor is not finite.
    const survivors = d === n ? 0 : (gained ** 2 * d) / (n * (n - d));
    return survivors + (before ** 2 * d1 * (n - d1)) / n ** 3 - (2 * gained * before * d1) / n ** 2;
  });
  // A true 0, where everybody had the event, may come out a rounding below it.
  return Math.max(0, total);
}

function complement({ lower, upper }: Interval): Interval {
  return { lower: 1 - upper, upper: 1 - lower };
}
