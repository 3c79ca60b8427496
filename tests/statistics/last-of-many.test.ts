import { describe, expect, test } from 'vitest';
import { lastOfMany } from '#statistics/last-of-many.ts';
import { kaplanMeier } from '#statistics/survival.ts';

/** Half are through at once, half take ten days. */
const half = {
  steps: [
    { time: 0, survival: 0.5, interval90: { lower: 0.4, upper: 0.6 } },
    { time: 10, survival: 0, interval90: undefined },
  ],
  supportedUntil: 10,
};

describe('the last of many waits', () => {
  test('is over after the mean where they begin so seldom that they never meet', () => {
    expect(lastOfMany(half, 1 / 20)).toEqual({
      lower: expect.closeTo(4, 9),
      middle: expect.closeTo(5, 9),
      upper: expect.closeTo(6, 9),
    });
  });

  // In the first day ten are on their way, in the second nine: 10 - (1/2 + 1/4 + … + 1/1024).
  test('is over after nearly the longest where many are on their way at once', () => {
    expect(lastOfMany(half, 1).middle).toBeCloseTo(10 - 1023 / 1024, 9);
  });

  test('is over after what all take, where all take equally long', () => {
    const curve = kaplanMeier(Array.from({ length: 20 }, () => ({ entry: 0, exit: 4, event: true })));
    if (curve.kind === 'insufficient') throw new Error('twenty are enough');
    for (const perDay of [0.01, 1, 5]) expect(lastOfMany(curve, perDay).middle).toBeCloseTo(4, 9);
  });
});
