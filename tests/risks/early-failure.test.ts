import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { goalBases, goalChance } from '#forecast/goal-forecast.ts';
import { assessRisks, type RiskAssessment } from '#risks/assess.ts';
import { earlyFailure, optionTo } from '#risks/early-failure.ts';
import { earlyFailureIn } from '#risks/early-weeks.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { day, epicWith, GOAL_START, goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

describe('weekly chances of .34 .22 .18 .15 .25 .38 (WX-E2)', () => {
  /** The Sundays at whose ends they were found. */
  const found: Readonly<Record<string, number>> = {
    '2026-01-04': 0.34,
    '2026-01-11': 0.22,
    '2026-01-18': 0.18,
    '2026-01-25': 0.15,
    '2026-02-01': 0.25,
    '2026-02-08': 0.38,
  };
  const on = (day: string) => earlyFailureIn(view(team(), day, []), ({ day: then }) => found[then]);

  test('are an early failure from the fourth week on, until the sixth', () => {
    expect(Object.keys(found).map((day) => on(day) !== undefined)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  test('that is as likely as the goal was to be missed at the weaker of the two weeks', () => {
    // 1 - .18; the fifth week, at .25, changes nothing.
    for (const day of ['2026-01-25', '2026-01-28', '2026-02-01', '2026-02-07']) {
      expect(on(day)?.probabilityReal).toBeCloseTo(0.82, 12);
      expect(on(day)?.stands).toEqual({ since: '2026-01-18', raisedOn: '2026-01-25' });
    }
  });

  test('are asked for no further back than to the last that clears', () => {
    const asked: string[] = [];
    earlyFailureIn(view(team(), '2026-03-01', []), ({ day }) => {
      asked.push(day);
      return found[day];
    });
    expect(asked).toEqual(['2026-03-01', '2026-02-22', '2026-02-15', '2026-02-08']);
  });
});

test('chances of .18 and .17 are one, and its first way out is a declared alternative at .55 (WX-E2b)', () => {
  const found: Readonly<Record<string, number>> = { '2026-01-18': 0.18, '2026-01-25': 0.17 };
  const seen = view(team(), '2026-01-25', []);
  expect(earlyFailureIn(seen, ({ day: then }) => found[then])).toMatchObject({
    stands: { since: '2026-01-18', raisedOn: '2026-01-25' },
  });
  const probability: Measurement = {
    kind: 'value',
    value: 0.55,
    unit: 'probability',
    interval90: [0.4, 0.7],
    n: 40,
    window: { from: day('2025-07-28'), to: day('2026-01-25') },
    confidence: 'high',
    method: 'by hand',
    excluded: [],
  };
  const other = {
    key: 'PAY-2',
    title: 'The other way',
    url: 'https://acme.example/browse/PAY-2',
    probability,
  };
  const failing = (value: number): Measurement => ({ ...probability, value });
  expect(optionTo(other, failing(0.18))).toMatchObject([
    {
      action: 'Move the effort to the alternative “The other way”.',
      assumption: 'It has a chance of 55 % by the same day even without that effort.',
      isFirst: true,
    },
  ]);
  // What is no likelier than the goal is no better way: it stands behind what is worth something.
  expect(optionTo(other, failing(0.55))).toMatchObject([{ isFirst: false }]);
  expect(optionTo({ ...other, probability: failing(0.05) }, failing(0.05))).toMatchObject([
    { isFirst: false },
  ]);
});

describe('a team that is asked for much more than it can do', () => {
  /** Two finished a week for more than two years, so that forecasts are proven; then 30 more items. */
  const weeks = 110;
  const on = (days: number) => new Date(GOAL_START + days * 86_400_000).toISOString().slice(0, 10);
  const detectors = [earlyFailure];
  const flood = (from: number, path: (i: number) => string = () => 'To Do') =>
    range(30).map((i) => issue(`PAY-${9000 + i}`, path(i), { parent: 'PAY-1', from: goalDay(from) }));
  const assessed = (seen: TeamView): RiskAssessment => assessRisks(seen, { detectors, goalAhead });
  const chance = (seen: TeamView) => {
    const { primary } = goalBases(seen);
    return primary && goalChance(primary);
  };

  test('is told at the second weekly evaluation below 20 %, not weeks later', () => {
    const issues = [...epicWith('PAY-1', { open: 8, weeks }), ...flood(weeks * 7 - 35)];
    const seen = (day: string) => view(team({ goals: [goal(on(weeks * 7 + 105))] }), day, issues);
    const [first, second] = [seen(on(weeks * 7 - 29)), seen(on(weeks * 7 - 22))];
    expect([first.day, second.day]).toEqual(['2027-06-13', '2027-06-20']);
    expect([chance(first), chance(second)].map((p) => (p ?? 1) < 0.2)).toEqual([true, true]);
    expect(assessed(first).risks).toEqual([]);
    const [risk] = assessed(second).risks;
    expect(risk).toMatchObject({ kind: 'early_failure', persistedWeeks: 2, firstSeen: '2027-06-13' });
    expect(risk?.probabilityReal).toBeCloseTo(1 - (chance(first) ?? 0), 12);
  });

  test('is told so until a Monday takes it back, and not by the days between', () => {
    // 60 items leave the goal on a Tuesday and are back on the Saturday; Sundays see none of it.
    const tuesday = weeks * 7 - 6;
    const back = range(30).map((i) =>
      issue(`PAY-${9000 + i}`, 'To Do 29d → Cancelled 4d → To Do', {
        parent: 'PAY-1',
        from: goalDay(tuesday - 29),
      }),
    );
    const gone = range(30).map((i) =>
      issue(`PAY-${9000 + i}`, 'To Do 29d → Cancelled', { parent: 'PAY-1', from: goalDay(tuesday - 29) }),
    );
    const steady = epicWith('PAY-1', { open: 8, weeks });
    const seen = (days: number, more = back) =>
      view(team({ goals: [goal(on(weeks * 7 + 105))] }), on(days), [...steady, ...more]);
    const days = range(7).map((i) => tuesday + i);
    expect(new Date(`${on(tuesday)}T00:00Z`).getUTCDay()).toBe(2);
    expect(days.map((at) => (chance(seen(at)) ?? 0) > 0.35)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(days.map((at) => assessed(seen(at)).risks.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(assessed(seen(tuesday)).risks[0]?.statement).toMatch(
      /for two weeks running, which stands until a Monday finds more than 35 %: stop/,
    );
    // Had they stayed away, the Sunday would have taken it back.
    expect(assessed(seen(tuesday + 5, gone)).risks).toEqual([]);
  });

  test('is told so while the chance is above 20 % again, and not yet above 35 %', () => {
    const dropped = (i: number) => (i < 9 ? 'To Do 28d → Cancelled' : 'To Do');
    const issues = [...epicWith('PAY-1', { open: 8, weeks: weeks + 12 }), ...flood(weeks * 7 - 35, dropped)];
    const seen = view(team({ goals: [goal(on(weeks * 7 + 140))] }), on(weeks * 7 - 1), issues);
    expect(seen.day).toBe('2027-07-11');
    expect(chance(seen)).toBeGreaterThan(0.2);
    expect(chance(seen)).toBeLessThan(0.35);
    const [risk] = assessed(seen).risks;
    expect(risk).toMatchObject({ kind: 'early_failure', persistedWeeks: 5 });
    expect(risk?.statement).toMatch(/is at 20 % for .* was below 20 % for two weeks running/);
  });
});
