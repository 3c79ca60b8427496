import { describe, expect, test } from 'vitest';
import { agingWork } from '#risks/aging-work.ts';
import { uniform } from '#statistics/random.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { around, issuesOf, type Work } from './working-team.ts';
import { endOfWeek, HEALTHY, seenBy, worked } from './working-teams.ts';

/** From week 45 on a fifth of what is begun is never finished. */
const leftLying: Partial<Work> = {
  doing: (random, week) => (week > 45 && uniform(random) < 0.2 ? 900 : around(5, 0.7)(random)),
};

describe('work that is left lying', () => {
  const signal = seenBy(agingWork, worked(leftLying));

  test('is seen, with how much longer an item takes than the finished ones suggest', () => {
    expect(signal?.statement).toMatch(
      /^\d+ of the \d+ items under way are older than 85 % of the finished ones got \(\d+ days\); with work left lying/,
    );
    expect(signal?.probabilityReal).toBeGreaterThan(0.98);
  });

  test('costs the flow debt in weeks, which is the number that the report shows', () => {
    const debt = signal?.evidence[0]?.number;
    const [low = 0, high = 0] = signal?.cost?.weeks ?? [];
    const middle = debt?.kind === 'value' ? debt.value / 7 : Number.NaN;
    expect((low + high) / 2).toBeCloseTo(middle, 6);
    // A fifth of 36 weeks of 6 items lie: about 43 of them, for half of the window on average, 120 finish in it.
    expect(middle).toBeGreaterThan(2);
    expect(middle).toBeLessThan(10);
  });

  test('names the items, oldest first, ten at most', () => {
    const items = signal?.evidence[0]?.items ?? [];
    expect(items).toHaveLength(10);
    expect(items[0]?.why).toMatch(/^\d{3} days under way, in In Progress$/);
  });
});

describe('work that was begun and put back', () => {
  /** Forty items begun 100 days before the end and left there, or put back after three days. */
  const laid = (path: string) =>
    Array.from({ length: 40 }, (_, i) => issue(`PAY-${i + 1}`, path, { from: '2026-04-22' }));
  const of = (path: string) =>
    view(team(), endOfWeek(HEALTHY.weeks), [
      ...issuesOf({ seed: 'working team', ...HEALTHY }),
      ...laid(path),
    ]);

  test('is in nobody’s hands, and no work left lying', () => {
    expect(seenBy(agingWork, of('In Progress'))?.probabilityReal).toBeGreaterThan(0.98);
    expect(agingWork(of('In Progress 3d → To Do'))).toEqual([]);
  });
});

test.each([
  ['where all is well', {}],
  ['where times differ much, so that a quarter of open work is always old', { doing: around(6, 1) }],
  ['where reviews are slow', { review: around(12, 0.5) }],
  [
    'in a team of four months that takes a month for an item',
    { from: '2026-03-30', weeks: 17, doing: around(25, 0.8) },
  ],
  ['where an item takes longer than the window can judge', { doing: around(70, 0.5) }],
  ['where nothing is finished', { doing: () => 900 }],
])('it is not seen %s', (_, changes) => {
  expect(agingWork(worked(changes))).toEqual([]);
});
