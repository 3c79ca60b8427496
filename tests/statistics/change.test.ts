import { expect, test } from 'vitest';
import { probabilityGrown } from '#statistics/change.ts';

test.each([
  [8, 20, 16, 20, 0.9956],
  [17, 20, 18, 20, 0.6813],
  [0, 10, 3, 10, 0.97625],
])('from %i of %i to %i of %i', (k1, n1, k2, n2, chance) => {
  // The integral of F1(x) f2(x) over 0 to 1, by SciPy's quad.
  expect(Math.abs(probabilityGrown({ k: k1, n: n1 }, { k: k2, n: n2 }) - chance)).toBeLessThan(0.0005);
});

test('growth one way is shrinking the other way', () => {
  const [low, high] = [
    { k: 3, n: 12 },
    { k: 9, n: 14 },
  ];
  expect(probabilityGrown(low, high) + probabilityGrown(high, low)).toBeCloseTo(1, 3);
});

test('two shares of nothing are as likely to have grown as not', () => {
  expect(probabilityGrown({ k: 0, n: 0 }, { k: 0, n: 0 })).toBeCloseTo(0.5, 9);
});
