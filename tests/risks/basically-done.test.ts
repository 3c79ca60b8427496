import { range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import { basicallyDone } from '#risks/basically-done.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import { impactOf } from '#risks/impact.ts';
import { uniform } from '#statistics/random.ts';
import { goal as dueGoal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { around, type Work } from './working-team.ts';
import { HEALTHY, seenBy, worked } from './working-teams.ts';

/** From week 40 on a third of what enters review lies there for two months. */
const lying = {
  review: (random: Parameters<ReturnType<typeof around>>[0], week: number) =>
    around(2, 0.6)(random) + (week > 40 && uniform(random) < 1 / 3 ? 60 : 0),
};

describe('work that is basically done', () => {
  const signal = seenBy(basicallyDone, worked(lying));

  test('is seen where a third of it lies and the rest is through at once', () => {
    expect(signal?.statement).toMatch(
      /^\d+ items are basically done and have waited for longer than the \d+ days/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.98);
  });

  test('costs what it would be worth if the last mile took the best quartile', () => {
    // About 2 + 60 / 3 = 22 days on average; a quarter is through within 2.
    const [low = 0, high = 0] = signal?.relief?.kind === 'sooner' ? signal.relief.days : [];
    expect(low).toBeGreaterThan(10);
    expect(high).toBeLessThan(32);
    expect(signal?.cost?.weeks).toEqual([low / 7, high / 7]);
    expect(signal).not.toHaveProperty('isOfGoalsLast');
    expect(signal?.options.map(({ relief }) => relief())).toEqual([
      'none of them is the goal’s',
      signal?.relief,
    ]);
  });

  test('names the items, the oldest claim first, with links', () => {
    const items = signal?.evidence[0]?.items ?? [];
    expect(items.length).toBeGreaterThan(2);
    expect(
      items.every(({ url, why }) => url.startsWith('https://acme.example/') && why.startsWith('claimed')),
    ).toBe(true);
  });
});

describe('where work goes out by a train every eight weeks', () => {
  const eightWeeks = 56 * 86_400_000;
  const begin = Date.parse(HEALTHY.from);
  const trainAfter = (at: number) => Math.ceil((at - begin) / eightWeeks);
  const versions = Array.from({ length: 12 }, (_, k) => ({
    id: `t${k}`,
    projectId: 'pay',
    name: `t${k}`,
    released: true,
    releaseDay: new Date(begin + k * eightWeeks).toISOString().slice(0, 10) as CalendarDay,
  }));
  const options: Work['options'] = (_, doneAt) => ({ versions: [`t${trainAfter(doneAt)}`] });
  const seen = (changes: Partial<Work>) =>
    seenBy(basicallyDone, worked({ ...changes, options }, 82, {}, { versions }));

  test('reviews that lie are seen by the way to being called done, which the train does not hide', () => {
    const signal = seen(lying);
    expect(signal?.statement).toContain('from there to being called done on average');
    expect(signal?.probabilityReal).toBeGreaterThan(0.98);
  });

  test('nothing is seen where none lies', () => {
    expect(seen({})).toBeUndefined();
  });
});

describe('a goal that is worked on', () => {
  const underGoal = (goals: readonly Goal[]) =>
    seenBy(basicallyDone, worked({ ...lying, options: () => ({ labels: ['launch'] }) }, 82, { goals }));
  const goal: Goal = {
    id: 'launch',
    name: 'Launch',
    scope: { kind: 'label', name: 'launch' },
    date: '2026-12-01' as CalendarDay,
  };

  test('waits for the last of its items: longer than they take on average, and no longer than they lie', () => {
    const [of, without] = [underGoal([goal]), underGoal([])];
    const low = (signal: typeof of) => signal?.cost?.weeks?.[0] ?? Number.NaN;
    expect(of?.statement).toMatch(/ The last of the goal’s items takes about \d+ days\.$/);
    expect(low(of)).toBeGreaterThan(low(without) + 2);
    expect([of?.isOfGoalsLast, without?.isOfGoalsLast]).toEqual([true, undefined]);
    // A review that lies takes two months and its few days.
    expect(of?.cost?.weeks?.[1]).toBeLessThan(12);
    expect(of?.probabilityReal).toBe(without?.probabilityReal);
  });

  describe('of which', () => {
    const at = (days: number) => new Date(Date.UTC(2025, 5, 2) + days * 86_400_000).toISOString();
    /** Reviews of the goal's stories that end in a day or two, and 14 that were forgotten, of the goal or of something else. */
    const forgottenUnder = (parent: string) => {
      const epics = ['PAY-1', 'PAY-2'].map((key) => issue(key, 'In Progress', { type: 'Epic', from: at(0) }));
      const through = range(78).map((i) =>
        issue(`PAY-${100 + i}`, `To Do 2d → In Progress ${2 + (i % 3)}d → Review ${1 + (i % 2)}d → Done`, {
          from: at(2.2 * i),
          parent: 'PAY-1',
        }),
      );
      const forgotten = range(14).map((i) =>
        issue(`PAY-${300 + i}`, 'To Do 1d → In Progress 3d → Review', { from: at(60 + 4 * i), parent }),
      );
      const ahead = range(8).map((i) => issue(`PAY-${400 + i}`, 'To Do', { from: at(1), parent: 'PAY-1' }));
      const of = view(team({ goals: [dueGoal('2026-01-15')] }), '2025-12-01', [
        ...epics,
        ...through,
        ...forgotten,
        ...ahead,
      ]);
      const [signal] = basicallyDone(of);
      const goalOf = goalAhead(of);
      if (signal?.relief === undefined || goalOf === undefined)
        throw new Error('it is seen, and there is a goal');
      return { signal, dP: impactOf(goalOf, [signal.relief])?.dP };
    };

    test('some lie gains much by their relief', () => {
      expect(forgottenUnder('PAY-1').dP?.[0]).toBeGreaterThan(0.1);
    });

    test('none lies gains next to nothing by the relief of others, which cost what they wait themselves', () => {
      const { signal, dP } = forgottenUnder('PAY-2');
      // Its own reviews take at most two days, where a quarter takes at most one.
      expect(signal.relief).toMatchObject({ kind: 'sooner' });
      expect(dP?.[1]).toBeLessThan(0.02);
      expect(signal.cost?.weeks?.[0]).toBeGreaterThan(1);
    });
  });
});

describe('it is not seen', () => {
  test.each([
    ['where reviews are slow and honest', { review: around(12, 0.5) }],
    ['where they take three weeks, give or take', { review: around(21, 0.3) }],
    ['where all is well', {}],
  ])('%s', (_, changes) => {
    expect(basicallyDone(worked(changes))).toEqual([]);
  });

  test('where a release train takes what is there every six weeks', () => {
    const sixWeeks = 42 * 86_400_000;
    const trains = worked({
      doing: around(3, 0.5),
      // In review until the next train leaves.
      reviewUntil: (at) => Math.ceil(at / sixWeeks) * sixWeeks,
    });
    expect(basicallyDone(trains)).toEqual([]);
  });

  test('below 19 claims that came true', () => {
    expect(basicallyDone(worked({ ...lying, from: '2026-06-01', weeks: 4 }))).toEqual([]);
  });
});
