import { bisector } from 'd3-array';
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

  const steps = stepsOf(
    observed.eventTimes.map((time) => ({
      time,
      atRisk: observed.atRisk(time),
      events: eventsAt.get(time) ?? 0,
      competing: competingAt.get(time) ?? 0,
    })),
  );
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

/**
 * What share of those still running at an age has had the event by a later time, with its interval.
 *
 * The curve begun anew at the age, from the same risk sets: whoever is at risk after it was running at it. undefined
 * when nothing ends in between.
 *
 * @example incidenceSince(cumulativeIncidence([1, 2, 3, 4, 5].map((exit) => ({ entry: 0, exit, outcome: exit === 2 ? 'competing' : 'event' }))), 1, 3).incidence
 *   // => 0.25
 */
export function incidenceSince(curve: IncidenceCurve, age: number, until: number): IncidenceStep | undefined {
  const timeOf = bisector((step: IncidenceStep) => step.time);
  return stepsOf(curve.steps.slice(timeOf.right(curve.steps, age), timeOf.right(curve.steps, until))).at(-1);
}

type AtTime = Pick<IncidenceStep, 'time' | 'atRisk' | 'events' | 'competing'>;

/** The curve through some event times, in order, of things that had neither ending before the first of them. */
function stepsOf(times: readonly AtTime[]): readonly IncidenceStep[] {
  let survival = 1;
  let incidence = 0;
  let competingIncidence = 0;
  const variance = incidenceVariance();
  return times.map(({ time, atRisk, events, competing }): IncidenceStep => {
    // A sum of fractions may pass 1 by rounding; a share may not.
    incidence = Math.min(1, incidence + (survival * events) / atRisk);
    competingIncidence = Math.min(1, competingIncidence + (survival * competing) / atRisk);
    const spread = variance({ before: survival, atRisk, events, ended: events + competing, incidence });
    survival *= 1 - (events + competing) / atRisk;
    const standardError = Math.sqrt(spread);
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
}

/** What one event time adds to the incidence. */
interface Increment {
  readonly before: number;
  readonly atRisk: number;
  readonly events: number;
  readonly ended: number;
  readonly incidence: number;
}

/**
 * The delta-method variance at each event time, told the times in order. It is a sum over all earlier times of
 * (F - Fj)² aj + bj - 2 (F - Fj) cj with the incidence F of now; multiplied out, the sums of the earlier times can be
 * carried along instead of being taken again at each.
 */
function incidenceVariance(): (increment: Increment) => number {
  let [a, aF, aFF, b, c, cF] = [0, 0, 0, 0, 0, 0];
  return ({ before, atRisk: n, events: d1, ended: d, incidence: now }) => {
    // Once all at risk have ended nothing more is gained, and the first factor counts for nothing although not finite.
    const aj = d === n ? 0 : d / (n * (n - d));
    const cj = (before * d1) / n ** 2;
    a += aj;
    aF += aj * now;
    aFF += aj * now ** 2;
    b += (before ** 2 * d1 * (n - d1)) / n ** 3;
    c += cj;
    cF += cj * now;
    // A true 0, where everybody had the event, may come out a rounding below it.
    return Math.max(0, now ** 2 * a - 2 * now * aF + aFF + b - 2 * (now * c - cF));
  };
}

function complement({ lower, upper }: Interval): Interval {
  return { lower: 1 - upper, upper: 1 - lower };
}
