import { describe, expect, test } from 'vitest';
import { assessRisks } from '#risks/assess.ts';
import { DETECTORS } from '#risks/detectors.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { isRaised, type Seen } from '#risks/raise.ts';
import { workstreamSprawl } from '#risks/workstream-sprawl.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** WX-RISK-1: the support risk of WX-CF-1. */
const support: Parameters<typeof isRaised>[0] = {
  probabilityReal: 0.97,
  impact: { dP: [0.21, 0.42] },
  hidesCost: false,
  persistedWeeks: 2,
};

describe('a risk is raised', () => {
  test('when it is likely, costs a tenth of probability and was there two Mondays in a row (WX-RISK-1)', () => {
    expect(isRaised(support)).toBe(true);
  });

  test('not on its first Monday, unless it is nearly sure', () => {
    expect(isRaised({ ...support, persistedWeeks: 1 })).toBe(false);
    expect(isRaised({ ...support, persistedWeeks: 0, probabilityReal: 0.98 })).toBe(true);
  });

  test('not when it is likely to be noise, however large or old', () => {
    expect(isRaised({ ...support, probabilityReal: 0.79, persistedWeeks: 26 })).toBe(false);
  });

  test('by the low end of what it costs: a week, half a person, or a tenth of probability', () => {
    const costing = (impact: Seen['impact']) => isRaised({ ...support, impact });
    expect([costing({ weeks: [1, 4] }), costing({ weeks: [0.9, 4] })]).toEqual([true, false]);
    expect([costing({ fte: [0.5, 2] }), costing({ fte: [0.4, 2] })]).toEqual([true, false]);
    expect([costing({ dP: [0.1, 0.2] }), costing({ dP: [0.09, 0.9] })]).toEqual([true, false]);
    expect(costing({ dP: [0.31 - 0.21, 0.2] })).toBe(true);
  });

  test('without a cost only when it is what hides the cost: not one-person streams, but that no goal is dated (WX-RISK-2)', () => {
    // X, Y and Z of WX-EFF-1 twice over: Z rests on one person, and no goal says what that costs.
    const on = (key: string, assignee: string, parent: string, path = 'In Progress') =>
      issue(key, path, { assignee, parent });
    const seen = view(team(), '2026-01-30', [
      ...['PAY-91', 'PAY-92', 'PAY-93'].map((key) => issue(key, 'In Progress', { type: 'Epic' })),
      on('PAY-1', 'p1', 'PAY-91'),
      on('PAY-2', 'p1', 'PAY-92'),
      on('PAY-3', 'p2', 'PAY-91'),
      on('PAY-4', 'p3', 'PAY-92', 'In Progress 10d → Done'),
      on('PAY-5', 'p3', 'PAY-93'),
    ]);
    const [sprawl] = workstreamSprawl(seen);
    expect(sprawl?.evidence).toContainEqual(
      expect.objectContaining({
        metric: 'workstreams.onePerson',
        number: expect.objectContaining({ value: 1, n: 3 }),
      }),
    );
    const { risks } = assessRisks(seen, { detectors: DETECTORS, goalAhead });
    expect(risks.map(({ kind }) => kind)).toEqual(['no_dated_goal']);
    expect(risks[0]?.statement).toMatch(/^No dated goal: cost cannot be stated\./);
    expect(isRaised({ ...support, impact: {} })).toBe(false);
    expect(isRaised({ ...support, impact: {}, hidesCost: true })).toBe(true);
  });
});
