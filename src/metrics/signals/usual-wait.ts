import { max } from 'd3-array';
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

/**
 * How long such a wait has to last before it is longer than usual: the P85 where the data show it.
 *
 * Where they do not, since some waits never end and the wait of many has just begun, the longest of those that ended: the
 * P85 is at least about that. undefined with fewer than 19 that ended, where nothing is known of what is usual.
 *
 * @example leastUsualWait([...Array.from({ length: 20 }, () => ({ entry: 0, exit: 14, event: true })), { entry: 0, exit: 300, event: false }])
 *   // => 14
 * @example leastUsualWait([{ entry: 0, exit: 14, event: true }]) // => undefined
 */
export function leastUsualWait(waits: readonly Lifetime[]): number | undefined {
  const ended = waits.filter(({ event }) => event);
  if (ended.length < minimumSample(85)) return undefined;
  return usualWait(waits) ?? max(ended, ({ exit }) => exit);
}
