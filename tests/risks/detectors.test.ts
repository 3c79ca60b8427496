import { describe, expect, test } from 'vitest';
import { earlierView } from '#domain/team-view.ts';
import { DETECTORS, WITHOUT_RELIEF } from '#risks/detectors.ts';
import type { Signal } from '#risks/signal.ts';
import { uniform } from '#statistics/random.ts';
import { around, type Work } from './working-team.ts';
import { endOfWeek, worked } from './working-teams.ts';

/** Who touches what must never show. */
const touched = (startedAt: number) => ({
  assignee: `person-${startedAt % 4}`,
  actor: 'person-9',
  dueDate: new Date(startedAt + 2 * 86_400_000).toISOString().slice(0, 10),
});
const troubled: readonly Partial<Work>[] = [
  { review: (random) => around(2, 0.6)(random) + (uniform(random) < 0.3 ? 60 : 0), options: touched },
  {
    doing: (random, week) => (week > 40 && uniform(random) < 0.2 ? 900 : around(5, 0.7)(random)),
    options: touched,
  },
  { perWeek: [...Array.from({ length: 69 }, () => 8), 2], options: touched },
];
const WEEK = 75;
const seen = (view: ReturnType<typeof worked>) => DETECTORS.flatMap((detector) => detector(view));
const signals = troubled.flatMap((work) => seen(worked(work, WEEK)));

describe('whatever is seen', () => {
  test('is a good deal, here', () => {
    expect(signals.map(({ kind }) => kind).toSorted()).toEqual(
      expect.arrayContaining(['aging_work', 'basically_done', 'slipping_dates', 'unstable_throughput']),
    );
  });

  test('is said in plain words, and names nobody', () => {
    for (const { statement } of signals) expect(statement).toMatch(/^[A-Z\d].*\.$/);
    expect(JSON.stringify(signals)).not.toContain('person-');
  });

  test('stands on numbers, and on items with links, ten at most', () => {
    expect(signals.filter(({ evidence, hidesCost }) => evidence.length === 0 && !hidesCost)).toEqual([]);
    for (const { evidence } of signals) {
      for (const { items } of evidence) {
        expect(items.length).toBeLessThanOrEqual(10);
        for (const { url, why } of items)
          expect([url, why]).toEqual([expect.stringMatching(/^https:/), expect.any(String)]);
      }
    }
  });

  test('is a probability, costs from low to high, and can be acted upon', () => {
    for (const { probabilityReal, cost, relief, options } of signals) {
      expect(probabilityReal).toBeGreaterThanOrEqual(0);
      expect(probabilityReal).toBeLessThanOrEqual(1);
      const ranges = [cost?.weeks, cost?.fte, relief?.kind === 'sooner' ? relief.days : undefined];
      const inOrder = ranges.filter((range) => range !== undefined).every(([low, high]) => low <= high);
      expect(inOrder).toBe(true);
      expect(options.length).toBeGreaterThan(0);
    }
  });

  test('could be relieved only where reliefs are asked for', () => {
    const found = troubled.flatMap((work) =>
      WITHOUT_RELIEF.flatMap((detector) => detector(worked(work, WEEK))),
    );
    expect(found.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['aging_work', 'slipping_dates']));
    expect(found.filter(({ relief }) => relief !== undefined)).toEqual([]);
  });

  test('knows nothing of what came later', { timeout: 60_000 }, () => {
    for (const work of troubled) {
      const then = told(seen(worked(work, WEEK)));
      expect(told(seen(worked({ ...work, weeks: WEEK }, WEEK)))).toEqual(then);
      expect(told(seen(earlierView(worked(work), endOfWeek(WEEK))))).toEqual(then);
    }
  });
});

/** What signals say, and what their options are worth: functions compare by who they are. */
function told(signals: readonly Signal[]): unknown {
  const answered = signals.map((signal) => ({
    ...signal,
    options: signal.options.map((option) => ({ ...option, relief: option.relief() })),
  }));
  return JSON.parse(JSON.stringify(answered));
}
