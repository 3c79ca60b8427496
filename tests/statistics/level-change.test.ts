import { expect, test } from 'vitest';
import { probabilityFallen } from '#statistics/level-change.ts';

const baseline = { items: 132, weeks: 22, overdispersion: 1 };
const prior = { span: 4, spread: 0.43 };

test('the fewer came, the likelier the pace has fallen; with what was expected it is even', () => {
  const chances = [0, 6, 12, 18, 24, 30, 48].map(
    (count) => probabilityFallen(baseline, count, prior) ?? Number.NaN,
  );
  expect(chances).toEqual(chances.toSorted((a, b) => b - a));
  expect(chances[0]).toBeGreaterThan(0.999);
  expect(chances[4]).toBeCloseTo(0.5, 1);
  expect(chances[6]).toBeLessThan(0.01);
});

test('agrees with normal theory on the logarithm: (prior precision 1/.43², data 1/12 + 1/132)', () => {
  // 12 of 24: ln(.5) = -.69 seen with variance .091; posterior mean -.69 * .185 / (.185 + .091) = -.465, spread .247.
  expect(probabilityFallen(baseline, 12, prior)).toBeCloseTo(0.97, 1);
});

test('weeks that vary more than chance say less', () => {
  const wild = { ...baseline, overdispersion: 4 };
  expect(probabilityFallen(wild, 12, prior)).toBeLessThan(probabilityFallen(baseline, 12, prior) ?? 0);
});

test('far above anything expected it has not fallen, and from nothing nothing can fall', () => {
  expect(probabilityFallen(baseline, 5000, prior)).toBe(0);
  expect(probabilityFallen({ items: 0, weeks: 22, overdispersion: 1 }, 3, prior)).toBeUndefined();
  expect(() => probabilityFallen({ ...baseline, overdispersion: 0.5 }, 3, prior)).toThrow(RangeError);
});
