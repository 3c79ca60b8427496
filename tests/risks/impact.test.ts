import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { daysUntil, type GoalAhead, impactOf } from '#risks/impact.ts';
import { goal, held, model, support } from './worked-support.ts';

describe('customer support takes 2 of 5 people (WX-CF-1)', () => {
  const impact = impactOf(goal, [support]);

  test('its relief lifts 31 % to between 52 and 73 %', () => {
    expect(impact?.probability?.now).toBeCloseTo(0.3068, 4);
    expect(impact?.probability?.relieved[0]).toBeCloseTo(0.5156, 4);
    expect(impact?.probability?.relieved[1]).toBeCloseTo(0.727, 4);
    expect(impact?.dP?.map((each) => Number(each.toFixed(2)))).toEqual([0.21, 0.42]);
  });

  test('and brings the day met one time in two forward by 2.3 to 4.1 weeks', () => {
    expect(impact?.weeks?.map((each) => Number(each.toFixed(1)))).toEqual([2.3, 4.1]);
  });

  test('from 10.2 weeks to between 7.8 and 6.1; 18.2 weeks are safe as it is', () => {
    const weeks = (ratio: number, chance: number) =>
      (daysUntil({ ...held.model, pace: { ...model.pace, share: ratio } }, chance) ?? 0) / 7;
    expect(weeks(1, 0.5)).toBeCloseTo(10.17, 2);
    expect(weeks(5 / 3, 0.5)).toBeCloseTo(6.06, 2);
    expect(weeks((5 / 3) ** 0.5, 0.5)).toBeCloseTo(7.84, 2);
    expect(weeks(1, 0.85)).toBeCloseTo(18.2, 1);
  });
});

describe('relief', () => {
  test('of nobody knows how many people cannot be computed', () => {
    const { people: _, ...unknown } = goal;
    expect(impactOf(unknown, [support])).toBeUndefined();
    expect(impactOf({ ...goal, people: 0 }, [support])).toBeUndefined();
  });

  test('of pace or scope needs no people to be known', () => {
    const { people: _, ...unknown } = goal;
    expect(impactOf(unknown, [{ kind: 'pace', ratio: [1, 5 / 3] }])?.probability?.relieved[1]).toBeCloseTo(
      0.727,
      4,
    );
    expect(impactOf(unknown, [{ kind: 'scope', items: [0, 24] }])?.probability?.relieved[1]).toBe(0.95);
  });

  test('of two together is worth more than of either, and less than their sum', () => {
    const one = { kind: 'people', fte: [1, 1, 1] } as const;
    const alone = impactOf(goal, [one])?.dP?.[1] ?? 0;
    const both = impactOf(goal, [one, one])?.dP?.[1] ?? 0;
    expect(both).toBeCloseTo(impactOf(goal, [support])?.dP?.[1] ?? 0, 12);
    expect(both).toBeGreaterThan(alone);
    expect(both).toBeLessThan(2 * alone);
  });

  test('is worth at least so much where a chance is told no closer than 5 or 95 %', () => {
    const bound = (one: GoalAhead, ...items: readonly number[]) =>
      impactOf(
        one,
        items.map((count) => ({ kind: 'scope', items: [count, count] })),
      )?.dPBound;
    // Now 31 %: the gain of support lies between two chances that are known; with nothing left to do one is not.
    expect(impactOf(goal, [support])).not.toHaveProperty('dPBound');
    expect(bound(goal, 24)).toBe('>');
    const hopeless = { ...goal, model: { ...model, open: 240 } };
    expect(impactOf(hopeless, [])?.probability?.now).toBe(0.05);
    expect(bound(hopeless, 216)).toBe('>');
    // What gains nothing is no bound of anything.
    expect(bound(hopeless, 1)).toBeUndefined();
    expect(bound({ ...goal, model: { ...model, open: 0 } }, 1)).toBeUndefined();
  });

  test('of nothing is worth nothing, and no relief makes a goal less likely', () => {
    expect(impactOf(goal, [])?.dP).toEqual([0, 0]);
    const shipped = { ...goal, model: { ...model, prior: SHIPPED_PRIOR } };
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.integer({ min: 0, max: 30 }),
        (a, b, items) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          const impact = impactOf(shipped, [
            { kind: 'people', fte: [low, (low + high) / 2, high] },
            { kind: 'scope', items: [0, items] },
          ]);
          const [from, to] = impact?.dP ?? [Number.NaN, Number.NaN];
          expect(from).toBeGreaterThanOrEqual(-1e-12);
          expect(to).toBeGreaterThanOrEqual(from);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('work that would be through earlier', () => {
  test('has the chance of a date that lies so much later, and lands that much earlier', () => {
    const impact = impactOf(goal, [{ kind: 'sooner', days: [7, 14] }]);
    expect(impact?.probability?.relieved[0]).toBeCloseTo(
      impactOf({ ...goal, days: 63 }, [])?.probability?.now ?? Number.NaN,
      9,
    );
    expect(impact?.weeks?.[0]).toBeCloseTo(1, 9);
    expect(impact?.weeks?.[1]).toBeCloseTo(2, 9);
  });
});
