import { type ErrorCurve, LEVELS } from './error-curve.ts';
import { cumulative, type Outlook } from './model.ts';
import type { Learning } from './prior.ts';

/**
 * What a team's own forecasts taught about the cautious end of its error curve: how far the 5, 10 and 15 % levels
 * have been moved, in logits. Kept per team and horizon.
 */
export type OwnRecord = readonly number[];

/**
 * The record of a team without a resolved forecast.
 *
 * @example newRecord({ rate: 0.5, caution: 0.2 }) // => [-0.2, -0.2, -0.2]
 */
export function newRecord({ caution }: Learning): OwnRecord {
  return LEVELS.slice(0, 3).map(() => -caution);
}

/**
 * The error curve with its cautious end moved by the team's own record.
 *
 * Each moved level reads the shared curve at another chance: a team that missed its "85 %" too often gets its 85 %
 * from where others' 92 % lies. Only the levels up to 15 % move: moving the middle and the hopeful end as well was
 * measured, and cost more in sharpness than it won.
 *
 * @example adaptedErrors([-2, -1.5, -1.2, -0.8, 0, 0.4, 0.7, 0.9, 1.2], [0, 0, 0])[2] // => -1.2
 */
export function adaptedErrors(errors: ErrorCurve, record: OwnRecord): ErrorCurve {
  const adapted = [...errors];
  for (let level = record.length - 1; level >= 0; level -= 1) {
    const moved = logistic(logit(LEVELS[level] ?? 0.5) + (record[level] ?? 0));
    // Strictly below its neighbour, since a curve that stands still has no slope to go on beyond its end.
    adapted[level] = Math.min(errorAnywhere(errors, moved), (adapted[level + 1] ?? 0) - 1e-6);
  }
  return adapted;
}

/**
 * The record after one more forecast was resolved: online conformal correction (Gibbs and Candès 2021).
 *
 * For each level: a step down when the outcome fell below it, and a small step up when it did not, such that in the
 * long run the misses equal the level, however the work drifts. The forecast is the one that was made, with the
 * record of that time. A count that straddles a level misses it in part, so that small counts teach no bias. Feed it
 * only what was resolved when the next forecast was made.
 */
export function learned(record: OwnRecord, made: Outlook, outcome: number, rate: number): OwnRecord {
  const [from, to] = [cumulative(made, outcome - 1), cumulative(made, outcome)];
  return record.map((offset, i) => {
    const level = LEVELS[i] ?? 0;
    const missed = Math.min(1, Math.max(0, (level - from) / (to - from)));
    return offset + rate * (level - missed);
  });
}

/** Between the levels straight lines; below the first the exponential decay that the curve has there. */
function errorAnywhere(errors: ErrorCurve, chance: number): number {
  const above = LEVELS.findIndex((level) => level >= chance);
  const upper = above === -1 ? LEVELS.length - 1 : Math.max(1, above);
  const [e0, e1] = [errors[upper - 1] ?? 0, errors[upper] ?? 0];
  const [l0, l1] = [LEVELS[upper - 1] ?? 0, LEVELS[upper] ?? 1];
  if (chance < LEVELS[0]) return e0 + (e1 - e0) * Math.log(chance / LEVELS[0]);
  return e0 + ((e1 - e0) * (Math.min(chance, l1) - l0)) / (l1 - l0);
}

function logit(chance: number): number {
  return Math.log(chance / (1 - chance));
}

function logistic(logits: number): number {
  return 1 / (1 + Math.exp(-logits));
}
