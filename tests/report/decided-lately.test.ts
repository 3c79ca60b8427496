import { range } from 'd3-array';
import { expect, test } from 'vitest';
import type { Decision } from '#domain/decision.ts';
import { teamReport } from '#report/team-report.ts';
import { acceptance, toldRisk } from '#risks/told-risk.ts';
import { day, epicWith, goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const on = (n: number) => day(goalDay(n).slice(0, 10));

/** Two items a week finished and three left, until thirty more come in. */
const GROWN = [
  ...epicWith('PAY-1', { open: 3, weeks: 32, perWeek: 2 }),
  ...range(30).map((i) => issue(`PAY-${7000 + i}`, 'To Do', { parent: 'PAY-1', from: goalDay(200) })),
];
const DUE = on(224);
const seen = (n: number) => view(team({ goals: [goal(DUE)] }), on(n), GROWN);

/** On Friday 12 December the goal is 1.4 to 2.9 weeks late, and Ada lives with that until March. */
function accepted(): Decision {
  const risk = teamReport(seen(193)).risks.find(({ kind }) => kind === 'unrealistic_goal');
  if (risk === undefined) throw new RangeError('it is raised');
  const told = toldRisk(seen(193), risk);
  return {
    escalation: 'e-1',
    team: 'payments',
    risk: risk.id,
    decision: 'accept',
    by: 'Ada',
    until: on(300),
    statement: acceptance(told),
    told,
    recordedAt: Date.UTC(2025, 11, 12, 12),
  };
}

test('what leaders decided is told in the reports of that week, and that it holds no more in those of the week it broke', () => {
  const decisions = [accepted()];
  const reportOn = (n: number) => teamReport(seen(n), decisions);
  const lines = (n: number) =>
    reportOn(n).changedSince.lines.filter(({ kind }) => kind === 'risk_decided' || kind === 'risk_reopened');
  // The week before.
  expect(lines(192)).toEqual([]);
  expect(lines(196)).toMatchObject([
    {
      kind: 'risk_decided',
      sentence: expect.stringMatching(/^Accepted by Ada until 29 March 2026: “We accept 10 % for 12 January/),
    },
  ]);
  // Thirty items came in on Friday 19 December.
  expect(reportOn(199).risks[0]?.status).toBe('accepted');
  expect(reportOn(203).risks[0]).toMatchObject({ status: 'open', reopened: { because: 'later' } });
  expect(lines(203)).toMatchObject([
    {
      kind: 'risk_reopened',
      sentence: expect.stringContaining('it costs 19 weeks more. Now at least 21 weeks, then 1.4 to 2.9. “'),
    },
  ]);
  expect(lines(217)).toEqual([]);
  expect(reportOn(225).risks[0]).toMatchObject({ reopened: { because: 'goal_passed', due: DUE } });
});
