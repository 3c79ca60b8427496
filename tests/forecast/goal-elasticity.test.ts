import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { plusDays } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import type { Issue } from '#domain/issue.ts';
import { goalElasticity, STATED_ELASTICITY, weeksOnGoals } from '#forecast/goal-elasticity.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { elasticityOf } from '#risks/impact.ts';
import { day, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Monday. */
const FIRST = day('2025-03-31');
/** The day before a quarter begins: 52 weeks and two days on. */
const LAST = '2026-03-31';
const PEOPLE = 6;

/**
 * So many weeks in which each of six people finishes one item from Monday to Friday; of these as many as `on` says are the
 * goal's.
 */
function worked(weeks: number, on: (week: number) => number, begin = FIRST): readonly Issue[] {
  const epics = ['PAY-1', 'PAY-2'].map((key) => issue(key, 'In Progress', { type: 'Epic', from: begin }));
  const items = range(weeks).flatMap((week) =>
    range(PEOPLE).map((person) =>
      issue(`PAY-${100 + week * PEOPLE + person}`, 'In Progress 4d → Done', {
        from: `${plusDays(begin, 7 * week)}T09:00:00Z`,
        assignee: `p${person}`,
        parent: person < on(week) ? 'PAY-1' : 'PAY-2',
      }),
    ),
  );
  const left = range(20).map((i) => issue(`PAY-${50 + i}`, 'To Do', { parent: 'PAY-1', from: begin }));
  return [...epics, ...left, ...items];
}

const varying = (week: number) => 1 + (week % PEOPLE);
const seen = (issues: readonly Issue[], goals: readonly Goal[] = [goal('2026-06-30')], on = LAST) =>
  view(team({ goals }), on, issues);

describe('the weeks that an elasticity is estimated from', () => {
  test('have the people on the goal and the items of it that were finished', () => {
    const weeks = weeksOnGoals(seen(worked(52, varying)));
    expect(weeks).toHaveLength(52);
    expect(weeks.slice(0, 7)).toEqual(
      [1, 2, 3, 4, 5, 6, 1].map((people) => ({ length: 5, people, finished: people })),
    );
  });

  test('are those with work on what was a goal then', () => {
    const half = day('2025-09-28');
    const only = (more: Partial<Goal>) =>
      weeksOnGoals(seen(worked(52, varying), [goal('2026-06-30', more)])).length;
    expect([only({ to: half }), only({ from: plusDays(half, 1) })]).toEqual([26, 26]);
    // Of the goal of each half of the year, though none of them is one on the day.
    const two = [
      goal('2025-09-28', { to: half }),
      goal('2026-03-01', { from: plusDays(half, 1), to: day('2026-03-01') }, 'PAY-2'),
    ];
    // 26 weeks of the first; of the 22 that end by 1 March those 18 in which not all were on the other epic.
    expect(weeksOnGoals(seen(worked(52, varying), two))).toHaveLength(26 + 18);
    expect(weeksOnGoals(seen(worked(52, varying), []))).toEqual([]);
  });

  test('are none where fewer than three people are seen', () => {
    const alone = worked(52, varying).filter((_, i) => i < 22 || (i - 22) % PEOPLE < 2);
    expect(weeksOnGoals(seen(alone))).toEqual([]);
  });
});

describe('how much faster a goal goes for more people', () => {
  test('is the team’s own where a year of weeks says enough: here in proportion, and never more', () => {
    const { range: own, basis, weeks } = goalElasticity(seen(worked(52, varying)));
    expect([basis, weeks, own[1]]).toEqual(['own', 52, 1]);
    expect(own[0]).toBeGreaterThan(0.7);
  });

  test('is the stated range under 26 weeks, and where as many people were on it in all of them', () => {
    expect(goalElasticity(seen(worked(25, varying, plusDays(FIRST, 27 * 7))))).toEqual({
      range: STATED_ELASTICITY,
      basis: 'stated',
      weeks: 25,
    });
    expect(goalElasticity(seen(worked(52, () => 3)))).toMatchObject({ basis: 'stated', weeks: 52 });
  });

  test('is fixed for a quarter: what is known when it begins', () => {
    const issues = worked(58, varying);
    const ahead = (on: string) => {
      const found = goalAhead(seen(issues, undefined, on));
      if (found === undefined) throw new Error('it is ahead');
      return found;
    };
    const before = goalElasticity(seen(issues));
    expect(before.basis).toBe('own');
    expect([ahead('2026-04-01').elasticity, ahead('2026-05-10').elasticity]).toEqual([before, before]);
    expect(elasticityOf(ahead('2026-05-10'))).toEqual(before.range);
  });
});
