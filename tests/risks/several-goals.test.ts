import { describe, expect, test } from 'vitest';
import type { Goal } from '#domain/goal.ts';
import type { Issue } from '#domain/issue.ts';
import { type TeamReport, teamReport } from '#report/team-report.ts';
import { toldRisk } from '#risks/told-risk.ts';
import { unrealisticGoal } from '#risks/unrealistic-goal.ts';
import { epicWith, goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const on = (days: number) => goalDay(days).slice(0, 10);
const one = (date: number) => goal(on(date), { id: 'one', name: 'One' }, 'PAY-1');
const two = (date: number) => goal(on(date), { id: 'two', name: 'Two' }, 'PAY-2');
const report = (goals: readonly Goal[], issues: readonly Issue[], day: number): TeamReport =>
  teamReport(view(team({ goals }), on(day), issues));
const unrealistic = ({ risks }: TeamReport) => risks.filter(({ kind }) => kind === 'unrealistic_goal');

describe('a goal whose date passed with work left, while another lies ahead', () => {
  const issues = [
    ...epicWith('PAY-1', { open: 12, weeks: 26, perWeek: 2 }),
    ...epicWith('PAY-2', { open: 4, weeks: 26, perWeek: 2 }),
  ];
  const goals = [one(195), two(300)];
  const after = report(goals, issues, 197);

  test('is told with how long ago and how much is left, and keeps the team at risk', () => {
    expect(unrealistic(report(goals, issues, 195 - 7))[0]?.id).toBe('payments/unrealistic_goal/one');
    expect(unrealistic(after)).toMatchObject([
      {
        id: 'payments/unrealistic_goal/one',
        statement: 'The date of “One”, Sun 14 December 2025, passed 2 days ago with 12 items left.',
        probabilityReal: 1,
      },
    ]);
    // The level is about the goal ahead, which is likely: what is raised decides it.
    expect(after.headline.level).toBe('at_risk');
    expect(after.headline.clause).toMatch(/^4: \d raised risk/);
    expect(after.goals.goals.find(({ isPrimary }) => isPrimary)?.id).toBe('two');
    expect(after.headline.sentence).toContain('passed 2 days ago with 12 items left');
  });

  test('costs by how much it is late, and is accepted in its own terms', () => {
    const [risk] = unrealistic(after);
    // 12 items at two a week, and two days: about six weeks.
    expect(risk?.impact.weeks?.[0]).toBeGreaterThan(4);
    expect(risk?.impact.weeks?.[0]).toBeLessThan(9);
    expect(risk?.acceptMeans).toMatch(/^12 items of “One” stay undone past the date: all of it [\d.]+ to /);
    expect(risk?.options.at(-1)?.action).toMatch(
      /^Agree on another date for what is left, or close the goal/,
    );
    if (risk === undefined) throw new Error('it is raised');
    // Nobody accepts the chance of another goal with it.
    expect(toldRisk(view(team({ goals }), on(197), issues), risk)).not.toHaveProperty('goal');
  });

  describe('is told', () => {
    const signals = (issuesThen: readonly Issue[], day: number, then: readonly Goal[] = goals) =>
      unrealisticGoal(view(team({ goals: then }), on(day), issuesThen)).map(({ about }) => about);

    test('for a quarter, and longer only while anything of it is touched', () => {
      expect(signals(issues, 195 + 91)).toContain('one');
      // The last of its finished items was touched in the week of its date.
      expect(signals(issues, 195 + 92)).not.toContain('one');
      const written = issue('PAY-1700', 'To Do 270d → In Progress', { parent: 'PAY-1', from: goalDay(0) });
      expect(signals([...issues, written], 195 + 92)).toContain('one');
      expect(signals([...issues, written], 270 + 93)).not.toContain('one');
    });

    test('until it is closed, given another date, or taken out', () => {
      const closed = issues.map((item) =>
        item.id === 'pay1' ? issue('PAY-1', 'To Do 190d → Done', { type: 'Epic', from: goalDay(0) }) : item,
      );
      expect(signals(closed, 197)).toEqual([]);
      expect(signals(issues, 197, [one(400), two(300)])).toEqual([]);
      expect(signals(issues, 197, [two(300)])).toEqual([]);
    });
  });

  test('is told where nobody can say when the rest will be done: nobody can tell what that costs', () => {
    const few = [
      ...epicWith('PAY-1', { open: 3, weeks: 1, perWeek: 1 }),
      ...epicWith('PAY-2', { open: 4, weeks: 26, perWeek: 2 }),
    ];
    const [risk] = unrealistic(report(goals, few, 197));
    expect(risk).toMatchObject({ id: 'payments/unrealistic_goal/one', impact: {} });
    expect(risk?.acceptMeans).toBe(
      '3 items of “One” stay undone past the date, and nobody can say until when.',
    );
  });
});

test('a goal is not called unrealistic that would be made once the one due before it is done', () => {
  // Alone 20 items at one a week in eight weeks are hopeless; 22 at the five a week of both are not.
  const first = epicWith('PAY-1', { open: 2, weeks: 26, perWeek: 4 });
  const next = epicWith('PAY-2', { open: 20, weeks: 26, perWeek: 1 });
  const about = (goals: readonly Goal[], issues: readonly Issue[]) =>
    unrealisticGoal(view(team({ goals }), on(180), issues)).map(({ about: id, probabilityReal }) => [
      id,
      probabilityReal >= 0.8,
    ]);
  expect(about([two(236)], [...first, ...next])).toEqual([['two', true]]);
  expect(about([one(208), two(236)], [...first, ...next])).toEqual([['two', false]]);
});

describe('a goal that is unrealistic while the next one is fine', () => {
  const issues = [
    ...epicWith('PAY-1', { open: 2, weeks: 26, perWeek: 2 }),
    ...epicWith('PAY-2', { open: 200, weeks: 26, perWeek: 2 }),
  ];
  const told = report([one(230), two(240)], issues, 180);

  test('is told, in its own weeks and its own numbers', () => {
    expect(told.goals.goals.find(({ isPrimary }) => isPrimary)?.id).toBe('one');
    const [risk, ...more] = unrealistic(told);
    expect(more).toEqual([]);
    expect(risk).toMatchObject({ id: 'payments/unrealistic_goal/two', impact: { weeksBound: '>' } });
    expect(risk?.statement).toMatch(/^“Two” has a chance of less than 5 % to be done by /);
    expect(risk?.acceptMeans).toMatch(/^Of “Two”: \d+ items by 28 January 2026 are safe to promise \(85 %\)/);
    expect(told.headline.level).toBe('at_risk');
    expect(told.headline.sentence).toContain('“Two” has a chance of less than 5 %');
  });

  test('is no early failure where the model is uncalibrated for the team, and that is said (METRICS E2)', () => {
    expect(told.risks.some(({ kind }) => kind === 'early_failure')).toBe(false);
    expect(unrealistic(told)[0]?.statement).toMatch(
      /It was below 20 % for two weeks running, which is not called an early failure: model uncalibrated for this team\.$/,
    );
  });
});
