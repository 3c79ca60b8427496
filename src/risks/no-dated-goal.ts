import { goalsOf } from '#domain/goal-items.ts';
import { exactCount } from '#domain/measurement.ts';
import { isClosed } from '#domain/work-item.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import type { Detector } from './signal.ts';

/**
 * The team has work and no goal with a date, so that nothing can be said of what its risks cost. A fact, not a chance;
 * and itself what hides the cost. Sees nothing where no work is open.
 */
export const noDatedGoal: Detector = (view) => {
  const { goals, unmatched, primary } = goalBases(view);
  if (primary !== undefined || !view.items.some(({ stage }) => !isClosed(stage))) return [];
  const named = goalsOf(view).length;
  const why =
    named === 0
      ? 'The team named no goal.'
      : goals.length === 0
        ? `Nothing in the data matches ${unmatched.map(({ name }) => `“${name}”`).join(', ')}.`
        : `${goals.map(({ goal }) => `“${goal.name}”`).join(', ')} ${goals.length === 1 ? 'has' : 'have'} no date.`;
  const window = { from: view.day, to: view.day };
  return [
    {
      kind: 'no_dated_goal',
      statement: `No dated goal: cost cannot be stated. ${why}`,
      evidence: [{ metric: 'goals', number: exactCount(0, 'goals', window, 'goals_with_a_date'), items: [] }],
      probabilityReal: 1,
      confidence: { level: 'high', reasons: [] },
      owner: 'leadership',
      hidesCost: true,
      options: [
        {
          action: 'Agree on one goal and its date, and name it in the configuration.',
          assumption: 'The goal has a scope in the tracker: an epic, a version, a project or a label.',
          whoDecides: 'leadership',
          relief: () => 'there is no date yet to hold it against',
        },
      ],
    },
  ];
};
