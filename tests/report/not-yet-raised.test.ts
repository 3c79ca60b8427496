import { describe, expect, test } from 'vitest';
import { notYetRaised } from '#report/not-yet-raised.ts';
import { teamReport } from '#report/team-report.ts';
import type { SeenSignal } from '#risks/seen.ts';
import { day, epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';

const statement = '“Checkout” has a chance of 30 %.';

function seen(changes: Partial<SeenSignal['signal']>, more: Partial<SeenSignal> = {}): SeenSignal {
  return {
    id: 'unrealistic_goal/checkout',
    signal: {
      kind: 'unrealistic_goal',
      statement,
      evidence: [],
      probabilityReal: 0.9,
      confidence: { level: 'high', reasons: [] },
      owner: 'leadership',
      options: [],
      ...changes,
    },
    impact: { weeks: [1.2, 3] },
    persistence: { weeks: 1, since: day('2026-01-18') },
    isRaised: false,
    ...more,
  };
}
const told = (...some: readonly SeenSignal[]) => notYetRaised({ level: 'goal_unrealistic' }, some);

describe('where the level says that the goal will not be made and nothing is raised', () => {
  test('what is worth raising waits to last, and says since when it is seen', () => {
    const waiting = { statement, waits: 'to_last', probabilityReal: 0.9 };
    expect(told(seen({}))).toEqual([{ ...waiting, since: '2026-01-18' }]);
    expect(told(seen({}, { persistence: { weeks: 0 } }))).toEqual([waiting]);
  });

  test('what may be chance waits to be likely', () => {
    expect(told(seen({ probabilityReal: 0.7 }))).toEqual([
      { statement, waits: 'to_be_likely', probabilityReal: 0.7 },
    ]);
  });

  test('what costs too little waits for nothing, and what is no goal’s stays untold', () => {
    expect(told(seen({}, { impact: { weeks: [0.4, 3] } }))).toEqual([]);
    expect(told(seen({ kind: 'support_load' }))).toEqual([]);
    expect(notYetRaised({ level: 'at_risk' }, [seen({})])).toEqual([]);
  });

  test('a report says it of a goal below even odds that is not sure to be', () => {
    const report = teamReport(
      view(team({ goals: [goal('2026-02-08')] }), '2025-11-30', epicWith('PAY-1', { open: 22 })),
    );
    expect(report).toMatchObject({
      headline: { level: 'goal_unrealistic' },
      risks: [],
      notYetRaised: [
        { statement: expect.stringMatching(/^“Checkout is live” has a chance of/), waits: 'to_be_likely' },
      ],
    });
  });
});
