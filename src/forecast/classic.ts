import { sum } from 'd3-array';
import type { Cumulative } from './baselines.ts';
import { sumOfDraws, type Tally, tallyUpTo } from './tally.ts';

/** How the usual tools resample the past: single days of 30 or 90 days or of all history, 12 weeks, blocks of 4 weeks. */
export type ClassicMethod = keyof typeof METHODS;

/**
 * What the usual Monte Carlo simulation would say, for comparison only.
 *
 * It draws days, weeks or blocks from the past as if each were independent and as if the past rate were the true one,
 * hence its narrow spread. No trials, no seed; exact unless counts are very large (`sumOfDraws`). A horizon that is not
 * a whole number of pieces is rounded up. undefined when the history is shorter than one piece.
 *
 * @example classicForecast([1, 1, 1, 1, 1, 1, 1], 14, 'weekly_12') // => { from: 14, chances: [1] }
 */
export function classicForecast(
  daily: readonly number[],
  days: number,
  method: ClassicMethod,
): Tally | undefined {
  const { window, piece, step } = METHODS[method];
  const length = Math.min(piece, days);
  const past = daily.slice(-window);
  const pieces: number[] = [];
  for (let end = past.length; end >= length; end -= step) pieces.push(sum(past.slice(end - length, end)));
  return pieces.length === 0 ? undefined : sumOfDraws(pieces, Math.ceil(days / length));
}

/**
 * The same as the chance of at most that many items.
 *
 * @example classicUpTo([0, 2], 2, 'daily_30')(2) // => 0.75
 */
export function classicUpTo(
  daily: readonly number[],
  days: number,
  method: ClassicMethod,
): Cumulative | undefined {
  const tally = classicForecast(daily, days, method);
  return tally && tallyUpTo(tally);
}

const METHODS = {
  daily_30: { window: 30, piece: 1, step: 1 },
  daily_90: { window: 90, piece: 1, step: 1 },
  daily_all: { window: Number.MAX_SAFE_INTEGER, piece: 1, step: 1 },
  weekly_12: { window: 84, piece: 7, step: 7 },
  blocks_26: { window: 182, piece: 28, step: 7 },
} as const;
