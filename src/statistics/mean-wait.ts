import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './interval.ts';
import type { SurvivalCurve } from './survival.ts';

/**
 * How long something lasts on average, as far as the curve reaches: the area under it (restricted mean).
 *
 * A median does not see the few that take for ever, which is what a date fails by. Beyond the end of the curve nothing is
 * added, so where some last longer it is the least that the mean can be. Interval 90 %, normal, with the usual variance:
 * squared area after each event, times d / (n (n - d)).
 *
 * @example meanWait({ steps: [{ time: 2, atRisk: 2, events: 1, survival: 0.5 }, { time: 4, atRisk: 1, events: 1, survival: 0 }], supportedUntil: 4 })
 *   // => { mean: 3, lower: 1.837, upper: 4.163 }
 */
export function meanWait(
  curve: Pick<SurvivalCurve, 'supportedUntil'> & {
    readonly steps: readonly Pick<
      SurvivalCurve['steps'][number],
      'time' | 'atRisk' | 'events' | 'survival'
    >[];
  },
): Interval & { readonly mean: number } {
  const { steps, supportedUntil } = curve;
  let after = 0;
  let variance = 0;
  let end = supportedUntil;
  for (const { time, atRisk, events, survival } of steps.toReversed()) {
    after += survival * (end - time);
    if (atRisk > events) variance += (after ** 2 * events) / (atRisk * (atRisk - events));
    end = time;
  }
  const mean = end + after;
  const reach = normalQuantile(0.95, 0, 1) * Math.sqrt(variance);
  return { mean, lower: Math.max(0, mean - reach), upper: mean + reach };
}
