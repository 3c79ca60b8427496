import { qUpper } from '#statistics/quantiles.ts';

/**
 * Completions per day with the bulk days cut down to what the team could have done.
 *
 * For bare counts, where nobody can say which of the items had been worked on: no day counts for more than 12, or
 * three times the P95 of the days with completions in the 180 days before it if that is more. Only the past of a day
 * decides, so that a series cut short at any date is capped alike.
 *
 * @example cappedDaily([1, 3, 0, 2, 40]) // => [1, 3, 0, 2, 12]
 */
export function cappedDaily(daily: readonly number[]): readonly number[] {
  return daily.map((count, day) => {
    if (count <= FLOOR) return count;
    const usual = daily.slice(Math.max(0, day - HISTORY_DAYS), day).filter((done) => done > 0);
    return Math.min(count, Math.max(FLOOR, FACTOR * (qUpper(usual, 95) ?? 0)));
  });
}

const FLOOR = 12;
const FACTOR = 3;
const HISTORY_DAYS = 180;
