import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { unrealisticGoal } from '#risks/unrealistic-goal.ts';
import { goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

describe('a goal that was just begun', () => {
  const PEOPLE = ['p1', 'p2', 'p3'];
  const epics = ['PAY-1', 'PAY-50', 'PAY-60'].map((key) =>
    issue(key, 'In Progress', { type: 'Epic', from: goalDay(0) }),
  );
  /** 26 weeks in which each of the three finishes an item a week. */
  const before = (parent: string) =>
    PEOPLE.flatMap((assignee, i) =>
      range(26).map((week) =>
        issue(`PAY-${100 * (i + 1) + week}`, 'In Progress 7d → Done', {
          assignee,
          parent,
          from: goalDay(7 * week),
        }),
      ),
    );
  // On the Wednesday of the last week one of them begins the first of twenty items.
  const begun = [
    issue('PAY-500', 'In Progress', { assignee: 'p1', parent: 'PAY-1', from: goalDay(177) }),
    ...range(19).map((i) => issue(`PAY-${501 + i}`, 'To Do', { parent: 'PAY-1', from: goalDay(100) })),
  ];
  const goals = [goal('2026-02-15'), goal('2026-03-01', { id: 'last', name: 'Last' }, 'PAY-50')];
  const seen = (parent: string, date = '2026-02-15') =>
    unrealisticGoal(
      view(team({ goals: [goal(date), ...goals.slice(1)] }), '2025-11-30', [
        ...epics,
        ...before(parent),
        ...begun,
      ]),
    )[0];

  test('beside the end of the last one is not judged by how it was begun alone', () => {
    const signal = seen('PAY-50');
    expect(signal?.statement).toContain('has a chance of less than 5 %');
    expect(signal?.probabilityReal).toBeLessThan(0.8);
  });

  test('is where the time goes into no goal', () => {
    expect(seen('PAY-60')?.probabilityReal).toBeGreaterThan(0.8);
  });

  test('is where all that goes into goals would not do either', () => {
    expect(seen('PAY-50', '2025-12-21')?.probabilityReal).toBeGreaterThan(0.98);
  });
});
