import { deviation, mean, sum } from 'd3-array';
import type { Share } from './change.ts';
import { probabilityShareAbove } from './proportion.ts';
import { studentCdf } from './tails.ts';

/**
 * How likely it is that a share lies below a threshold, when what it is made of comes in batches, such as cycles.
 *
 * The more cautious of two answers: Jeffreys' posterior over all items, and Student's t over the shares of the batches,
 * each counting once, since what is in one batch succeeds or fails together. Batches that do not differ at all leave the
 * first alone. 1/2 for fewer than two batches, which cannot show how they differ.
 *
 * @example probabilityShareBelow([{ k: 8, n: 10 }, { k: 5, n: 10 }, { k: 9, n: 10 }], 0.8) // => 0.683
 * @example probabilityShareBelow([{ k: 5, n: 10 }, { k: 5, n: 10 }], 0.8) // => 0.9988
 */
export function probabilityShareBelow(batches: readonly Share[], threshold: number): number {
  const shares = batches.map(({ k, n }) => k / n);
  const [centre, spread] = [mean(shares), deviation(shares)];
  if (centre === undefined || spread === undefined) return 0.5;
  const pooled =
    1 -
    probabilityShareAbove(
      sum(batches, ({ k }) => k),
      sum(batches, ({ n }) => n),
      threshold,
    );
  if (spread === 0) return pooled;
  const t = (threshold - centre) / (spread / Math.sqrt(shares.length));
  return Math.min(pooled, studentCdf(t, shares.length - 1));
}

/**
 * The same where what was true long ago may be over: the less likely of all batches and of the later half of them.
 *
 * @example probabilityShareStillBelow([0, 0, 0, 10, 9, 10].map((k) => ({ k, n: 10 })), 0.8) < 0.05 // => true
 */
export function probabilityShareStillBelow(batches: readonly Share[], threshold: number): number {
  const later = batches.slice(-Math.ceil(batches.length / 2));
  return Math.min(probabilityShareBelow(batches, threshold), probabilityShareBelow(later, threshold));
}
