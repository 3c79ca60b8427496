import { describe, expect, test } from 'vitest';
import type { CycleTimeDefinition } from '#domain/team.ts';
import { cycleTimeBy, cycleTimeDefinitions } from '#metrics/cycle-time-definitions.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const ELAPSED: CycleTimeDefinition = { clock: 'elapsed', start: 'active', finish: 'done', backward: 'kept' };
const days = (path: string, changes: Partial<CycleTimeDefinition> = {}, from = '2026-01-05') => {
  const seen = view(team(), '2026-03-31', [issue('PAY-1', path, { from })]);
  return seen.items.map((item) => cycleTimeBy(item, { ...ELAPSED, ...changes }, seen))[0];
};

// Two days wait, three of work, twenty aside, two of work, one in review.
const PAUSED = 'To Do 2d → In Progress 3d → To Do 20d → In Progress 2d → Review 1d → Done';
// Three of work, six called done, two of work.
const REOPENED = 'To Do 2d → In Progress 3d → Done 6d → In Progress 2d → Done';
const REWORKED = 'To Do 2d → In Progress 3d → Review 2d → In Progress 4d → Review 1d → Done';

describe('one history, read differently', () => {
  test.each<[string, Partial<CycleTimeDefinition>, number, number, number]>([
    ['elapsed', {}, 26, 11, 10],
    ['active only', { clock: 'active_only' }, 6, 5, 10],
    ['days touched', { clock: 'inclusive_days' }, 27, 12, 11],
    ['start wiped by a move back', { backward: 'wiped' }, 3, 11, 10],
    ['from commitment', { start: 'todo' }, 28, 13, 12],
    ['from creation', { start: 'created' }, 28, 13, 12],
    ['from review', { start: 'late' }, 1, Number.NaN, 7],
    ['from review, wiped by going back to work', { start: 'late', backward: 'wiped' }, 1, Number.NaN, 1],
    ['until review', { finish: 'late' }, 25, 11, 9],
  ])('%s', (_, changes, paused, reopened, reworked) => {
    const told = [PAUSED, REOPENED, REWORKED].map((path) => days(path, changes) ?? Number.NaN);
    expect(told).toEqual([paused, reopened, reworked]);
  });

  test('never started, still open, reopened and dropped items have no time under any', () => {
    for (const path of [
      'To Do 2d → Done',
      'In Progress',
      'In Progress 2d → Done 2d → In Progress',
      'In Progress 2d → Cancelled',
    ]) {
      expect(days(path)).toBeUndefined();
    }
  });

  test('waiting in review is finished for who finishes there, and reviewed work for everybody', () => {
    expect([days('In Progress 4d → Review', { finish: 'late' }), days('In Progress 4d → Review')]).toEqual([
      4,
      undefined,
    ]);
  });
});

describe('a team', () => {
  const made = (count: number, path: string, from: string, first: number) =>
    Array.from({ length: count }, (_, i) => issue(`PAY-${first + i}`, path, { from }));
  // Half a year ago everything took 8 days, which is what is expected now. This quarter 14 of 20 do, and 6 stood aside for 20 days in between.
  const issues = [
    ...made(20, 'In Progress 8d → Done', '2025-08-11', 100),
    ...made(14, 'In Progress 5d → Done', '2026-01-05', 200),
    ...made(6, 'In Progress 3d → To Do 20d → In Progress 2d → Done', '2026-01-05', 300),
  ];
  const read = (changes: Parameters<typeof team>[0] = {}) =>
    new Map(cycleTimeDefinitions(view(team(changes), '2026-02-27', issues)).map((one) => [one.name, one]));

  test('reads 70 % within its 8 days by elapsed time, and 100 % by active time', () => {
    const told = read();
    expect(told.get('elapsed')).toMatchObject({
      chosen: true,
      withinExpectation: { value: 0.7, n: 20 },
      p50: { value: 5 },
      p85: { value: 25 },
    });
    expect(told.get('active_only')).toMatchObject({
      chosen: false,
      withinExpectation: { value: 1, n: 20 },
      p85: { value: 5 },
    });
    // Start wiped: 2 days for those that stood aside.
    expect(told.get('wiped_on_backward_move')).toMatchObject({
      withinExpectation: { value: 1 },
      p50: { value: 5 },
    });
    expect(told.get('inclusive_days')).toMatchObject({ p50: { value: 6 }, p85: { value: 26 } });
  });

  test('that goes by another of them is told so', () => {
    const told = read({ cycleTime: { ...ELAPSED, clock: 'active_only' } });
    expect([...told.values()].filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual([
      'active_only',
    ]);
    expect(told.has('custom')).toBe(false);
  });

  test('that goes by none of them has its own beside them, first', () => {
    const told = [...read({ cycleTime: { ...ELAPSED, start: 'late' } }).values()];
    expect(told[0]).toMatchObject({
      name: 'custom',
      chosen: true,
      p50: { kind: 'insufficient', have: 0, need: 5 },
    });
    expect(told).toHaveLength(8);
  });

  test('too young for an expectation has percentiles all the same', () => {
    const young = cycleTimeDefinitions(
      view(team(), '2026-02-27', made(5, 'In Progress 4d → Done', '2026-01-05', 1)),
    );
    expect(young[0]).toMatchObject({
      p50: { value: 4 },
      p85: { kind: 'insufficient', have: 5, need: 19 },
      withinExpectation: { kind: 'insufficient' },
    });
  });
});
