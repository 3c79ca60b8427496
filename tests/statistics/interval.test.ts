import { expect, test } from 'vitest';
import { tailOf, wider } from '#statistics/interval.ts';

test('of two intervals the one that claims less is kept, with whatever else it carries', () => {
  const narrow = Object.freeze({ lower: 0.4, upper: 0.6 });
  const wide = Object.freeze({ lower: 0, upper: 0.5, mean: 0.2 });
  expect(wider(narrow, wide)).toBe(wide);
  expect(wider(wide, narrow)).toBe(wide);
});

test('of two equally wide intervals the first is kept', () => {
  const first = Object.freeze({ lower: 0, upper: 1 });
  expect(wider(first, Object.freeze({ lower: 1, upper: 2 }))).toBe(first);
});

test('a level written as a percent is refused, with the remedy', () => {
  expect(() => tailOf(90)).toThrow(/write 0\.9/);
  expect(() => tailOf(Number.NaN)).toThrow(RangeError);
  expect(tailOf(0.9)).toBeCloseTo(0.05, 12);
});
