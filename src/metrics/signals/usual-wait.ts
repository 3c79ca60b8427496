import { minimumSample } from '#statistics/quantiles.ts';
import { kaplanMeier, type Lifetime, survivalQuantile } from '#statistics/survival.ts';

/**
 * How long such a wait usually takes at most: its P85 in days, those still waiting counted fairly.
 *
 * undefined with fewer than 19 waits that ended, and when fewer than 85 % of them end within what the data show.
 *
 * @example usualWait([1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 1, 2, 6, 2, 1, 3, 2, 4, 1, 2].map((exit) => ({ entry: 0, exit, event: true })))
 *   // => 4
 */
export function usualWait(waits: readonly Lifetime[]): number | undefined {
  const curve = kaplanMeier(waits);
  if (curve.kind === 'insufficient' || curve.events < minimumSample(85)) return undefined;
  const p85 = survivalQuantile(curve, 85);
  return p85.kind === 'reached' ? p85.value : undefined;
}
