import { mean } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, percent, rounded } from '#domain/wording.ts';
import { type AlternativeAhead, alternativesAhead } from '#forecast/alternatives-ahead.ts';
import { toEvenOdds } from '#forecast/even-odds.ts';
import { goalEffort } from '#forecast/goal-effort.ts';
import { type GoalBasis, goalBases, goalChance, goalForecast } from '#forecast/goal-forecast.ts';
import { EARLY_FAILURE, earlyFailureIn, lastMonday, untilMonday } from './early-weeks.ts';
import {
  acceptingGoal,
  chanceWords,
  goalEvidence,
  goalOptions,
  goalTrust,
  isCalibrated,
  weeksLate,
} from './goal-words.ts';
import type { GoalAhead } from './impact.ts';
import type { Evidence } from './risk.ts';
import type { Detector, OtherWay, Signal } from './signal.ts';

/** What is all but finished is finished. */
const LEAST_UNSPENT = 0.1;

/**
 * A goal is so unlikely to be made that stopping or turning is due, while enough of its effort is unspent to be worth
 * turning.
 *
 * Below 20 % at the end of two weeks in a row, until an evaluation says more than 35 %, replayed from the history; a tenth
 * or more of its items is still to be done (METRICS E2). These weeks are all it is asked to last, and how likely it is to
 * be real is how likely the goal was to be missed at the weaker of the two. Suppressed while the team's forecasts are
 * uncalibrated or were over-confident: then the goal is at most called unrealistic, and that says so.
 *
 * Reported with what even odds would take and with the declared alternatives, since finding it early is a good result.
 */
export const earlyFailure: Detector = (view, viewOn) => {
  // Between two Mondays it stands, or does not, as the last one found it: so does the level.
  const monday = lastMonday(view, viewOn);
  const low = goalBases(view).goals.filter(
    (one) =>
      isAhead(one) && one.model !== undefined && (chanceOn(monday, one) ?? 1) <= EARLY_FAILURE.clearAbove,
  );
  if (low.length === 0 || !isCalibrated(monday)) return [];
  return low.flatMap((one) => {
    const found = earlyFailureIn(view, (then) => chanceOn(then, one), viewOn);
    return found === undefined ? [] : [{ ...signalOf(view, one), ...found }];
  });
};

/** Whether the weekly evaluations would call it one, if the team's forecasts were known to hold. */
export function wouldBeEarlyFailure(
  view: TeamView,
  one: GoalBasis,
  viewOn?: (day: CalendarDay) => TeamView,
): boolean {
  return isWorthTurning(one) && earlyFailureIn(view, (then) => chanceOn(then, one), viewOn) !== undefined;
}

/** The chance, unless the date is over or next to nothing is left: that raises nothing, and clears nothing. */
function chanceOn(view: TeamView, { goal }: GoalBasis): number | undefined {
  const one = goalBases(view).goals.find((other) => other.goal.id === goal.id);
  const chance = one && goalChance(one);
  if (one === undefined || chance === undefined || chance > EARLY_FAILURE.clearAbove) return chance;
  return isWorthTurning(one) ? chance : undefined;
}

/** Whether its date lies ahead with something left: what is done or over is so at once, on whichever day. */
export function isAhead({ days = 0, left }: GoalBasis): boolean {
  return days > 0 && left > 0;
}

/** Whether its date lies ahead and a tenth of its items, found or expected, are still to be done. */
export function isWorthTurning(one: GoalBasis): boolean {
  return (one.days ?? 0) > 0 && unspent(one) >= LEAST_UNSPENT;
}

/** The part of its items that are still to be done. */
function unspent({ basis, left }: GoalBasis): number {
  const toDo = left + (mean(basis.undiscovered.items) ?? 0);
  return toDo / (toDo + basis.scope.done);
}

function signalOf(view: TeamView, one: GoalBasis): Omit<Signal, 'probabilityReal'> {
  const { goal, days = 0 } = one;
  const forecast = goalForecast(view, one);
  const { probability, date = '' } = forecast;
  const chance = probability.kind === 'value' ? chanceWords(probability) : 'a small chance';
  const alternatives = alternativesAhead(view, one);
  const late = weeksLate(forecast, days);
  const effort = effortToEven(view, one);
  return {
    kind: 'early_failure',
    about: goal.id,
    statement: `“${goal.name}” is at ${chance} for ${longDay(date)}, and was below ${percent(EARLY_FAILURE.raiseBelow)} for two weeks running${untilMonday(goalChance(one))}: stop or change course while ${percent(unspent(one))} of its items are still to be done.${effort} Finding this out early is a good result: what is left can go where it counts.`,
    evidence: [...goalEvidence(view, one, forecast), ...alternatives.map(alternativeEvidence)],
    confidence: goalTrust(view, one, forecast),
    owner: 'leadership',
    ...(late === undefined ? {} : { cost: late }),
    ...(goalBases(view).primary?.goal.id === goal.id ? {} : { accepting: acceptingGoal(view, one, late) }),
    options: [
      ...alternatives.flatMap((other) => optionTo(other, probability, aheadOf(one))),
      ...goalOptions(view, one, forecast),
      STOP,
    ],
  };
}

/** What is told of another way to the same end. */
export function alternativeEvidence({ key, title, url, probability: number }: AlternativeAhead): Evidence {
  return {
    metric: 'goals.alternative',
    number,
    items: [{ key, title, url, why: 'a declared alternative' }],
  };
}

/** The last way out of any goal. */
export const STOP: Signal['options'][number] = {
  action: 'Stop the goal, and keep what is done of it.',
  assumption: 'What is done is of use without the rest.',
  whoDecides: 'leadership',
  relief: () => 'it gives the goal up',
};

function aheadOf({ goal: { id }, model, days = 0 }: GoalBasis): GoalAhead | undefined {
  return model === undefined ? undefined : { id, model, days };
}

/**
 * To go another way, where its chance can be told: the first way out of what fails early where it is likelier than that
 * (WX-E2b), whose chance is `than`. Worth by how much it is more than the chance of a goal, if one is given, and at least so
 * much with its effort.
 */
export function optionTo(
  { title, key, probability }: AlternativeAhead,
  than: Measurement,
  goal?: GoalAhead,
): Signal['options'] {
  if (probability.kind === 'insufficient') return [];
  return [
    {
      action: `Move the effort to the alternative “${title || key}”.`,
      assumption: `It has a chance of ${chanceWords(probability)} by the same day even without that effort.`,
      whoDecides: 'leadership',
      relief: () =>
        goal === undefined ? 'what it would do for the goal was not measured' : otherWay(probability.value),
      ...(goal === undefined ? {} : { goal }),
      isFirst: than.kind === 'value' && probability.value > than.value,
    },
  ];
}

function otherWay(chance: number): OtherWay {
  return { kind: 'other_way', chance };
}

/** What even odds would take, in people where as many stand behind the figure as may be told. */
function effortToEven(view: TeamView, one: GoalBasis): string {
  const { model, days = 0 } = one;
  const pace = model && toEvenOdds(model, days)?.pace;
  if (pace === undefined) return ' No pace that was ever seen would bring it to even odds.';
  const effort = goalEffort(view, one);
  const people =
    effort === undefined || effort.contributors < 3
      ? ''
      : `, ${rounded(pace * effort.fte)} people in place of ${rounded(effort.fte)} if pace goes with people`;
  return ` Even odds would take ${rounded(pace)} times the pace${people}.`;
}
