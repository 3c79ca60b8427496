import { goalsOf, goalsOfItem } from '#domain/goal-items.ts';
import { insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** Whether an item serves the team's goal. */
export type IsGoalItem = (item: WorkItem) => boolean;

/** Which items serve any goal of a team as of a view; undefined while it has none. */
export function goalItems(view: TeamView): IsGoalItem | undefined {
  if (goalsOf(view).length === 0) return undefined;
  const goals = goalsOfItem(view);
  return (item) => goals(item).length > 0;
}

/** What is told of a goal that there is not. */
export const NO_GOAL = insufficient(0, 1, 'goals that say which work serves them');
