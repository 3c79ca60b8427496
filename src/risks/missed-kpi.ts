import type { CalendarDay } from '#domain/calendar.ts';
import type { Goal, Kpi } from '#domain/goal.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, percent, rounded } from '#domain/wording.ts';
import { alternativesAhead } from '#forecast/alternatives-ahead.ts';
import { type GoalBasis, goalBases } from '#forecast/goal-forecast.ts';
import { type KpiForecast, kpiForecast } from '#forecast/kpi-forecast.ts';
import { kpiState } from '#metrics/gates/kpi.ts';
import { alternativeEvidence, isAhead, isWorthTurning, optionTo, STOP } from './early-failure.ts';
import { EARLY_FAILURE, earlyFailureIn, lastMonday, untilMonday } from './early-weeks.ts';
import { chanceWords, isCalibrated } from './goal-words.ts';
import type { Impact } from './risk.ts';
import type { Detector, Signal } from './signal.ts';

/**
 * A goal whose measure will miss its target, as its values go, while enough of the effort is unspent to be worth turning.
 *
 * The other half of METRICS E2: missed with more than 80 % by the line through the values recorded. Held to the same two
 * weekly evaluations, the same hysteresis and the same suppression as a goal whose work will not be done.
 */
export const missedKpi: Detector = (view, viewOn) => {
  const aims = goalBases(view).goals.filter(isAhead).flatMap(aimsOf);
  const monday = lastMonday(view, viewOn);
  if (aims.length === 0 || !isCalibrated(monday)) return [];
  return aims.flatMap((aim): readonly Signal[] => {
    if (aim.date <= view.day || isReached(view, aim)) return [];
    if ((chanceOn(monday, aim) ?? 1) > EARLY_FAILURE.clearAbove) return [];
    const found = earlyFailureIn(view, (then) => chanceOn(then, aim), viewOn);
    return found === undefined ? [] : [{ ...signalOf(view, aim), ...found }];
  });
};

interface Aim {
  readonly goal: Goal;
  readonly kpi: Kpi;
  readonly date: CalendarDay;
  readonly basis: GoalBasis;
}

function aimsOf(basis: GoalBasis): readonly Aim[] {
  const { goal, milestone } = basis;
  return (goal.kpis ?? []).flatMap((kpi) => {
    const date = kpi.date ?? goal.date ?? milestone.date;
    return date === undefined ? [] : [{ goal, kpi, date, basis }];
  });
}

/** What is reached is no failure, on whichever day. */
function isReached(view: TeamView, { goal, kpi }: Pick<Aim, 'goal' | 'kpi'>): boolean {
  return kpiState(view, goal, kpi).reachedAt !== undefined;
}

/** That the target is reached; undefined where that is no reason to turn: its day is over, or nothing is left to do. */
function chanceOn(view: TeamView, { goal, kpi, date }: Aim): number | undefined {
  if (isReached(view, { goal, kpi })) return 1;
  const basis = goalBases(view).goals.find((one) => one.goal.id === goal.id);
  if (date <= view.day || basis === undefined || !isWorthTurning(basis)) return undefined;
  const { probability } = kpiForecast(view, goal, kpi, date);
  return probability.kind === 'value' ? probability.value : undefined;
}

function signalOf(view: TeamView, { goal, kpi, date, basis }: Aim): Omit<Signal, 'probabilityReal'> {
  const forecast = kpiForecast(view, goal, kpi, date);
  const { probability, pace } = forecast;
  const { current } = kpiState(view, goal, kpi);
  const chance = probability.kind === 'value' ? chanceWords(probability) : 'a small chance';
  const even =
    pace === undefined
      ? 'It does not move towards it'
      : `Even odds would take ${rounded(pace)} times the pace at which it moves`;
  const late = lateness(forecast);
  const alternatives = alternativesAhead(view, basis);
  return {
    kind: 'early_failure',
    about: `${goal.id}/kpi/${kpi.id}`,
    statement:
      `“${kpi.name ?? kpi.id}” of “${goal.name}” stands at ${current} and is to be ${kpi.target} by ${longDay(date)}: as its ` +
      `values go that has a chance of ${chance}, and had less than ${percent(EARLY_FAILURE.raiseBelow)} for two weeks running${untilMonday(probability.kind === 'value' ? probability.value : undefined)}. ` +
      `${even}. Finding this out early is a good result: what is left can go where it counts.`,
    evidence: [
      { metric: 'goals.kpi', number: probability, items: [] },
      ...alternatives.map(alternativeEvidence),
    ],
    confidence: { level: 'medium', reasons: ['it takes the measure to go on as it went'] },
    owner: 'leadership',
    ...(late === undefined ? {} : { cost: late }),
    options: [
      ...alternatives.flatMap((other) => optionTo(other, probability)),
      {
        action: 'Ask what would move the measure, before more of the same is done.',
        assumption: 'What was done so far is why it moves as it does.',
        whoDecides: 'leadership',
        relief: () => 'what moves the measure is what is to be found out',
      },
      STOP,
    ],
  };
}

/** By how many weeks the target is missed, one time in two and with 85 %; at least so many where no day within a year is. */
function lateness({ late50, late85, lookedAt }: KpiForecast): Impact | undefined {
  if (lookedAt <= 0) return undefined;
  const [half = lookedAt + 1, sure = Math.max(half, lookedAt + 1)] = [late50, late85];
  return {
    weeks: [half / 7, sure / 7],
    ...(late85 === undefined ? { weeksBound: '>' } : {}),
  };
}
