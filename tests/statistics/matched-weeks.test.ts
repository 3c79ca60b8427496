import { describe, expect, test } from 'vitest';
import { type MarkedWeek, shortfallInterval, shortfallOfMarked } from '#statistics/matched-weeks.ts';
import { seededRandom } from '#statistics/random.ts';

/** `5 2* 7`: three weeks, of which the second is marked. */
const weeks = (text: string): readonly MarkedWeek[] =>
  text.split(' ').map((week) => ({ count: Number.parseInt(week, 10), isMarked: week.endsWith('*') }));

describe('the shortfall of marked weeks', () => {
  test('is the mean over them of what the weeks around have more', () => {
    // The first has 6 around it, the second 6: (6 - 2 + 6 - 4) / 2.
    expect(shortfallOfMarked(weeks('5 2* 7 6 4* 6'))).toBe(3);
  });

  test('looks four weeks around and no further', () => {
    expect(shortfallOfMarked(weeks('100 5 5 5 5 1*'))).toBe(4);
    expect(shortfallOfMarked(weeks('9 1* 1* 1* 1* 1* 1*'))).toBe(8);
  });

  test('is not known where nothing is marked or everything is', () => {
    expect(shortfallOfMarked(weeks('5 2 7'))).toBeUndefined();
    expect(shortfallOfMarked(weeks('5* 2* 7*'))).toBeUndefined();
    expect(shortfallInterval(seededRandom('a'), weeks('5 2 7'), 50)).toBeUndefined();
  });

  test('has an interval that holds it, repeats, and excludes 0 where marked weeks really differ', () => {
    const differ = weeks('9 8 2* 9 10 9 1* 8 9 10 3* 9 8 9 10 9');
    const interval = shortfallInterval(seededRandom('a'), differ, 2000);
    const seen = shortfallOfMarked(differ) ?? 0;
    expect(interval?.lower).toBeGreaterThan(0);
    expect(interval?.lower).toBeLessThan(seen);
    expect(interval?.upper).toBeGreaterThan(seen);
    expect(shortfallInterval(seededRandom('a'), differ, 2000)).toEqual(interval);
  });

  test('has an interval that holds 0 where they do not', () => {
    const alike = weeks('9 8 9* 9 10 9 8* 8 9 10 9* 9 8 9 10 9');
    const interval = shortfallInterval(seededRandom('a'), alike, 2000);
    expect(interval?.lower).toBeLessThan(0);
    expect(interval?.upper).toBeGreaterThan(0);
  });
});
