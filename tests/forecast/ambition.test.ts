import { describe, expect, test } from 'vitest';
import { ambition } from '#forecast/ambition.ts';

describe('the pace a date needs over the pace there is', () => {
  test('is 1.2 for 24 items in 8 weeks, 3 a week, at 2.5 a week (WX-E3)', () => {
    expect(ambition(24, 8, { value: 2.5, lower: 2.5, upper: 2.5 })?.ratio).toBeCloseTo(1.2, 12);
  });

  test('is .88 to 1.67 with a pace of 1.8 to 3.4, which cannot exclude that it is feasible (WX-E3b)', () => {
    const found = ambition(24, 8, { value: 2.5, lower: 1.8, upper: 3.4 });
    expect(found?.ratio).toBeCloseTo(1.2, 12);
    expect(found?.interval.lower).toBeCloseTo(0.88, 2);
    expect(found?.interval.upper).toBeCloseTo(1.67, 2);
    expect(found?.verdict).toBe('cannot_exclude_feasible');
  });

  test.each([
    [24, 8, 'infeasible_at_this_pace', { value: 1, lower: 0.5, upper: 2 }],
    [24, 8, 'feasible', { value: 5, lower: 3, upper: 7 }],
    [0, 8, 'feasible', { value: 5, lower: 3, upper: 7 }],
  ])('%d items in %d weeks: %s', (items, weeks, verdict, pace) => {
    expect(ambition(items, weeks, pace)?.verdict).toBe(verdict);
  });

  test('is no number without a pace or without time', () => {
    expect(ambition(24, 8, { value: 0, lower: 0, upper: 1 })).toBeUndefined();
    expect(ambition(24, 0, { value: 2, lower: 1, upper: 3 })).toBeUndefined();
    expect(ambition(24, -1, { value: 2, lower: 1, upper: 3 })).toBeUndefined();
  });
});
