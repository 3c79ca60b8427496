import { describe, expect, test } from 'vitest';
import { teamReport } from '#report/team-report.ts';
import { stalledGoal } from '#risks/stalled-goal.ts';
import { epicWith, goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const on = (days: number) => goalDay(days).slice(0, 10);
/** Three a week for 20 weeks, to 19 October 2025, and 10 that are open; due in April. */
const stopped = epicWith('PAY-1', { open: 10, weeks: 20, perWeek: 3 });
const seen = (day: number, issues = stopped, due = 330) =>
  view(team({ goals: [goal(on(due))] }), on(day), issues);

describe('a goal that nothing was finished of for weeks', () => {
  const report = teamReport(seen(250));

  test('is told once it can no longer be forecast, with what is open of it', () => {
    // The last of the 60 was finished on the 140th day, 111 days before the end of 7 February.
    expect(report.risks).toMatchObject([
      {
        id: 'payments/stalled_goal/checkout',
        statement:
          'No forecast of “Checkout is live”: nothing of it was finished for 15 weeks, and 10 items of it, promised for Tue 28 April 2026, are open.',
        impact: {},
        acceptMeans: 'Nobody can say whether “Checkout is live” is done by its date, nor what else it costs.',
      },
    ]);
    expect(report.risks[0]?.evidence[0]?.items).toHaveLength(10);
  });

  test('leaves the level unknown, and is the first thing that the report says', () => {
    expect(report.headline.level).toBe('unknown');
    expect(report.headline.sentence).toMatch(
      /^No forecast of “Checkout is live”: nothing of it was finished/,
    );
    // How fast it was while it went on says nothing of a team that stands still.
    expect(report.headline.sentence).not.toContain('finishes');
    expect(report.headline.sentence).toContain('Whether Payments is set up for success cannot be said');
  });

  test('is told by its forecast as long as it has one', () => {
    expect(stalledGoal(seen(142))).toEqual([]);
    expect(stalledGoal(seen(161))).toEqual([]);
  });

  test('is none that is not begun, has hardly an item, or is over', () => {
    const waiting = epicWith('PAY-1', { open: 10, weeks: 0, epic: {} }).map((one) =>
      one.id === 'pay1' ? issue('PAY-1', 'To Do', { type: 'Epic', from: goalDay(0) }) : one,
    );
    expect(stalledGoal(seen(250, waiting))).toEqual([]);
    expect(stalledGoal(seen(250, epicWith('PAY-1', { open: 3, weeks: 1, perWeek: 1 })))).toEqual([]);
    expect(stalledGoal(seen(250, stopped, 249))).toEqual([]);
    const closed = stopped.map((one) =>
      one.id === 'pay1' ? issue('PAY-1', 'To Do 200d → Done', { type: 'Epic', from: goalDay(0) }) : one,
    );
    expect(stalledGoal(seen(250, closed))).toEqual([]);
  });

  test('is told from the sixth week on where nothing of it was ever finished', () => {
    const begun = epicWith('PAY-1', { open: 10, weeks: 0 });
    expect(stalledGoal(seen(41, begun))).toEqual([]);
    expect(stalledGoal(seen(43, begun))[0]?.statement).toContain('nothing of it was finished for 6 weeks');
  });
});
