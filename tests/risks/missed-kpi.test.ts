import { describe, expect, test } from 'vitest';
import type { Kpi } from '#domain/goal.ts';
import { assessRisks } from '#risks/assess.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { missedKpi } from '#risks/missed-kpi.ts';
import { evidence, kpiValue } from '#tests/builders/evidence.ts';
import { day, epicWith, GOAL_START, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';

/** Two finished a week for more than two years, so that forecasts are proven, and 40 items left for half a year. */
const WEEKS = 110;
const on = (days: number) => new Date(GOAL_START + days * 86_400_000).toISOString().slice(0, 10);
const TODAY = on(WEEKS * 7 - 1);

/** A measure that was told on the last eight Sundays, at whose ends Mondays begin, and is due in four weeks. */
function risks(
  values: readonly number[],
  { asOf = TODAY, open = 40, ...more }: Partial<Kpi> & { asOf?: string; open?: number } = {},
) {
  const told = values.map((value, i) =>
    kpiValue(Date.parse(`${on(WEEKS * 7 - 50 + 7 * i)}T12:00Z`), 'migrated', value),
  );
  const kpi: Kpi = {
    id: 'migrated',
    name: 'teams migrated',
    target: 20,
    direction: 'up',
    date: day(on(WEEKS * 7 + 27)),
    ...more,
  };
  const seen = view(
    team({
      goals: [goal(on(WEEKS * 7 + 180), { kpis: [kpi] })],
    }),
    asOf,
    epicWith('PAY-1', { open, weeks: WEEKS }),
    {},
    evidence({ kpiValues: told }),
  );
  return assessRisks(seen, { detectors: [missedKpi], goalAhead }).risks;
}

const SLOW = [1, 2, 2, 3, 4, 4, 5, 6];

describe('a goal whose measure will miss its target', () => {
  test('is an early failure at the second weekly evaluation that says so', () => {
    // On the seventh Sunday the values reach back 42 days and the day lies 35 ahead; a week before it was 35 and 42.
    expect(risks(SLOW, { asOf: on(WEEKS * 7 - 8) })).toEqual([]);
    const [risk, ...more] = risks(SLOW);
    expect(more).toEqual([]);
    expect(risk).toMatchObject({
      id: 'payments/early_failure/checkout/kpi/migrated',
      kind: 'early_failure',
      owner: 'leadership',
      persistedWeeks: 2,
    });
    expect(risk?.probabilityReal).toBeGreaterThanOrEqual(0.8);
    expect(risk?.statement).toMatch(
      /^“teams migrated” of “Checkout is live” stands at 6 and is to be 20 by .*: as its values go that has a chance of less than 5 %, and had less than 20 % for two weeks running\. Even odds would take [\d.]+ times the pace at which it moves\./,
    );
    // Some .7 a week from 6 to 20, in place of 4 weeks: many weeks late.
    expect(risk?.impact.weeks?.[0]).toBeGreaterThan(10);
    expect(risk?.evidence[0]?.metric).toBe('goals.kpi');
  });

  test('is none while the values lead there, and no longer once the target is reached', () => {
    expect(risks([1, 3, 5, 7, 10, 11, 13, 15], { target: 18 })).toEqual([]);
    expect(risks([...SLOW.slice(0, 7), 21])).toEqual([]);
  });

  test('is none where a tenth of the work is not left, or too few values are known', () => {
    expect(risks(SLOW, { open: 5 })).toEqual([]);
    expect(risks(SLOW.slice(0, 5))).toEqual([]);
  });
});
