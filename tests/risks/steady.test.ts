import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latchedAt, steady } from '#risks/steady.ts';

describe('early failure', () => {
  const limits = { raiseBelow: 0.2, clearAbove: 0.35 };
  const upTo = (weeks: number) => latchedAt([0.34, 0.22, 0.18, 0.15, 0.25, 0.38].slice(0, weeks), limits);

  test('is raised in week 4, stands in week 5 and is cleared in week 6 (WX-E2)', () => {
    expect([1, 2, 3, 4, 5, 6].map(upTo)).toEqual([undefined, undefined, undefined, 3, 3, undefined]);
  });

  test('is not raised across a week of which nothing is known', () => {
    expect(latchedAt([0.1, undefined, 0.1], limits)).toBeUndefined();
    expect(latchedAt([0.1, 0.1, undefined], limits)).toBe(1);
  });
});

describe('a level', () => {
  test('changes when the new one is found twice in a row', () => {
    expect(steady(['a', 'b', 'a', 'b', 'b', 'a'])).toBe('b');
  });

  test('changes at once when a date has passed', () => {
    expect(steady(['a', 'b'], (i) => i === 1)).toBe('b');
  });

  test('is unknown of nothing, and always one that was found', () => {
    expect(steady([])).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), (found) => {
        expect(found).toContain(steady(found));
        expect(steady([...found, 'c', 'c'])).toBe('c');
      }),
    );
  });
});
