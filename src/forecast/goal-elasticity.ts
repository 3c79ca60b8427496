import { bisectRight, fsum, range } from 'd3-array';
import { type CalendarDay, dayOf, plusDays, startOf, startOfWeek, workdaysFrom } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import { goalsOfItem } from '#domain/goal-items.ts';
import type { Instant } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures } from '#metrics/administrative.ts';
import { effortIn } from '#metrics/recent-effort.ts';
import { elasticityPosterior, unevennessAround, type WorkedOn } from '#statistics/elasticity.ts';
import { completionsPerDay, firstActivityDay } from './completions.ts';
import { ratesOf } from './rates.ts';

/** How much faster goals go for more people: with twice the people 2 ** elasticity times as fast. */
export interface GoalElasticity {
  /** From the low to the high end of what is plausible; 1 at most, which is in proportion. */
  readonly range: readonly [low: number, high: number];
  /** `own`: estimated from the team's weeks. `stated`: a policy, where they say too little. */
  readonly basis: 'own' | 'stated';
  /** Weeks in which anybody worked on a goal, of the year before the quarter began. */
  readonly weeks: number;
}

/** How much faster a goal goes for more people, where a team's own weeks say too little: a policy, not a constant. */
export const STATED_ELASTICITY: GoalElasticity['range'] = [0.5, 1];

/**
 * The elasticity of a team's goals from the weeks up to the end of a view, which is the day before a quarter began: so that
 * it does not chase the numbers it is used for.
 *
 * Each ISO week of the last 52 in which there was effort on a goal of that time counts, with the items of such a goal that
 * were finished in it. The prior over teams is normal, mean .75, deviation .2; the 90 % interval of the posterior holds, at
 * most to 1: nobody claims that people who come do more than those who are there. The overdispersion is that of the team's
 * weeks or of these, whichever is more.
 *
 * The team's own only with 26 such weeks or more, and when they say at least as much as the prior does (an information of
 * 1 / .2^2 = 25): else nearly all of the answer would be the prior's, and the stated range of .5 to 1 is used. That is always so
 * where as many people work on it every week. Likewise where fewer than 3 people are seen, or under 60 % of the work days:
 * the effort of two is theirs.
 *
 * METRICS 2.2. People and items of one week are counted from the same items in progress; what an item took in the weeks before
 * it was finished is not in its week, so that the estimate leans to too low an elasticity, and promises too little.
 */
export const goalElasticity: (view: TeamView) => GoalElasticity = oncePerView((view) => {
  const weeks = weeksOnGoals(view);
  const stated: GoalElasticity = { range: STATED_ELASTICITY, basis: 'stated', weeks: weeks.length };
  if (weeks.length < MIN_WEEKS) return stated;
  const chance = teamUnevenness(view);
  const first = elasticityPosterior(weeks, chance, PRIOR);
  const overdispersion = Math.max(chance, unevennessAround(weeks, first.mean));
  const { interval90, information } = elasticityPosterior(weeks, overdispersion, PRIOR);
  if (information < LEAST_INFORMATION) return stated;
  const [low, high] = interval90;
  return { range: [bounded(low), bounded(high)], basis: 'own', weeks: weeks.length };
});

const PRIOR = { mean: 0.75, deviation: 0.2 } as const;
const LEAST_INFORMATION = 1 / PRIOR.deviation ** 2;
const MIN_WEEKS = 26;
const LOOKED_AT_WEEKS = 52;

const bounded = (elasticity: number): number => Math.min(1, Math.max(0, elasticity));

/** As the forecast counts it. */
function teamUnevenness(view: TeamView): number {
  const rates = ratesOf(completionsPerDay(view, plusDays(view.day, 1 - HALF_A_YEAR)));
  return 'kind' in rates ? 1 : Math.max(1, rates.overdispersion);
}

const HALF_A_YEAR = 182;

/** The whole weeks in which anybody worked on what was a goal then. Empty where too little is known of where time goes. */
export function weeksOnGoals(view: TeamView): readonly WorkedOn[] {
  const { goals = [], timezone } = view.team;
  const began = firstActivityDay(view);
  if (goals.length === 0 || began === undefined) return [];
  const weeks = wholeWeeks(view).filter(({ monday }) => monday >= began);
  const { days, missing } = effortIn(
    view,
    weeks.flatMap(({ workdays }) => workdays),
  );
  if (missing !== undefined) return [];
  const isGoal = goalsThen(view);
  const begins = weeks.map(({ monday }) => startOf(monday, timezone));
  const worked = Map.groupBy(days, ({ day }) => bisectRight(begins, startOf(day, timezone)) - 1);
  const finished = Map.groupBy(finishedItems(view), ({ at }) => bisectRight(begins, at) - 1);
  return weeks.flatMap(({ workdays, sunday }, i): readonly WorkedOn[] => {
    const isOurs = (item: WorkItem) => isGoal(item, sunday);
    const spent = fsum(worked.get(i) ?? [], ({ items }) => items.filter(isOurs).length / items.length);
    if (spent === 0) return [];
    return [
      {
        length: workdays.length,
        people: spent / workdays.length,
        finished: (finished.get(i) ?? []).filter(({ item }) => isOurs(item)).length,
      },
    ];
  });
}

interface Week {
  readonly monday: CalendarDay;
  readonly sunday: CalendarDay;
  readonly workdays: readonly CalendarDay[];
}

/** Those of the last year that had work days, the oldest first. */
function wholeWeeks({ asOf, team: { timezone, calendar } }: TeamView): readonly Week[] {
  const next = dayOf(startOfWeek(asOf, timezone), timezone);
  return range(LOOKED_AT_WEEKS, 0, -1).flatMap((ago): readonly Week[] => {
    const monday = plusDays(next, -7 * ago);
    const sunday = plusDays(monday, 6);
    const workdays = workdaysFrom(monday, sunday, calendar);
    return workdays.length === 0 ? [] : [{ monday, sunday, workdays }];
  });
}

function finishedItems(view: TeamView): readonly { readonly item: WorkItem; readonly at: Instant }[] {
  const administrative = administrativeClosures(view);
  const next = startOfWeek(view.asOf, view.team.timezone);
  return view.items.flatMap((item) => {
    const { finishedAt: at, issue } = item;
    if (at === undefined || at >= next || administrative.has(issueRef(issue.source, issue.id))) return [];
    return [{ item, at }];
  });
}

/** Whether an item lies under a goal that was one on a day, by what it lies under at the end of the view. */
function goalsThen(view: TeamView): (item: WorkItem, day: CalendarDay) => boolean {
  const { goals = [] } = view.team;
  if (goals === 'auto') {
    const found = goalsOfItem(view);
    return (item) => found(item).length > 0;
  }
  // Asked of a team that has all of them at once; when each was one is asked afterwards.
  const times = new Map<Goal, Goal>(goals.map((goal) => [always(goal), goal]));
  const found = goalsOfItem({ ...view, team: { ...view.team, goals: [...times.keys()] } });
  return (item, day) =>
    found(item).some((goal) => {
      const { from = day, to = day } = times.get(goal) ?? goal;
      return from <= day && day <= to;
    });
}

function always(goal: Goal): Goal {
  const { from: _from, to: _to, ...rest } = goal;
  return rest;
}
