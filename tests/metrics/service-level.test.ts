import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import { earlierView } from '#domain/team-view.ts';
import { decisionsOf } from '#metrics/decisions.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const one = (number: number, path: string, options: IssueOptions) => issue(`PAY-${number}`, path, options);
const many = (count: number, first: number, path: string, options: IssueOptions) =>
  Array.from({ length: count }, (_, i) => one(first + i, path, options));

describe('a decision', () => {
  /** The twelfth day after the start of A and B. */
  const day = '2026-01-12';
  const outcomes = (issues: Parameters<typeof view>[2]) =>
    decisionsOf(view(team(), day, issues), 10).map(({ item, at, outcome }) => [
      item.key,
      outcome,
      new Date(at).toISOString().slice(0, 10),
    ]);

  test('falls at finishing or when the age passes the expectation: A in time, B late while open, C not yet (WX-C8d)', () => {
    const [a, b, c] = [
      one(1, 'In Progress 8d → Done', { from: '2026-01-01' }),
      one(2, 'In Progress', { from: '2026-01-01' }),
      one(3, 'In Progress', { from: '2026-01-06' }),
    ];
    expect(outcomes([a, b, c])).toEqual([
      ['PAY-1', 'kept', '2026-01-09'],
      ['PAY-2', 'missed', '2026-01-11'],
    ]);
  });

  test('stands when the item is closed later, whichever way', () => {
    expect(
      outcomes([
        one(1, 'In Progress 11d → Done', { from: '2026-01-01' }),
        one(2, 'In Progress 11d → Cancelled', { from: '2026-01-01' }),
      ]),
    ).toEqual([
      ['PAY-1', 'missed', '2026-01-11'],
      ['PAY-2', 'missed', '2026-01-11'],
    ]);
  });

  test('is not needed for what was dropped in time or never begun', () => {
    expect(
      outcomes([
        one(1, 'In Progress 5d → Cancelled', { from: '2026-01-01' }),
        one(2, 'To Do 5d → Done', { from: '2026-01-01' }),
      ]),
    ).toEqual([['PAY-1', 'dropped', '2026-01-06']]);
  });
});

describe('a delivery promise', () => {
  // In the last quarter 17 of 20 items took 4 days, three took 10: 85 % finished within 4 days.
  const past = [
    ...many(17, 100, 'In Progress 4d → Done', { from: '2025-11-03' }),
    ...many(3, 200, 'In Progress 10d → Done', { from: '2025-11-03' }),
  ];
  const on = (day: string, issues: Parameters<typeof view>[2], objective?: number) =>
    serviceLevel(
      view(team(objective === undefined ? {} : { serviceLevelObjective: objective }), day, [
        ...past,
        ...issues,
      ]),
    );
  // Over the 8 weeks up to the 27th of March: 8 in time and 4 late, two of these among the last three decisions.
  const kept = many(8, 300, 'In Progress 2d → Done', { from: '2026-02-09' });
  const early = many(2, 400, 'In Progress 9d → Done', { from: '2026-02-09' });
  const late = many(2, 500, 'In Progress', { from: '2026-03-16' });
  const lately = [
    ...early,
    ...kept.slice(1),
    ...late,
    one(600, 'In Progress 2d → Done', { from: '2026-03-18' }),
  ];

  test('is what 85 % took when the quarter began, and stays so whatever comes', () => {
    const slow = many(30, 700, 'In Progress 20d → Done', { from: '2026-01-05' });
    for (const day of ['2026-01-01', '2026-03-27', '2026-03-31']) {
      expect(on(day, slow)).toMatchObject({ expectation: { value: 4 }, quarterBegan: '2026-01-01' });
    }
    expect(on('2026-04-01', slow)).toMatchObject({ expectation: { value: 20 }, quarterBegan: '2026-04-01' });
  });

  test('broken too often over 8 weeks, and still, alerts: 4 of 12 and 2 of 3 at 85 % (WX-C8a)', () => {
    const promise = on('2026-03-27', lately, 0.85);
    expect(promise).toMatchObject({
      alert: true,
      inTime: { value: expect.closeTo(2 / 3, 9), n: 12 },
      budget: {
        allowed: { value: expect.closeTo(1.8, 9) },
        used: { value: 4 },
        burn: { value: expect.closeTo(2.22, 2) },
      },
      overspent: {
        long: { value: expect.closeTo(0.9513, 4) },
        short: { value: expect.closeTo(0.9832, 4), n: 3 },
      },
    });
    expect(promise.missed.map(({ key, missedOn, finished }) => [key, missedOn, finished])).toEqual([
      ['PAY-500', '2026-03-20', false],
      ['PAY-501', '2026-03-20', false],
      ['PAY-400', '2026-02-13', true],
      ['PAY-401', '2026-02-13', true],
    ]);
  });

  test('recovering does not alert: 4 of 12, but none of the last 3 (WX-C8b)', () => {
    const recovering = [
      ...many(4, 400, 'In Progress 9d → Done', { from: '2026-02-09' }),
      ...many(5, 300, 'In Progress 2d → Done', { from: '2026-02-09' }),
      ...many(3, 500, 'In Progress 2d → Done', { from: '2026-03-18' }),
    ];
    expect(on('2026-03-27', recovering, 0.85)).toMatchObject({
      alert: false,
      overspent: { long: { value: expect.closeTo(0.9513, 4) }, short: { value: expect.closeTo(0.303, 3) } },
    });
  });

  test('broken before, with nothing decided in the last 2 weeks, does not alert and says that it cannot tell', () => {
    const quiet = [
      ...many(6, 400, 'In Progress 9d → Done', { from: '2026-02-09' }),
      ...many(6, 300, 'In Progress 2d → Done', { from: '2026-02-09' }),
    ];
    expect(on('2026-03-27', quiet, 0.85)).toMatchObject({
      alert: false,
      overspent: {
        short: { kind: 'insufficient', have: 0, need: 1, what: 'items decided in the last 2 weeks' },
      },
    });
  });

  test('kept 11 times of 12 is healthy (WX-C8c)', () => {
    const healthy = [
      one(400, 'In Progress 9d → Done', { from: '2026-02-09' }),
      ...many(11, 300, 'In Progress 2d → Done', { from: '2026-02-09' }),
    ];
    expect(on('2026-03-27', healthy, 0.85)).toMatchObject({
      alert: false,
      budget: { burn: { value: expect.closeTo(0.556, 3) } },
      overspent: { long: { value: expect.closeTo(0.282, 3) } },
    });
  });

  test('is to be kept for 80 % unless the team says otherwise', () => {
    expect(on('2026-03-27', lately)).toMatchObject({
      objective: 0.8,
      budget: { allowed: { value: expect.closeTo(2.4, 9) } },
    });
  });

  test('tells nothing from 7 decisions but which they were', () => {
    const few = on('2026-03-27', [...early, ...kept.slice(3)]);
    const short = { kind: 'insufficient', have: 7, need: 8, what: 'items decided in the last 8 weeks' };
    expect([few.inTime, few.budget.burn, few.overspent.long]).toEqual([short, short, short]);
    expect(few.alert).toBeUndefined();
    expect(few.missed).toHaveLength(2);
  });

  test('replayed on earlier Mondays says what it would have said then', () => {
    const now = view(team(), '2026-03-27', [...past, ...lately]);
    for (const day of ['2026-03-16', '2026-02-16', '2025-12-29'] as CalendarDay[]) {
      expect(serviceLevel(earlierView(now, day))).toEqual(on(day, lately));
    }
  });

  test('counts what was dropped in time as left out', () => {
    const dropped = one(900, 'In Progress 2d → Cancelled', { from: '2026-03-02' });
    expect(on('2026-03-27', [...lately, dropped]).inTime).toMatchObject({
      n: 12,
      excluded: [{ reason: 'cancelled', count: 1 }],
    });
  });
});

test('there is no promise where nothing is known of the time before the quarter', () => {
  const young = many(20, 1, 'In Progress 4d → Done', { from: '2026-01-05' });
  const { expectation, inTime } = serviceLevel(view(team(), '2026-02-27', young));
  expect(expectation).toEqual({
    kind: 'insufficient',
    have: 0,
    need: 19,
    what: 'finished items with a recorded start, before the quarter began',
  });
  expect(inTime).toEqual(expectation);
});

test('where most of the work was never finished, 85 % stayed within nothing', () => {
  const past = [
    ...many(20, 100, 'In Progress 4d → Done', { from: '2025-11-03' }),
    ...many(20, 200, 'In Progress', { from: '2025-11-03' }),
  ];
  expect(serviceLevel(view(team(), '2026-02-27', past)).expectation).toMatchObject({
    kind: 'insufficient',
    what: 'cycle times that 85 % of items stayed within, before the quarter began',
  });
});
