import { mean } from 'd3-array';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { longDay, percent, rounded } from '#domain/wording.ts';
import { type AlternativeAhead, alternativesAhead } from '#forecast/alternatives-ahead.ts';
import { toEvenOdds } from '#forecast/even-odds.ts';
import { goalEffort } from '#forecast/goal-effort.ts';
import { type GoalBasis, goalBases, goalChance, goalForecast } from '#forecast/goal-forecast.ts';
import { plausibleChances } from '#forecast/scope-forecast.ts';
import { chanceWords, goalEvidence, goalOptions, goalTrust, isCalibrated, weeksLate } from './goal-words.ts';
import { leavesRoom } from './room-to-turn.ts';
import type { Detector, Signal } from './signal.ts';
import { latched } from './steady.ts';
import { weeklyGrid } from './weekly.ts';

/** Raised by two evaluations in a row below the one, cleared by one above the other. */
export const EARLY_FAILURE = { raiseBelow: 0.2, clearAbove: 0.35 } as const;
/** What is all but finished is finished. */
const LEAST_UNSPENT = 0.1;

/**
 * A goal is so unlikely to be made that stopping or turning is due, while enough of its effort is unspent to be worth
 * turning.
 *
 * Below 20 % at the end of two weeks in a row, until an evaluation says more than 35 %; replayed from the history. Only
 * weeks count for it that leave time and work to turn: a fortnight to the date, five items. Once raised it is not taken
 * back because the date comes near. A tenth or more of its items is still to be done. Suppressed while the team's forecasts are uncalibrated or were
 * over-confident: then the goal is at most called unrealistic, and that says so. How likely it is to be real: how much of
 * what is plausible puts the chance below the level at which it would clear.
 *
 * Reported with what even odds would take and with the declared alternatives, since finding it early is a good result.
 */
export const earlyFailure: Detector = (view) => {
  const low = goalBases(view).goals.filter((one) => isLow(one) && unspent(one) >= LEAST_UNSPENT);
  if (low.length === 0 || !isCalibrated(view)) return [];
  return low.filter((one) => isEarlyFailure(view, one)).map((one) => signalOf(view, one));
};

/** Whether a goal is an early failure by its weekly evaluations up to the end of the last whole week. */
function isEarlyFailure(view: TeamView, { goal }: GoalBasis): boolean {
  const values: (number | undefined)[] = [];
  for (const day of weeklyGrid(view.day, view.team.timezone)) {
    const then = day === view.day ? view : earlierView(view, day);
    const found = goalBases(then).goals.find((one) => one.goal.id === goal.id);
    values.unshift(found && evaluationOf(found));
    // Nothing before can change what these say.
    if (decides(values)) break;
  }
  return latched(values, EARLY_FAILURE);
}

/** The chance, unless it is low when there is too little left to turn: that raises nothing, and clears nothing. */
function evaluationOf(one: GoalBasis): number | undefined {
  const chance = goalChance(one);
  if (chance === undefined || chance > EARLY_FAILURE.clearAbove) return chance;
  return leavesRoom({ days: one.days ?? 0, items: toDo(one) }) ? chance : undefined;
}

function decides([first, second]: readonly (number | undefined)[]): boolean {
  const below = (value: number | undefined) => value !== undefined && value < EARLY_FAILURE.raiseBelow;
  return (first !== undefined && first > EARLY_FAILURE.clearAbove) || (below(first) && below(second));
}

function isLow(one: GoalBasis): boolean {
  const { days = 0, model } = one;
  const chance = goalChance(one);
  return days > 0 && model !== undefined && chance !== undefined && chance <= EARLY_FAILURE.clearAbove;
}

/** Its items, found or expected, that are still to be done. */
function toDo({ basis, left }: GoalBasis): number {
  return left + (mean(basis.undiscovered.items) ?? 0);
}

/** The part of its items that they are. */
function unspent(one: GoalBasis): number {
  return toDo(one) / (toDo(one) + one.basis.scope.done);
}

function signalOf(view: TeamView, one: GoalBasis): Signal {
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
    statement: `“${goal.name}” is at ${chance} for ${longDay(date)}, and was below ${percent(EARLY_FAILURE.raiseBelow)} for two weeks running: stop or change course while ${percent(unspent(one))} of its items are still to be done.${effort} Finding this out early is a good result: what is left can go where it counts.`,
    evidence: [
      ...goalEvidence(view, one, forecast),
      ...alternatives.map(({ key, title, url, probability: number }) => ({
        metric: 'goals.alternative',
        number,
        items: [{ key, title, url, why: 'a declared alternative' }],
      })),
    ],
    probabilityReal: probabilityItStays(one),
    confidence: goalTrust(view, one, forecast),
    owner: 'leadership',
    ...(late === undefined ? {} : { cost: late }),
    options: [...alternatives.flatMap(optionTo), ...goalOptions(view, one, forecast), STOP],
  };
}

const STOP: Signal['options'][number] = {
  action: 'Stop the goal, and keep what is done of it.',
  assumption: 'What is done is of use without the rest.',
  whoDecides: 'leadership',
};

function optionTo({ title, key, probability }: AlternativeAhead): Signal['options'] {
  if (probability.kind === 'insufficient') return [];
  return [
    {
      action: `Move the effort to the alternative “${title || key}”.`,
      assumption: `It has a chance of ${chanceWords(probability)} by the same day even without that effort.`,
      whoDecides: 'leadership',
    },
  ];
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

function probabilityItStays({ days = 0, model }: GoalBasis): number {
  const chances = model === undefined ? [] : plausibleChances(model, days);
  if (chances.length === 0) return 0;
  return chances.filter((one) => one < EARLY_FAILURE.clearAbove).length / chances.length;
}
