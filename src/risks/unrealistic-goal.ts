import { sum } from 'd3-array';
import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { TEAM_DEFAULTS } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, percent, plural, rounded } from '#domain/wording.ts';
import { type GoalBasis, goalBases, goalChance, goalForecast } from '#forecast/goal-forecast.ts';
import type { MilestoneForecast } from '#forecast/milestone-forecast.ts';
import { chanceOfDone, goalRate, plausibleChances, type ScopeModel } from '#forecast/scope-forecast.ts';
import { goalItems } from '#metrics/goal-items.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { wouldBeEarlyFailure } from './early-failure.ts';
import { EARLY_FAILURE } from './early-weeks.ts';
import {
  acceptingGoal,
  chanceWords,
  goalEvidence,
  goalOptions,
  goalTrust,
  isCalibrated,
  UNCALIBRATED,
  weeksLate,
} from './goal-words.ts';
import { isStillMissed } from './missed-goal.ts';
import type { Detector, Signal, SignalOption } from './signal.ts';

/**
 * A goal is less likely to be done by its date than its team calls realistic (even odds, unless configured), or its date has
 * passed with something left. Every goal with a date is looked at: another that lies ahead makes none of them good.
 *
 * How likely that is to be real: how much of what is plausible for the pace and the growth puts the chance below
 * that; of a goal just begun, also what it would be with the time that goes into all goals. Its cost is by how many weeks it misses the date, not a probability: what would mend it is less scope or another
 * date, which is no relief that the team could be given. Of a date that has passed, with too little known to say when the
 * rest will be done, nobody can tell the cost: that is told as well.
 *
 * Sees nothing without a dated goal, with nothing left of it, and when too little is known to forecast one that lies ahead.
 */
export const unrealisticGoal: Detector = (view, viewOn) => {
  const { goals, primary } = goalBases(view);
  const { realistic } = view.team.cutPoints ?? TEAM_DEFAULTS.cutPoints;
  return goals.flatMap((one): readonly Signal[] => {
    if (!isDated(one) || one.left === 0 || (goalChance(one) ?? 1) >= realistic) return [];
    const isMissed = one.days <= 0;
    if (isMissed && !isStillMissed(view, one)) return [];
    const forecast = goalForecast(view, one);
    const { probability } = forecast;
    if (!isMissed && (probability.kind === 'insufficient' || probability.value >= realistic)) return [];
    const late = weeksLate(forecast, one.days);
    return [
      {
        kind: 'unrealistic_goal',
        about: one.goal.id,
        // Worked out when they are told: most days are looked back on only to decide whether it lasts.
        get statement() {
          return isMissed ? missed(view, one) : unlikely(view, one, forecast, viewOn);
        },
        get evidence() {
          return goalEvidence(view, one, forecast);
        },
        probabilityReal: isMissed ? 1 : probabilityBelow(view, one, realistic),
        confidence: goalTrust(view, one, forecast),
        owner: 'leadership',
        ...(late === undefined ? { hidesCost: isMissed } : { cost: late }),
        get accepting() {
          const isCounted = one.goal.id === primary?.goal.id && !isMissed;
          return isCounted ? undefined : acceptingGoal(view, one, late);
        },
        get options() {
          return [...goalOptions(view, one, forecast), ...(isMissed ? [CLOSE] : [])];
        },
      },
    ];
  });
};

type Dated = GoalBasis & { readonly days: number };

const isDated = (one: GoalBasis): one is Dated => one.days !== undefined;

const CLOSE: SignalOption = {
  action: 'Agree on another date for what is left, or close the goal and say what is dropped.',
  assumption: 'Whoever was promised it hears of it.',
  whoDecides: 'leadership',
  relief: () => 'its date has passed, and with it the chance of it',
};

function missed(view: TeamView, { goal, days, left }: Dated): string {
  const date = plusDays(view.day, days);
  const ago = days === 0 ? '' : ` ${plural(-days, 'day')} ago`;
  return `The date of “${goal.name}”, ${longDay(date)}, passed${ago} with ${plural(left, 'item')} left.`;
}

function unlikely(
  view: TeamView,
  one: Dated,
  { date = view.day, probability, pacePerWeek, ambition }: MilestoneForecast,
  viewOn: ((day: CalendarDay) => TeamView) | undefined,
): string {
  const chance = probability.kind === 'value' ? chanceWords(probability) : 'a small chance';
  const pace =
    pacePerWeek.kind === 'value' && ambition.kind === 'value'
      ? ` Its ${plural(one.left, 'item')} left${one.model?.growth === undefined ? '' : ', and what is expected to come in,'} need ${rounded(ambition.value)} times the present pace of ${rounded(pacePerWeek.value)} a week.`
      : '';
  // What would be an early failure is called none by a model that was not held against the team's past (METRICS E2).
  const untold =
    !isCalibrated(view) && wouldBeEarlyFailure(view, one, viewOn)
      ? ` It was below ${percent(EARLY_FAILURE.raiseBelow)} for two weeks running, which is not called an early failure: ${UNCALIBRATED}.`
      : '';
  return `“${one.goal.name}” has a chance of ${chance} to be done by ${longDay(date)}.${pace}${untold}`;
}

function probabilityBelow(view: TeamView, one: Dated, realistic: number): number {
  const chances = plausibleModels(view, one).flatMap((model) => plausibleChances(model, one.days));
  return chances.length === 0 ? 0 : chances.filter((chance) => chance < realistic).length / chances.length;
}

/** What is known of the goal, and as plausibly what it would be if it were worked on otherwise than so far. */
function plausibleModels(view: TeamView, one: Dated): readonly ScopeModel[] {
  const { model } = one;
  if (model === undefined) return [];
  return [
    model,
    ...[withAllGoals(view, model), afterTheOthers(view, one, model)].filter((other) => other !== undefined),
  ];
}

/**
 * While hardly anything of it is finished, with what goes into all goals: while the last one comes to its end, little goes
 * into the next, and that is not how it will be worked on (METRICS 1.3: the team's pace times its goal focus).
 */
function withAllGoals(view: TeamView, model: ScopeModel): ScopeModel | undefined {
  const { pace } = model;
  const share = pace.finished >= MIN_FINISHED ? undefined : effortOnGoals(view);
  if (share === undefined || share <= pace.share) return undefined;
  return { ...model, pace: { ...pace, share, finished: share * pace.rates.completions } };
}

/** Goals that are due one after the other, worked on one after the other: all of their items, at the pace of all of them. */
function afterTheOthers(view: TeamView, one: Dated, model: ScopeModel): ScopeModel | undefined {
  const before = goalBases(view).goals.flatMap(({ goal, days, left, model: other }) =>
    goal.id !== one.goal.id && days !== undefined && days <= one.days && left > 0 && other ? [other] : [],
  );
  const own = goalRate(model.pace).value;
  if (before.length === 0 || own <= 0) return undefined;
  const faster = 1 + sum(before, ({ pace }) => goalRate(pace).value) / own;
  const joined: ScopeModel = {
    ...model,
    open: model.open + sum(before, ({ open }) => open),
    pace: { ...model.pace, share: faster * model.pace.share },
  };
  // Nobody waits for what takes longer than the goal alone.
  const chance = (of: ScopeModel) => chanceOfDone(of, one.days) ?? 0;
  return chance(joined) > chance(model) ? joined : undefined;
}

/** As many as a share of items has to stand on. */
const MIN_FINISHED = 3;

function effortOnGoals(view: TeamView): number | undefined {
  const isGoal = goalItems(view);
  const { missing, days } = recentEffort(view);
  if (isGoal === undefined || missing !== undefined || days.length === 0) return undefined;
  return sum(days, ({ items }) => items.filter(isGoal).length / items.length) / days.length;
}
