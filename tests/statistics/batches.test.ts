import { describe, expect, test } from 'vitest';
import { probabilityShareBelow, probabilityShareStillBelow } from '#statistics/batches.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';

const of = (...done: readonly number[]) => done.map((k) => ({ k, n: 10 }));

describe('a share of batches', () => {
  test('is below a threshold as surely as the batches agree, not as the items are many', () => {
    // 22 of 30; by items .80, by three batches t = (.8 - .7333) / .1202 = .5547 with 2 degrees: .683.
    expect(1 - probabilityShareAbove(22, 30, 0.8)).toBeGreaterThan(0.75);
    expect(probabilityShareBelow(of(8, 5, 9), 0.8)).toBeCloseTo(0.6826, 4);
  });

  test('goes by the items where that is more cautious, and where batches do not differ', () => {
    expect(
      probabilityShareBelow(
        [
          { k: 0, n: 1 },
          { k: 1, n: 2 },
        ],
        0.8,
      ),
    ).toBeLessThan(1 - probabilityShareAbove(1, 3, 0.8) + 1e-12);
    expect(probabilityShareBelow(of(5, 5, 5), 0.8)).toBe(1 - probabilityShareAbove(15, 30, 0.8));
  });

  test('is anything when there is one batch or none', () => {
    expect([probabilityShareBelow([], 0.8), probabilityShareBelow(of(0), 0.8)]).toEqual([0.5, 0.5]);
  });

  test('is no longer below where the later half is not', () => {
    expect(probabilityShareStillBelow(of(2, 3, 2, 10, 9, 10), 0.8)).toBeLessThan(0.05);
    expect(probabilityShareStillBelow(of(2, 3, 2, 3, 2, 3), 0.8)).toBeGreaterThan(0.99);
  });
});
