import { mean } from 'd3-array';
import { pinballLoss } from '#statistics/scores.ts';
import type { Cumulative } from '../baselines.ts';

/**
 * The largest number that is reached with at least this chance.
 *
 * @example atLeastOf((items) => (items + 1) / 10, 0.85) // => 1
 */
export function atLeastOf(upTo: Cumulative, chance: number): number {
  return first((items) => upTo(items) > 1 - chance + ROUNDING);
}

/**
 * The smallest number that is not exceeded with at least this chance.
 *
 * @example atMostOf((items) => (items + 1) / 10, 0.85) // => 8
 */
export function atMostOf(upTo: Cumulative, chance: number): number {
  return first((items) => upTo(items) >= chance - ROUNDING);
}

/**
 * Between which of its chances the outcome lies: of fewer items, and of at most as many. A place drawn evenly between
 * the two is even over all outcomes when the forecasts are right, however coarse the counts (randomised PIT).
 *
 * @example placeOf((items) => Math.min(1, (items + 1) / 4), 2) // => [0.5, 0.75]
 */
export function placeOf(upTo: Cumulative, outcome: number): readonly [number, number] {
  return [outcome === 0 ? 0 : upTo(outcome - 1), upTo(outcome)];
}

/**
 * Mean pinball loss over the levels 5, 10, 15, 50, 90 and 95 %, in items.
 *
 * @example pinballOf((items) => (items >= 10 ? 1 : 0), 14) // => 1.7667
 */
export function pinballOf(upTo: Cumulative, outcome: number): number {
  return mean(PINBALL_LEVELS, (level) => pinballLoss(level, atMostOf(upTo, level), outcome)) ?? 0;
}

/**
 * Continuous ranked probability score: the squared distance of the forecast from what happened, summed over all
 * numbers of items. For a forecast that names one number it is the absolute error.
 *
 * Beyond a thousand numbers in steps of a thousandth of the way.
 *
 * @example rankedScoreOf((items) => (items >= 10 ? 1 : 0), 14) // => 4
 */
export function rankedScoreOf(upTo: Cumulative, outcome: number): number {
  const most = Math.max(outcome, atMostOf(upTo, NEARLY_ALL));
  const step = Math.max(1, Math.ceil(most / STEPS));
  let score = 0;
  for (let items = 0; items < most; items += step) {
    score += step * (upTo(items) - (items >= outcome ? 1 : 0)) ** 2;
  }
  return score;
}

const PINBALL_LEVELS = [0.05, 0.1, 0.15, 0.5, 0.9, 0.95];
const NEARLY_ALL = 0.9999;
const STEPS = 1000;
/** Sums of many chances end a hair beside the number that is meant. */
const ROUNDING = 1e-9;

/** The first whole number for which something holds that, once true, stays true. */
function first(holds: (items: number) => boolean): number {
  let most = 1;
  while (!holds(most)) most *= 2;
  let least = 0;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(middle)) most = middle;
    else least = middle + 1;
  }
  return most;
}
