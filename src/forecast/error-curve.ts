import { bisectRight } from 'd3-array';

/** The chances at which an error curve is known. Nothing is claimed beyond the first and the last. */
export const LEVELS = [0.05, 0.1, 0.15, 0.25, 0.5, 0.75, 0.85, 0.9, 0.95] as const;

/** How far past forecasts were off, in units of their own spread: one value for each of `LEVELS`, ascending. */
export type ErrorCurve = readonly number[];

/**
 * The error that is not exceeded with this chance: straight lines between the levels.
 *
 * Throws a RangeError for a chance below 0.05 or above 0.95, where no evidence reaches.
 *
 * @example errorAt([-2, -1.5, -1.19, -0.77, -0.14, 0.41, 0.69, 0.9, 1.18], 0.2) // => -0.98
 */
export function errorAt(curve: ErrorCurve, level: number): number {
  // Chances arrive as 1 - 0.85 and the like, a hair beyond the level that is meant.
  const exact = Math.round(level * 1e9) / 1e9;
  if (!(exact >= LEVELS[0] && exact <= LEVELS[LEVELS.length - 1]!)) {
    throw new RangeError(`Past errors speak of chances from 0.05 to 0.95, not of ${level}.`);
  }
  return between(LEVELS, curve, exact);
}

/**
 * The chance that the error stays at or below a value.
 *
 * Straight lines between the levels. Beyond the first and the last it decays exponentially and never reaches 0 or 1:
 * those values only serve to rank and to score, and are shown as "less than 5 %" and "more than 95 %".
 *
 * @example chanceBelow([-2, -1.5, -1.19, -0.77, -0.14, 0.41, 0.69, 0.9, 1.18], 0.28513) // => 0.6932
 */
export function chanceBelow(curve: ErrorCurve, error: number): number {
  const last = LEVELS.length - 1;
  const [first, second] = [at(curve, 0), at(curve, 1)];
  if (error < first) return LEVELS[0] * Math.exp((error - first) / (second - first));
  const [before, top] = [at(curve, last - 1), at(curve, last)];
  if (error > top) return 1 - LEVELS[0] * Math.exp((top - error) / (top - before));
  return between(curve, LEVELS, error);
}

function between(xs: readonly number[], ys: readonly number[], x: number): number {
  const i = Math.min(xs.length - 1, Math.max(1, bisectRight(xs, x)));
  const [x0, x1] = [at(xs, i - 1), at(xs, i)];
  const [y0, y1] = [at(ys, i - 1), at(ys, i)];
  return x1 === x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`An error curve has ${LEVELS.length} values.`);
  return value;
}
