import { expect, test } from 'vitest';
import { meanWait } from '#statistics/mean-wait.ts';
import { noGuard } from '#statistics/risk-set.ts';
import { kaplanMeier } from '#statistics/survival.ts';

test('without anything open it is the mean, with the error of the mean', () => {
  const exits = [1, 2, 3, 4, 10];
  const curve = kaplanMeier(
    exits.map((exit) => ({ entry: 0, exit, event: true })),
    noGuard,
  );
  if (curve.kind === 'insufficient') throw new Error('The guard is off.');
  const found = meanWait(curve);
  expect(found.mean).toBeCloseTo(4, 9);
  // Population variance (9 + 4 + 1 + 0 + 36) / 5 = 10, over n = 5: error √2.
  expect((found.upper - found.mean) / 1.6449).toBeCloseTo(Math.SQRT2, 3);
});

test('what is still open when the curve ends counts as having lasted until there', () => {
  const some = kaplanMeier(
    [2, 2, 2, 9, 9, 9].map((exit) => ({ entry: 0, exit, event: exit === 2 })),
    noGuard,
  );
  if (some.kind === 'insufficient') throw new Error('The guard is off.');
  // Until 2 all, until the end at 9 half of them.
  expect(meanWait(some).mean).toBeCloseTo(2 + 7 / 2, 9);
});
