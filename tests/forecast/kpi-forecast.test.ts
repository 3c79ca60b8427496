import { describe, expect, test } from 'vitest';
import type { Kpi } from '#domain/goal.ts';
import { kpiForecast } from '#forecast/kpi-forecast.ts';
import { evidence, kpiValue } from '#tests/builders/evidence.ts';
import { day, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';

/** 1, 2, 2, 3 and 4 on five Mondays from 5 January 2026: the line of the linear trend's own test, in weeks. */
const MONDAYS = ['2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26', '2026-02-02'];
const VALUES = [1, 2, 2, 3, 4];
const kpi = (target: number, direction: Kpi['direction'] = 'up'): Kpi => ({
  id: 'migrated',
  target,
  direction,
});

/** The forecast as of 2 February for a day, which is 16 February unless told otherwise. */
function forecast(of: Kpi, values = VALUES, by = '2026-02-16') {
  const told = values.map((value, i) => kpiValue(Date.parse(`${MONDAYS[i]}T12:00Z`), 'migrated', value));
  const seen = view(team(), '2026-02-02', [], {}, evidence({ kpiValues: told }));
  return kpiForecast(seen, goal(by), of, day(by));
}

describe('the forecast of a KPI', () => {
  test('is Student’s t around the line through its values', () => {
    expect(forecast(kpi(6)).probability).toMatchObject({
      kind: 'value',
      value: expect.closeTo(0.1139, 4),
      n: 5,
      window: { from: '2026-01-05', to: '2026-02-02' },
    });
  });

  test('is the same from above, where less is better', () => {
    const down = forecast(
      kpi(4, 'down'),
      VALUES.map((value) => 10 - value),
    );
    expect(down.probability).toMatchObject({ value: expect.closeTo(0.1139, 4) });
  });

  test('says when the target would be reached, and what pace even odds would take', () => {
    // The line is at 3.8 today and at 5.2 on the day; it is at 6.05 after 50.5 days, which is in the 9th day after it.
    const { late50, late85, pace } = forecast(kpi(6.05));
    expect([late50, late85]).toEqual([9, 18]);
    expect(pace).toBeCloseTo((6.05 - 3.8) / 1.4, 12);
  });

  test('is told from 5 to 95 %, since nobody has evidence for more', () => {
    expect(forecast(kpi(60)).probability).toMatchObject({ value: 0.05, bound: '<' });
    expect(forecast(kpi(-60)).probability).toMatchObject({ value: 0.95, bound: '>' });
  });

  test('knows no day and no pace where the values go the other way', () => {
    const { late50, late85, pace, lookedAt } = forecast(kpi(6), VALUES.toReversed());
    expect([late50, late85, pace]).toEqual([undefined, undefined, undefined]);
    expect(lookedAt).toBe(364 - 14);
  });

  test('takes five values on different days, and goes no further ahead than they reach back', () => {
    expect(forecast(kpi(6), VALUES.slice(0, 4)).probability).toMatchObject({
      kind: 'insufficient',
      have: 4,
      need: 5,
    });
    expect(forecast(kpi(6), VALUES, '2026-03-02').probability.kind).toBe('value');
    expect(forecast(kpi(6), VALUES, '2026-03-03').probability).toMatchObject({
      kind: 'insufficient',
      have: 28,
      need: 29,
    });
  });
});
