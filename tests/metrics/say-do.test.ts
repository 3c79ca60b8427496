import { describe, expect, test } from 'vitest';
import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Cycle } from '#domain/reference.ts';
import { pooledShare, sayDo } from '#metrics/say-do.ts';
import { team, view } from '#tests/builders/team.ts';
import { type Change, issue } from '#tests/builders/timeline.ts';
import { golden, hasGolden, near } from '#tests/statistics/golden.ts';

/** Two-week cycles s1, s2, … from Monday the fifth of January on, planned without a gap. */
const START = Date.UTC(2026, 0, 5);
const cycles: readonly Cycle[] = Array.from({ length: 12 }, (_, i) => ({
  id: `s${i + 1}`,
  name: `Sprint ${i + 1}`,
  startAt: START + 14 * i * MS_PER_DAY,
  plannedEndAt: START + 14 * (i + 1) * MS_PER_DAY,
}));
const on = (day: string, issues: Parameters<typeof view>[2], known = cycles) =>
  sayDo(view(team(), day, issues, { cycles: known }));

const into = (at: string, cycle = 's1'): Change => ({ at, field: 'cycles', to: cycle });
const outOf = (at: string, cycle = 's1'): Change => ({ at, field: 'cycles', from: cycle });
const story = (number: number, path: string, changes: readonly Change[], from = '2026-01-01') =>
  issue(`PAY-${number}`, path, { from, changes });

/** In each cycle so many committed, and so many of these done in its second week. */
const kept = (each: readonly (readonly [done: number, committed: number])[]) =>
  each.flatMap(([done, committed], i) =>
    Array.from({ length: committed }, (_, at) =>
      story(
        100 * (i + 1) + at,
        at < done ? 'In Progress 10d → Done' : 'In Progress',
        [into(new Date(START + 14 * i * MS_PER_DAY + 1000).toISOString(), `s${i + 1}`)],
        new Date(START + 14 * i * MS_PER_DAY).toISOString(),
      ),
    ),
  );

describe('one cycle', () => {
  const hours = (count: number) => new Date(START + count * 3_600_000).toISOString();
  const before = '2026-01-02';
  const one = [
    story(1, 'In Progress 10d → Done', [into(before)]),
    story(2, 'In Progress 10d → Done', [into(before)]),
    story(3, 'In Progress 10d → Done', [into(hours(2))]),
    story(4, 'In Progress', [into(before), outOf(hours(30))]),
    story(5, 'In Progress', [into(before), into(hours(14 * 24), 's2')]),
    story(6, 'In Progress 12d → Done', [into(hours(50))]),
    story(7, 'In Progress', [into(hours(50))]),
  ];

  test('commits to what is in it after a day: 5, of which 3 done, 1 taken out, 1 carried over; 2 added (WX-C4c)', () => {
    expect(on('2026-01-20', one).cycles).toEqual([
      {
        id: 's1',
        name: 'Sprint 1',
        from: '2026-01-05',
        to: '2026-01-18',
        days: 14,
        committed: 5,
        done: 3,
        added: 2,
        punted: 1,
        carriedOver: 1,
      },
    ]);
  });

  test('is not told before it has ended', () => {
    expect(on('2026-01-17', one).cycles).toEqual([]);
    expect(on('2026-01-18', one).cycles).toMatchObject([{ committed: 5, done: 3 }]);
  });

  test('that was ended early is judged then', () => {
    const early = cycles.map((cycle) => ({ ...cycle, endedAt: START + 5 * MS_PER_DAY }));
    expect(on('2026-01-20', one, early).cycles).toMatchObject([{ committed: 5, done: 0 }]);
  });

  test('does not count what was done before it began, nor after it ended', () => {
    const old = story(8, 'In Progress 2d → Done', [into('2026-01-02')]);
    const late = story(9, 'In Progress 20d → Done', [into('2026-01-02')]);
    expect(on('2026-02-10', [old, late]).cycles).toMatchObject([{ id: 's1', committed: 1, done: 0 }]);
  });

  test('keeps what was done in time, also when it is reopened later', () => {
    const reopened = story(8, 'In Progress 10d → Done 20d → In Progress', [into('2026-01-02')]);
    expect(on('2026-02-10', [reopened]).cycles).toMatchObject([{ committed: 1, done: 1 }]);
  });

  test('without dates cannot be judged', () => {
    expect(on('2026-01-20', one, [{ id: 's1', name: 'Some day' }]).cycles).toEqual([]);
  });

  test('taken up again two cycles later was not carried over', () => {
    const dropped = story(8, 'In Progress', [
      into('2026-01-02'),
      outOf('2026-01-19'),
      into('2026-03-16T12:00Z', 's6'),
    ]);
    expect(on('2026-04-30', [dropped]).cycles).toMatchObject([
      { id: 's1', carriedOver: 0 },
      { id: 's6', committed: 1 },
    ]);
  });
});

describe('several cycles', () => {
  test('8, 5 and 9 of 10 are 73 %, as unsure as the cycles differ, and no verdict (WX-C4a)', () => {
    const { sayDo: share, trend } = on(
      '2026-02-20',
      kept([
        [8, 10],
        [5, 10],
        [9, 10],
      ]),
    );
    // Jeffreys over the 30 items [.588, .847]; t over three cycles, error .1202, [.382, 1]: the wider counts.
    expect(share).toMatchObject({
      value: expect.closeTo(0.7333, 4),
      interval90: [expect.closeTo(0.3824, 4), 1],
      n: 30,
      confidence: 'low',
      window: { from: '2026-01-05', to: '2026-02-15' },
    });
    expect(trend).toEqual({
      kind: 'insufficient',
      have: 3,
      need: 5,
      what: 'finished cycles with a commitment',
    });
  });

  test('six with 33 items allow a verdict: 82 %, and no trend that could be told (WX-C4b)', () => {
    const result = on(
      '2026-04-05',
      kept([
        [4, 5],
        [5, 5],
        [3, 5],
        [4, 6],
        [5, 6],
        [6, 6],
      ]),
    );
    expect(result.sayDo).toMatchObject({
      value: expect.closeTo(0.8182, 4),
      interval90: [expect.closeTo(0.6804, 4), expect.closeTo(0.953, 3)],
      n: 33,
      confidence: 'medium',
    });
    // 12 of 15, then 15 of 18.
    expect(result.trend).toMatchObject({ kind: 'cannot_tell' });
  });

  test('five cycles with too few items allow none', () => {
    const { trend } = on(
      '2026-04-05',
      kept([
        [3, 3],
        [3, 3],
        [3, 3],
        [3, 3],
        [3, 3],
      ]),
    );
    expect(trend).toEqual({ kind: 'insufficient', have: 15, need: 20, what: 'committed items' });
  });

  test('get better when that is more than 90 % likely, or worse', () => {
    const rising = [
      [1, 6],
      [2, 6],
      [2, 6],
      [5, 6],
      [6, 6],
      [6, 6],
    ] as const;
    expect(on('2026-04-05', kept(rising)).trend).toMatchObject({ kind: 'better' });
    expect(on('2026-04-05', kept(rising.toReversed())).trend).toMatchObject({ kind: 'worse' });
  });

  test('say that their dates are only known now', () => {
    expect(
      on(
        '2026-02-20',
        kept([
          [1, 2],
          [1, 2],
        ]),
      ).knownOnlyNow,
    ).toContain('cycle.plannedEndAt');
  });

  test('that ended more than half a year ago are forgotten', () => {
    expect(
      on(
        '2026-09-30',
        kept([
          [1, 2],
          [1, 2],
        ]),
      ).cycles,
    ).toEqual([]);
  });
});

describe.skipIf(!hasGolden)(
  'reference examples (only where ../shared/data/golden/metrics.json exists)',
  () => {
    test.each(['WX-C4a', 'WX-C4b'] as const)('%s', (id) => {
      const { input, expected, tol } = golden(id);
      const { value, interval } = pooledShare(
        input.done.map((k, i) => ({ k, n: input.committed[i] ?? Number.NaN })),
      );
      expect(near([value, interval?.lower, interval?.upper], [expected.pooled, ...expected.t], tol)).toBe(
        true,
      );
    });
  },
);
