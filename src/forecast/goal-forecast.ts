import { daysBetween } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import { foundGoals } from '#domain/goal-items.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { goalMilestone } from './goal-milestone.ts';
import type { Milestone } from './milestone.ts';
import { type MilestoneBasis, milestoneBases, scopeModel } from './milestone-basis.ts';
import { forecastFrom, type MilestoneForecast } from './milestone-forecast.ts';
import { SHIPPED_PRIOR } from './prior-table.ts';
import { chancesOfDone, type ScopeModel } from './scope-forecast.ts';

/** A goal of the day, and what is known of the work under it. */
export interface GoalBasis {
  readonly goal: Goal;
  readonly milestone: Milestone;
  readonly basis: MilestoneBasis;
  /** Items, and epics without any, that are still to be done. */
  readonly left: number;
  /** Days from the view's day to its date; below 0 when it has passed; absent without a date. */
  readonly days?: number;
  /** What its chances are worked out from; absent when too little is known. */
  readonly model?: ScopeModel;
}

/** A team's goals as of a day. */
export interface GoalBases {
  readonly goals: readonly GoalBasis[];
  /** Goals of which the data hold nothing. */
  readonly unmatched: readonly Goal[];
  /** The one that probabilities and costs speak of. */
  readonly primary?: GoalBasis & { readonly days: number };
}

/**
 * What is known of each of a team's goals, in its own order.
 *
 * The primary one is that with the earliest date ahead, of those with something left; when all have passed, the last one
 * missed; when nothing is left of any, the last one. A goal without a date, committed or in the tracker, cannot be it.
 */
export const goalBases: (view: TeamView) => GoalBases = oncePerView((view) => {
  const found = foundGoals(view);
  if (found.length === 0) return { goals: [], unmatched: [] };
  const basisOf = milestoneBases(view);
  const all = found.map((one) => ({ goal: one.goal, milestone: goalMilestone(view, one) }));
  const goals = all.flatMap(({ goal, milestone }): readonly GoalBasis[] => {
    if (milestone === undefined) return [];
    const basis = basisOf(milestone);
    const { scope, work } = basis;
    return [
      {
        goal,
        milestone,
        basis,
        left: scope.open.length + scope.unsplit.length,
        ...(milestone.date === undefined ? {} : { days: daysBetween(view.day, milestone.date) }),
        ...('kind' in work ? {} : { model: scopeModel(basis, work, SHIPPED_PRIOR) }),
      },
    ];
  });
  const unmatched = all.filter(({ milestone }) => milestone === undefined).map(({ goal }) => goal);
  const primary = primaryOf(goals);
  return { goals, unmatched, ...(primary === undefined ? {} : { primary }) };
});

type Dated = GoalBasis & { readonly days: number };

function primaryOf(goals: readonly GoalBasis[]): Dated | undefined {
  const dated = goals
    .filter((one): one is Dated => one.days !== undefined)
    .toSorted((a, b) => a.days - b.days);
  const open = dated.filter(({ left }) => left > 0);
  return open.find(({ days }) => days > 0) ?? open.at(-1) ?? dated.at(-1);
}

const forecasts = new WeakMap<GoalBasis, MilestoneForecast>();

/** What will become of a goal, worked out for the first who asks. */
export function goalForecast(view: TeamView, one: GoalBasis): MilestoneForecast {
  const found = forecasts.get(one) ?? forecastFrom(view, one.milestone, one.basis, SHIPPED_PRIOR);
  forecasts.set(one, found);
  return found;
}

/**
 * The chance that all of a goal is done by its date, from 0 to 1 and as the report has it but for the bounds at 5 and
 * 95 %. undefined when it cannot be told.
 */
export function goalChance({ left, days, model, basis }: GoalBasis): number | undefined {
  if (days === undefined) return undefined;
  if (left === 0) return basis.scope.done > 0 ? 1 : undefined;
  if (days <= 0) return 0;
  return model === undefined ? undefined : chancesOfDone(model, days)[days - 1];
}
