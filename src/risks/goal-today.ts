import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { chanceAsItIs, type GoalAhead } from './impact.ts';
import type { Risk } from './risk.ts';

/** The goal of a risk as it stands on a day: what was accepted for it is held against that. */
export interface GoalToday {
  readonly due: CalendarDay;
  /** Of the goal that costs are counted in, where it can be told. */
  readonly chance?: number;
  /** Whether the risk is about this goal and no other; else it is the one that costs are counted in. */
  readonly isItsOwn: boolean;
}

/** The goal that a risk is about, else the one that costs are counted in, while something of it is left. */
export function goalToday(
  view: TeamView,
  risk: Pick<Risk, 'id' | 'kind'>,
  ahead: GoalAhead | undefined,
): GoalToday | undefined {
  const { goals, primary } = goalBases(view);
  const own = goals.find(({ goal }) => risk.id === `${view.team.id}/${risk.kind}/${goal.id}`);
  const one = own ?? primary;
  if (one?.days === undefined || one.left === 0) return undefined;
  const chance = ahead?.id === one.goal.id ? chanceAsItIs(ahead) : undefined;
  return {
    due: plusDays(view.day, one.days),
    isItsOwn: own !== undefined,
    ...(chance === undefined ? {} : { chance }),
  };
}
