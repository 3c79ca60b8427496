import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { Goal } from '#domain/goal.ts';
import type { Issue } from '#domain/issue.ts';
import type { Team } from '#domain/team.ts';
import { goalBases, goalChance, goalForecast } from '#forecast/goal-forecast.ts';
import { acceptMeans } from '#risks/acceptance.ts';
import { earlyFailure } from '#risks/early-failure.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { chanceAsItIs, impactOf } from '#risks/impact.ts';
import { noDatedGoal } from '#risks/no-dated-goal.ts';
import { optionsOf } from '#risks/options.ts';
import { isRaised } from '#risks/raise.ts';
import type { Impact } from '#risks/risk.ts';
import type { Signal } from '#risks/signal.ts';
import { unrealisticGoal } from '#risks/unrealistic-goal.ts';
import { epicWith, GOAL_START, goal, goalDay } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const TODAY = '2025-11-30';
const about = (
  goals: readonly Goal[] | undefined,
  issues: readonly Issue[],
  on = TODAY,
  more: Partial<Team> = {},
) => view(team({ ...(goals === undefined ? {} : { goals }), ...more }), on, issues);

/** Whether a signal that was there for some weeks is put before people. */
const raised = (signal: Signal | undefined, persistedWeeks: number): boolean =>
  signal !== undefined &&
  isRaised({ ...signal, hidesCost: signal.hidesCost ?? false, impact: signal.cost ?? {}, persistedWeeks });

const half = epicWith('PAY-1', { open: 20 });

describe('an unrealistic goal', () => {
  test('is one that is less likely than not to be done by its date', () => {
    const seen = about([goal('2026-01-11')], half);
    const [signal, ...more] = unrealisticGoal(seen);
    expect(more).toEqual([]);
    expect(signal).toMatchObject({
      kind: 'unrealistic_goal',
      about: 'checkout',
      owner: 'leadership',
      confidence: { reasons: ['model uncalibrated for this team'] },
    });
    expect(signal?.statement).toMatch(
      /^“Checkout is live” has a chance of (less than )?\d+ % to be done by Sun 11 January 2026\. Its 20 items left, and what is expected to come in, need [\d.]+ times the present pace of 2 a week\. It was below 20 % for two weeks running, which is not called an early failure: model uncalibrated for this team\.$/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.8);
    // At two a week it needs well over the 6 weeks it has.
    expect(signal?.cost?.weeks?.[0]).toBeGreaterThan(1);
    expect(signal?.evidence.map(({ metric }) => metric)).toEqual([
      'goals.probability',
      'goals.ambition',
      'goals.open',
    ]);
    expect(signal?.evidence[2]?.items).toHaveLength(10);
    const [scope, safer, date, pace] = signal?.options.map(({ action }) => action) ?? [];
    for (const one of [scope, safer])
      expect(one).toMatch(/^Take \d+ of the 20 open items out of the goal\.$/);
    expect(date).toMatch(/^Move the date: to .* for even odds, to .* to be 85 % sure\.$/);
    expect(pace).toMatch(/^Work on the goal [\d.]+ times as fast/);
  });

  test('is judged by what its organisation calls realistic', () => {
    const at = (realistic: number) =>
      unrealisticGoal(about([goal('2026-01-11')], half, TODAY, { cutPoints: { realistic, safe: 0.9 } }));
    expect(at(0.01)).toEqual([]);
    expect(at(0.5)[0]?.statement).toBe(unrealisticGoal(about([goal('2026-01-11')], half))[0]?.statement);
  });

  test('can be mended by less scope, another day or more pace, each worth what it makes of the chance', () => {
    const seen = about([goal('2026-01-11')], half);
    const [signal] = unrealisticGoal(seen);
    const ahead = goalAhead(seen);
    const now = ahead && chanceAsItIs(ahead);
    if (signal === undefined || now === undefined) throw new Error('it is ahead');
    const options = optionsOf(ahead, signal.options);
    const reached = (action: string) =>
      options.filter((one) => one.action.startsWith(action)).map(({ dP }) => dP?.map((gain) => now + gain));
    // Most first: enough items fewer to be safe, then those for even odds; one item fewer would not do.
    const [safe, even] = reached('Take');
    expect(safe?.[0]).toBeGreaterThanOrEqual(0.8);
    expect(even?.[0]).toBeGreaterThanOrEqual(0.5);
    expect(even?.[0]).toBeLessThan(safe?.[0] ?? 0);
    // Days are whole: what is reached with 50 and 85 % lies at them or a little above.
    const [moved] = reached('Move the date');
    expect(moved?.[0]).toBeGreaterThanOrEqual(0.5);
    expect(moved?.[0]).toBeLessThan(0.56);
    expect(moved?.[1]).toBeGreaterThanOrEqual(0.85);
    expect(moved?.[1]).toBeLessThan(0.89);
    expect(reached('Work on the goal')[0]?.[0]).toBeCloseTo(0.5, 1);
    expect(options.map(({ dP }) => dP?.[0] ?? 0)).toEqual(
      options.map(({ dP }) => dP?.[0] ?? 0).toSorted((a, b) => b - a),
    );
  });

  test('offers no relief, so that it never counts as something the team could be relieved of', () => {
    expect(unrealisticGoal(about([goal('2026-01-11')], half))[0]).not.toHaveProperty('relief');
  });

  test('is not one that is likely, done, or of which too little is known', () => {
    expect(unrealisticGoal(about([goal('2026-10-01')], half))).toEqual([]);
    expect(unrealisticGoal(about([goal('2026-01-11')], epicWith('PAY-1', { open: 0 })))).toEqual([]);
    const young = epicWith('PAY-1', { open: 3, weeks: 1 });
    expect(unrealisticGoal(about([goal('2026-01-11')], young))).toEqual([]);
    expect(unrealisticGoal(about(undefined, half))).toEqual([]);
  });

  test('has no chance once its date has passed with something left, and chance 1 with nothing (WX-E1b)', () => {
    const [signal] = unrealisticGoal(about([goal('2025-11-28')], half));
    expect(signal).toMatchObject({
      statement:
        'The date of “Checkout is live”, Fri 28 November 2025, passed 2 days ago with 20 items left.',
      probabilityReal: 1,
    });
    const { primary } = goalBases(about([goal('2025-11-28')], half));
    expect(primary && goalChance(primary)).toBe(0);
    const closed = epicWith('PAY-1', { open: 0 }).map((one) =>
      one.id === 'pay1' ? issue('PAY-1', 'To Do 2d → Done', { type: 'Epic', from: '2025-06-02' }) : one,
    );
    const done = goalBases(about([goal('2025-11-28')], closed)).primary;
    expect(done && goalChance(done)).toBe(1);
  });

  describe('misses its date by weeks', () => {
    const date = '2026-01-11';
    const cost = (open: number, more: readonly Issue[] = []) =>
      unrealisticGoal(about([goal(date)], [...epicWith('PAY-1', { open }), ...more]))[0]?.cost;

    test('from even odds to 85 %, where both days can be told', () => {
      expect(cost(20)?.weeks?.[1]).toBeGreaterThan(cost(20)?.weeks?.[0] ?? Number.NaN);
      expect(cost(20)).not.toHaveProperty('weeksBound');
    });

    test('of which only the least is known where no day within a year is safe', () => {
      // 90 items at two a week take 45 weeks; the longest horizon that forecasts were checked for is 364 days.
      const { weeks, weeksBound } = cost(90) ?? {};
      expect(weeksBound).toBe('>');
      expect(weeks?.[0]).toBeLessThan(weeks?.[1] ?? 0);
      // 30 November to 11 January are 42 days: past the 364th day it is late by more than (364 - 42) / 7 weeks.
      expect(weeks?.[1]).toBeCloseTo((365 - 42) / 7, 9);
    });

    test('at both ends where no day within a year has even odds', () => {
      expect(cost(300)).toEqual({ weeks: [(365 - 42) / 7, (365 - 42) / 7], weeksBound: '>' });
    });

    test('of which only the least is known where nobody knows how much an epic holds', () => {
      const unsplit = issue('PAY-2', 'To Do', { type: 'Epic', parent: 'PAY-1', from: goalDay(0) });
      expect(cost(20, [unsplit])?.weeksBound).toBe('>');
    });

    test('and leaving it as it is means no less', () => {
      const view = about([goal(date)], half);
      const leaving = (impact: Impact) => acceptMeans(view, undefined, impact);
      expect(leaving({ weeks: [13.9, 44.9] })).toBe('It goes on costing 13.9 to 44.9 weeks.');
      expect(leaving({ weeks: [13.9, 44.9], weeksBound: '>' })).toBe(
        'It goes on costing at least 13.9 weeks.',
      );
    });
  });

  test('is raised, since it lasts and misses its date by more than a week', () => {
    const seen = about([goal('2026-01-04')], epicWith('PAY-1', { open: 30 }));
    const [signal] = unrealisticGoal(seen);
    expect(raised(signal, 2)).toBe(true);
    expect(raised(signal && { ...signal, cost: { weeks: [0.5, 3] } }, 2)).toBe(false);
  });
});

describe('the goal that costs are counted in', () => {
  test('is the primary one, with its chance as the report has it', () => {
    const seen = about([goal('2026-02-01')], half);
    const ahead = goalAhead(seen);
    expect(ahead).toMatchObject({ id: 'checkout', days: 63 });
    if (ahead === undefined) throw new Error('it is ahead');
    const { primary } = goalBases(seen);
    const impact = impactOf(ahead, [{ kind: 'scope', items: [5, 5] }]);
    expect(impact?.probability?.now).toBeCloseTo((primary && goalChance(primary)) ?? 0, 10);
    expect(impact?.dP?.[0]).toBeGreaterThan(0);
  });

  test('is none without a date ahead, and without anything left', () => {
    expect(goalAhead(about([goal('2025-11-01')], half))).toBeUndefined();
    expect(goalAhead(about([goal(undefined)], half))).toBeUndefined();
    expect(goalAhead(about(undefined, half))).toBeUndefined();
  });

  test('knows how many people work on it, where three or more are seen at work', () => {
    const at = (who: string, parent?: string) =>
      issue(`PAY-${90 + Number(who)}`, 'In Progress', {
        from: goalDay(0),
        assignee: `p${who}`,
        ...(parent === undefined ? {} : { parent }),
      });
    const seen = about([goal('2026-02-01')], [...half, at('1', 'PAY-1'), at('2', 'PAY-1'), at('3')]);
    expect(goalAhead(seen)?.people).toBeCloseTo(2, 10);
    expect(goalAhead(about([goal('2026-02-01')], [...half, at('1', 'PAY-1')]))).not.toHaveProperty('people');
  });
});

describe('a team without a dated goal', () => {
  test('is told that cost cannot be stated, at once (WX-RISK-2)', () => {
    const seen = about(undefined, half);
    const [signal] = noDatedGoal(seen);
    expect(signal).toMatchObject({
      statement: 'No dated goal: cost cannot be stated. The team named no goal.',
      hidesCost: true,
      owner: 'leadership',
    });
    expect(raised(signal, 0)).toBe(true);
  });

  test('is told why: no date, or nothing of that name', () => {
    const statement = (goals: readonly Goal[]) => noDatedGoal(about(goals, half))[0]?.statement;
    expect(statement([goal(undefined)])).toContain('“Checkout is live” has no date.');
    expect(statement([goal('2026-02-01', {}, 'PAY-99')])).toContain('Nothing in the data matches “Checkout');
  });

  test('is told nothing once it has one, even one that was missed, or while no work is open', () => {
    expect(noDatedGoal(about([goal('2026-02-01')], half))).toEqual([]);
    expect(noDatedGoal(about([goal('2025-11-01')], half))).toEqual([]);
    expect(noDatedGoal(about(undefined, [issue('PAY-1', 'To Do 1d → Done')]))).toEqual([]);
  });
});

describe('early failure', () => {
  /** Two finished a week for 110 weeks, so that forecasts can be held against what came; then 60 more items at once. */
  const weeks = 110;
  const grown = weeks * 7 - 24;
  const steady = epicWith('PAY-1', { open: 8, weeks });
  const flood = range(60).map((i) =>
    issue(`PAY-${9000 + i}`, 'To Do', { parent: 'PAY-1', from: goalDay(grown) }),
  );
  const on = (days: number) => new Date(GOAL_START + days * 86_400_000).toISOString().slice(0, 10);
  const [today, date] = [on(weeks * 7 - 2), on(weeks * 7 + 40)];
  const seen = (issues: readonly Issue[], asOf = today, more: Partial<Team> = {}) =>
    about([goal(date)], issues, asOf, more);

  test('is raised by two weekly evaluations below 20 %, with what would mend it', () => {
    const of = seen([...steady, ...flood]);
    const [signal] = earlyFailure(of);
    expect(signal).toMatchObject({ kind: 'early_failure', about: 'checkout', owner: 'leadership' });
    expect(signal?.statement).toMatch(
      /was below 20 % for two weeks running: stop or change course while \d+ %/,
    );
    expect(signal?.statement).toContain('Finding this out early is a good result');
    expect(signal?.statement).toMatch(/Even odds would take [\d.]+ times the pace\./);
    expect(signal?.options.at(-1)?.action).toMatch(/^Stop the goal/);
    expect(signal?.confidence.reasons).toEqual([]);
  });

  test('says what even odds would take in people only where three or more are on the goal', () => {
    const people = (onGoal: number) =>
      range(5).map((i) =>
        issue(`PAY-${9800 + i}`, 'In Progress', {
          from: goalDay(grown - 60),
          assignee: `p${i}`,
          ...(i < onGoal ? { parent: 'PAY-1' } : {}),
        }),
      );
    const statement = (onGoal: number) =>
      earlyFailure(seen([...steady, ...flood, ...people(onGoal)]))[0]?.statement;
    expect(statement(3)).toMatch(
      /Even odds would take [\d.]+ times the pace, [\d.]+ people in place of 3 if pace goes with people\./,
    );
    for (const few of [1, 2]) expect(statement(few)).toMatch(/Even odds would take [\d.]+ times the pace\. /);
  });

  test('is not raised by one', () => {
    expect(earlyFailure(seen([...steady, ...flood], on(grown + 7)))).toEqual([]);
    expect(earlyFailure(seen([...steady, ...flood], on(grown + 14)))).toHaveLength(1);
  });

  test('is cleared on the first Sunday that ends with a chance above 35 %', () => {
    const dropped = range(60).map((i) =>
      issue(`PAY-${9000 + i}`, 'To Do 20d → Cancelled', { parent: 'PAY-1', from: goalDay(grown) }),
    );
    // What was dropped on the Thursday is found at the end of the Sunday.
    expect(earlyFailure(seen([...steady, ...dropped]))).toHaveLength(1);
    expect(earlyFailure(seen([...steady, ...dropped], on(weeks * 7 - 1)))).toEqual([]);
  });

  test('is suppressed while the model is uncalibrated for the team, and the goal is called unrealistic with that said', () => {
    const young = epicWith('PAY-1', { open: 60 });
    const of = about([goal('2025-12-31')], young);
    expect(earlyFailure(of)).toEqual([]);
    expect(unrealisticGoal(of)[0]?.confidence.reasons).toContain('model uncalibrated for this team');
  });

  test('is not raised for what is all but finished', () => {
    const nearly = epicWith('PAY-1', { open: 8, weeks });
    expect(earlyFailure(about([goal(on(weeks * 7 - 1))], nearly, today))).toEqual([]);
  });

  test('is also raised in the last fortnight, and with few items left: a tenth unspent is all that is asked', () => {
    const one = epicWith('PAY-1', { open: 1, weeks });
    const before = (days: number) =>
      earlyFailure(about([goal(on(weeks * 7 + days))], [...one, ...flood], on(weeks * 7 - 9)));
    expect(before(-3)).toHaveLength(1);
  });

  test('puts first to move the effort to a declared alternative that has a better chance (WX-E2b)', () => {
    const other = epicWith('PAY-2', { open: 6, weeks: 20 });
    const alternatives = [{ id: 'way', streams: ['PAY-1', 'PAY-2'] }];
    const shifted = range(20 * 2).map((i) =>
      issue(`PAY-${5000 + i}`, `To Do ${1 + 3.5 * i}d → In Progress 2d → Done`, {
        parent: 'PAY-2',
        from: goalDay(weeks * 7 - 160),
      }),
    );
    const of = seen([...steady, ...flood, ...other, ...shifted], today, { alternatives });
    const [signal] = earlyFailure(of);
    expect(signal?.options[0]?.action).toBe('Move the effort to the alternative “Epic PAY-2”.');
    expect(signal?.options[0]?.assumption).toMatch(/^It has a chance of (more than )?\d+ %/);
    expect(signal?.evidence.at(-1)).toMatchObject({
      metric: 'goals.alternative',
      items: [{ key: 'PAY-2' }],
    });
  });

  test('tells the ambition of the date among its evidence (WX-E3)', () => {
    const of = seen([...steady, ...flood]);
    const { primary } = goalBases(of);
    if (primary === undefined) throw new Error('it is dated');
    const { ambition } = goalForecast(of, primary);
    expect(earlyFailure(of)[0]?.evidence[1]).toEqual({
      metric: 'goals.ambition',
      number: ambition,
      items: [],
    });
  });
});
