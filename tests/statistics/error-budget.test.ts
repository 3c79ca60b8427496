import { describe, expect, test } from 'vitest';
import { errorBudget } from '#statistics/error-budget.ts';
import { golden, hasGolden } from './golden.ts';

const of = (misses: number, decided: number) => Object.freeze({ misses, decided });

describe('an error budget of 15 %', () => {
  test('is broken by 4 misses of 12 while 2 of the last 3 missed too (WX-C8a)', () => {
    // 4/12 over .15 = 2.22; .15 * 12 = 1.8 misses allowed.
    expect(errorBudget(of(4, 12), of(2, 3), 0.85)).toEqual({
      allowed: expect.closeTo(1.8, 9),
      burn: expect.closeTo(2.2222, 4),
      probabilityLong: expect.closeTo(0.9513, 4),
      probabilityShort: expect.closeTo(0.9832, 4),
      alert: true,
    });
  });

  test('raises no alert while it recovers: none of the last 3 missed (WX-C8b)', () => {
    const recovering = errorBudget(of(4, 12), of(0, 3), 0.85);
    expect(recovering).toMatchObject({ alert: false, probabilityShort: expect.closeTo(0.3031, 4) });
  });

  test('is healthy at 1 miss of 12 (WX-C8c)', () => {
    expect(errorBudget(of(1, 12), of(0, 3), 0.85)).toMatchObject({
      alert: false,
      burn: expect.closeTo(0.5556, 4),
      probabilityLong: expect.closeTo(0.282, 3),
    });
  });

  test('raises no alert on 7 decisions, however many missed, and does on 8', () => {
    expect(errorBudget(of(7, 7), of(3, 3), 0.85).alert).toBe(false);
    expect(errorBudget(of(8, 8), of(3, 3), 0.85).alert).toBe(true);
  });

  test('raises no alert while nothing was decided lately, whatever came before', () => {
    expect(errorBudget(of(6, 12), of(0, 0), 0.85)).toMatchObject({
      alert: false,
      probabilityShort: undefined,
    });
  });

  test('has no burn without a decision', () => {
    expect(errorBudget(of(0, 0), of(0, 0), 0.8)).toMatchObject({ burn: undefined, allowed: 0, alert: false });
  });

  test('refuses an objective written as a percent, or one that leaves no budget', () => {
    expect(() => errorBudget(of(1, 2), of(1, 2), 85)).toThrow(/write 0\.8 for 80 %/);
    expect(() => errorBudget(of(1, 2), of(1, 2), 1)).toThrow(RangeError);
  });
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    test.each(['WX-C8-long4of12', 'WX-C8-short2of3', 'WX-C8-short0of3', 'WX-C8-long1of12'] as const)(
      '%s',
      (id) => {
        const { input, expected, tol } = golden(id);
        const budget = errorBudget(of(input.miss, input.n), of(0, 0), input.slo);
        expect(Math.abs(budget.probabilityLong - expected.pOverBudget)).toBeLessThanOrEqual(tol);
        expect(Math.abs((budget.burn ?? Number.NaN) - expected.burn)).toBeLessThanOrEqual(tol);
      },
    );
  },
);
