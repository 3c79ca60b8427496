import { describe, expect, test } from 'vitest';
import { isRaised, type Seen } from '#risks/raise.ts';

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

  test('without a cost only when it is what hides the cost (WX-RISK-2: one-person streams, no dated milestone)', () => {
    expect(isRaised({ ...support, impact: {} })).toBe(false);
    expect(isRaised({ ...support, impact: {}, hidesCost: true })).toBe(true);
  });
});
