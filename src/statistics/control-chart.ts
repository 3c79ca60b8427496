import negativeBinomialCdf from '@stdlib/stats-base-dists-negative-binomial-cdf';
import { mean, pairs } from 'd3-array';

/** What a process does by itself, as far as its own past shows (Shewhart's individuals chart, Wheeler's constants). */
export interface ControlLimits {
  readonly mean: number;
  /** Mean absolute difference of neighbouring values. */
  readonly movingRange: number;
  readonly upper: number;
  /** undefined when it would be 0 or below: this chart cannot see a drop. */
  readonly lower: number | undefined;
  /** A single jump larger than this is a signal by itself. */
  readonly rangeUpper: number;
}

/**
 * Between which limits values of an unchanged process fall.
 *
 * XmR chart: mean +/- 2.660 mean moving ranges, and 3.268 of them for one jump. For weekly values in the order of time:
 * daily counts with empty weekends raise false alarms. undefined for fewer than two values.
 *
 * @example controlLimits([10, 12, 9, 11, 10, 8]) // => { mean: 10, movingRange: 2, upper: 15.32, lower: 4.68, rangeUpper: 6.536 }
 * @example controlLimits([5, 3, 6, 4, 7, 5]).lower // => undefined
 */
export function controlLimits(values: readonly number[]): ControlLimits | undefined {
  const centre = mean(values);
  const movingRange = mean(pairs(values, (before, after) => Math.abs(after - before)));
  if (centre === undefined || movingRange === undefined) return undefined;
  const lower = centre - 2.66 * movingRange;
  return {
    mean: centre,
    movingRange,
    upper: centre + 2.66 * movingRange,
    lower: lower > 0 ? lower : undefined,
    rangeUpper: 3.268 * movingRange,
  };
}

/** Recent counts beside what the baseline lets one expect. */
export interface CountOutlook {
  readonly expected: number;
  readonly variance: number;
  /** How likely so few or fewer are if nothing has changed. */
  readonly probability: number;
  readonly alarm: boolean;
}

/**
 * Whether so few recent items can still be chance.
 *
 * Overdispersed prediction: a baseline of B items in W weeks expects m = span * B / W in the next `span` weeks, with
 * variance phi * m * (1 + span / W) because the baseline itself is uncertain; the sum is negative binomial with these.
 * Alarm when so few or fewer have a probability below 1 %. undefined when the baseline holds no item: nothing can drop.
 *
 * @example lowCountAlarm({ items: 52, weeks: 13, overdispersion: 1.5 }, 4).alarm // => true
 * @example lowCountAlarm({ items: 52, weeks: 13, overdispersion: 1.5 }, 5).probability // => 0.0126
 */
export function lowCountAlarm(
  baseline: { readonly items: number; readonly weeks: number; readonly overdispersion: number },
  recent: number,
  span = 4,
): CountOutlook | undefined {
  const { items, weeks, overdispersion } = baseline;
  if (!(overdispersion >= 1)) throw new RangeError(`Overdispersion is at least 1, got ${overdispersion}.`);
  if (items === 0 || weeks === 0) return undefined;
  const expected = (span * items) / weeks;
  const variance = overdispersion * expected * (1 + span / weeks);
  const probability = negativeBinomialCdf(recent, expected ** 2 / (variance - expected), expected / variance);
  return { expected, variance, probability, alarm: probability < 0.01 };
}
