import { goalsOf } from '#domain/goal-items.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { type GoalDates, goalDates } from './goal-dates.ts';
import { type GoalBasis, goalBases, goalForecast } from './goal-forecast.ts';
import type { MilestoneForecast } from './milestone-forecast.ts';

/** What will become of one goal. */
export interface GoalOutlook {
  readonly id: string;
  readonly name: string;
  /** The one that probabilities and costs in the report speak of. */
  readonly isPrimary: boolean;
  readonly adopters: readonly string[];
  readonly forecast: MilestoneForecast;
  readonly dates: GoalDates;
}

export interface TeamGoals {
  /** Whether the team named its goals, takes every dated milestone of its own for one, or named none. */
  readonly commitment: 'named' | 'auto' | 'none';
  readonly goals: readonly GoalOutlook[];
  /** Names of goals of which the data hold nothing. */
  readonly unmatched: readonly string[];
}

/**
 * What will become of what the team committed to, in its own order.
 *
 * @example teamGoals(view(team(), '2026-01-23', [])) // => { commitment: 'none', goals: [], unmatched: [] }
 */
export function teamGoals(view: TeamView): TeamGoals {
  return teamGoalsIn(view);
}

const teamGoalsIn = oncePerView((view): TeamGoals => {
  const { goals, unmatched, primary } = goalBases(view);
  return {
    commitment: view.team.goals === 'auto' ? 'auto' : goalsOf(view).length > 0 ? 'named' : 'none',
    goals: goals.map((one) => outlookOf(view, one, one.goal.id === primary?.goal.id)),
    unmatched: unmatched.map(({ name }) => name),
  };
});

function outlookOf(view: TeamView, one: GoalBasis, isPrimary: boolean): GoalOutlook {
  const forecast = goalForecast(view, one);
  const { id, name, adopters = [] } = one.goal;
  return { id, name, isPrimary, adopters, forecast, dates: goalDates(view, one, forecast) };
}
