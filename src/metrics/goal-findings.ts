import { foundGoals } from '#domain/goal-items.ts';
import type { TeamView } from '#domain/team-view.ts';
import { counted, type Finding, someNames } from './finding.ts';

/** Goals that somebody named and that nothing in the data goes by. */
export function goalFindings(view: TeamView): readonly Finding[] {
  const lost = foundGoals(view).filter(({ anchors }) => anchors.size === 0);
  return [
    {
      check: 'goal_unmatched',
      count: lost.length,
      items: [],
      affects: ['goals', 'clarity', 'churn', 'blockedBy'],
      sentence: `${counted(lost.length, 'goal matches', 'goals match')} nothing in the data: ${someNames(lost.map(({ goal }) => `${goal.name} (${goal.scope.kind} ${goal.scope.name})`))}. Until mended, nothing is known of ${lost.length === 1 ? 'it' : 'them'}.`,
    },
  ];
}
