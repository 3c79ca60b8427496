import { describe, expect, test } from 'vitest';
import { MS_PER_DAY } from '#domain/calendar.ts';
import { pooledShare, sayDo } from '#metrics/say-do.ts';
import { carryOver } from '#risks/carry-over.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { seenBy } from './working-teams.ts';

const START = Date.UTC(2026, 0, 5);
const at = (days: number) => new Date(START + days * MS_PER_DAY).toISOString();
/** Two-week cycles from the fifth of January on, planned without a gap. */
const cyclesFrom = (start: number) =>
  Array.from({ length: 12 }, (_, i) => ({
    id: `s${i + 1}`,
    name: `Sprint ${i + 1}`,
    startAt: start + 14 * i * MS_PER_DAY,
    plannedEndAt: start + 14 * (i + 1) * MS_PER_DAY,
  }));

/** In each cycle so many done of so many committed to; what is not done goes on into the next, and takes so many days in all. */
const kept = (each: readonly (readonly [done: number, committed: number])[], days = 20, start = START) => {
  const issues = each.flatMap(([done, committed], i) =>
    Array.from({ length: committed }, (_, n) =>
      issue(`PAY-${100 * (i + 1) + n}`, n < done ? 'In Progress 10d → Done' : `In Progress ${days}d → Done`, {
        from: at(14 * i),
        assignee: 'somebody',
        changes: [
          { at: at(14 * i + 0.1), field: 'cycles' as const, to: `s${i + 1}` },
          ...(n < done ? [] : [{ at: at(14 * i + 14.05), field: 'cycles' as const, from: `s${i + 1}` }]),
          ...(n < done ? [] : [{ at: at(14 * i + 14.1), field: 'cycles' as const, to: `s${i + 2}` }]),
        ],
      }),
    ),
  );
  return view(team(), at(14 * each.length + 2).slice(0, 10), issues, { cycles: cyclesFrom(start) });
};

describe('cycles that commit to more than gets done', () => {
  const poor = [
    [4, 10],
    [5, 10],
    [3, 10],
    [5, 10],
    [4, 10],
    [4, 10],
  ] as const;
  const six = kept(poor, 200);
  const signal = seenBy(carryOver, six);

  test('are seen, with how long it takes what is meant for one', () => {
    // Carried over items belong to the commitment of the next cycle too, and are not done there.
    expect(signal?.statement).toMatch(
      /^Of \d+ items committed to in 6 cycles 25 \(\d\d %\) were done by the end/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.95);
  });

  test('last as long as they do, also where one ends on the day on which the next begins', () => {
    // From Monday 10:00 to Monday 10:00, as trackers have it: fifteen days are touched, and fourteen elapse.
    const [midnight, morning] = [six, kept(poor, 200, START + 10 * 3_600_000)];
    for (const seen of [midnight, morning])
      expect(seenBy(carryOver, seen)?.statement).toContain('what is meant for 14 days takes ');
  });

  test('cost length * (1 / share - 1), from the ends of the interval of the share of the latest five', () => {
    const latest = sayDo(six).cycles.slice(-5);
    const { lower = 0, upper = 1 } =
      pooledShare(latest.map(({ done: k, committed: n }) => ({ k, n }))).interval ?? {};
    expect(signal?.cost?.weeks?.[0]).toBeCloseTo(2 * (1 / upper - 1), 9);
    expect(signal?.cost?.weeks?.[1]).toBeCloseTo(2 * (1 / lower - 1), 9);
  });

  test('name open items that have been through two cycles or more, those with the most first', () => {
    const items = signal?.evidence[1]?.items ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]).toMatchObject({
      why: 'in 2 cycles so far, and open',
      url: expect.stringMatching(/^https:/),
    });
  });
});

describe('they are not seen', () => {
  const bad = [4, 10] as const;
  test.each([
    ['where nine of ten are kept', Array.from({ length: 6 }, () => [9, 10] as const)],
    [
      'after one bad cycle among good ones',
      [
        [9, 10],
        [9, 10],
        [9, 10],
        [2, 10],
        [10, 10],
        [9, 10],
      ] as const,
    ],
    ['once the later cycles keep what they say', [bad, bad, bad, [20, 20], [20, 20], [20, 20]] as const],
    ['below five cycles', [bad, bad, bad, bad]],
    [
      'below 20 items',
      Array.from({ length: 5 }, () => [1, 3] as const)
        .slice(0, 5)
        .map(() => [1, 2] as const),
    ],
  ])('%s', (_, each) => {
    expect(carryOver(kept(each))).toEqual([]);
  });

  test('where there are no cycles', () => {
    expect(carryOver(view(team(), '2026-05-01', [issue('PAY-1', 'In Progress 9d → Done')]))).toEqual([]);
  });
});
