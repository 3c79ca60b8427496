import { sum } from 'd3-array';
import { TEAM_DEFAULTS } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay, plural, rounded } from '#domain/wording.ts';
import { type GoalBasis, goalBases, goalForecast } from '#forecast/goal-forecast.ts';
import type { MilestoneForecast } from '#forecast/milestone-forecast.ts';
import { plausibleChances, type ScopeModel } from '#forecast/scope-forecast.ts';
import { goalItems } from '#metrics/goal-items.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { chanceWords, goalEvidence, goalOptions, goalTrust, weeksLate } from './goal-words.ts';
import type { Detector } from './signal.ts';

/**
 * The primary goal is less likely to be done by its date than its team calls realistic (even odds, unless configured), or its date has passed with something left.
 *
 * How likely that is to be real: how much of what is plausible for the pace and the growth puts the chance below
 * that; of a goal just begun, also what it would be with the time that goes into all goals. Its cost is by how many weeks it misses the date, not a probability: what would mend it is less scope or another
 * date, which is no relief that the team could be given.
 *
 * Sees nothing without a dated goal, with nothing left of it, and when too little is known to forecast it.
 */
export const unrealisticGoal: Detector = (view) => {
  const { primary } = goalBases(view);
  if (primary === undefined || primary.left === 0) return [];
  const forecast = goalForecast(view, primary);
  const { realistic } = view.team.cutPoints ?? TEAM_DEFAULTS.cutPoints;
  const statement = statementOn(primary, forecast, realistic);
  if (statement === undefined) return [];
  const late = weeksLate(forecast, primary.days);
  return [
    {
      kind: 'unrealistic_goal',
      about: primary.goal.id,
      statement,
      evidence: goalEvidence(view, primary, forecast),
      probabilityReal: probabilityBelow(view, primary, realistic),
      confidence: goalTrust(view, primary, forecast),
      owner: 'leadership',
      ...(late === undefined ? {} : { cost: late }),
      // Worked out when they are told: most days are looked back on only to decide whether it lasts.
      get options() {
        return goalOptions(view, primary, forecast);
      },
    },
  ];
};

type Dated = GoalBasis & { readonly days: number };

function statementOn(
  { goal, days, left }: Dated,
  forecast: MilestoneForecast,
  realistic: number,
): string | undefined {
  const { date = '', probability, pacePerWeek, ambition } = forecast;
  const name = `“${goal.name}”`;
  if (days <= 0) return `The date of ${name}, ${longDay(date)}, passed with ${plural(left, 'item')} left.`;
  if (probability.kind === 'insufficient' || probability.value >= realistic) return undefined;
  const pace =
    pacePerWeek.kind === 'value' && ambition.kind === 'value'
      ? ` Its ${plural(left, 'item')} left need ${rounded(ambition.value)} times the present pace of ${rounded(pacePerWeek.value)} a week.`
      : '';
  return `${name} has a chance of ${chanceWords(probability)} to be done by ${longDay(date)}.${pace}`;
}

function probabilityBelow(view: TeamView, { days, model }: Dated, realistic: number): number {
  if (days <= 0) return 1;
  const chances =
    model === undefined ? [] : plausibleModels(view, model).flatMap((one) => plausibleChances(one, days));
  return chances.length === 0 ? 0 : chances.filter((one) => one < realistic).length / chances.length;
}

/**
 * What is known of the goal, and while hardly anything of it is finished as plausibly the same with what goes into all
 * goals: while the last one comes to its end, little goes into the next, and that is not how it will be worked on
 * (METRICS 1.3: the team's pace times its goal focus).
 */
function plausibleModels(view: TeamView, model: ScopeModel): readonly ScopeModel[] {
  const { pace } = model;
  const share = pace.finished >= MIN_FINISHED ? undefined : effortOnGoals(view);
  if (share === undefined || share <= pace.share) return [model];
  return [model, { ...model, pace: { ...pace, share, finished: share * pace.rates.completions } }];
}

/** As many as a share of items has to stand on. */
const MIN_FINISHED = 3;

function effortOnGoals(view: TeamView): number | undefined {
  const isGoal = goalItems(view);
  const { missing, days } = recentEffort(view);
  if (isGoal === undefined || missing !== undefined || days.length === 0) return undefined;
  return sum(days, ({ items }) => items.filter(isGoal).length / items.length) / days.length;
}
