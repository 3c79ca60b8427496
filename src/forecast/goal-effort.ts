import { sum } from 'd3-array';
import type { TeamView } from '#domain/team-view.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import type { GoalBasis } from './goal-forecast.ts';
import { wasUnder } from './membership.ts';

/** What goes into a goal. */
export interface GoalEffort {
  /** How many people's time: its person-days of the last 20 work days, over those days. */
  readonly fte: number;
  /** From how many people: below 3 the figure may serve in a computation, and is not told. */
  readonly contributors: number;
}

/** undefined where too little is known of where time goes, and where none of it is seen on the goal. */
export function goalEffort(view: TeamView, { basis }: Pick<GoalBasis, 'basis'>): GoalEffort | undefined {
  const { missing, days, workdays } = recentEffort(view);
  if (missing !== undefined) return undefined;
  const onGoal = days
    .map(({ person, items }) => ({
      person,
      part: items.filter((item) => wasUnder(basis.members.get(item) ?? [], view.asOf)).length / items.length,
    }))
    .filter(({ part }) => part > 0);
  if (onGoal.length === 0) return undefined;
  return {
    fte: sum(onGoal, ({ part }) => part) / workdays.length,
    contributors: new Set(onGoal.map(({ person }) => person)).size,
  };
}
