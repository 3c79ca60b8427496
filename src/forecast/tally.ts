import { max } from 'd3-array';

/** The exact chances of each whole number of items: `chances[0]` belongs to `from`. */
export interface Tally {
  readonly from: number;
  readonly chances: readonly number[];
}

/**
 * The sum of that many draws from a history, every value as likely as it was frequent: what a Monte Carlo simulation
 * that resamples the past approaches with ever more trials, computed without any.
 *
 * @example tallyChance(sumOfDraws([1, 2, 3], 3), 6) // => 0.6296
 */
export function sumOfDraws(history: readonly number[], draws: number): Tally {
  if (history.length === 0) throw new RangeError('There is nothing to draw from: the history is empty.');
  const counts = Array.from({ length: (max(history) ?? 0) + 1 }, () => 0);
  for (const value of history) counts[value] = (counts[value] ?? 0) + 1 / history.length;
  let total: Tally = { from: 0, chances: [1] };
  let power: Tally = trimmed(0, counts);
  for (let left = draws; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) total = sumOf(total, power);
    if (left > 1) power = sumOf(power, power);
  }
  return total;
}

/**
 * The chance of at least that many.
 *
 * @example tallyChance({ from: 3, chances: [0.25, 0.75] }, 4) // => 0.75
 */
export function tallyChance(tally: Tally, items: number): number {
  let chance = 0;
  for (let i = tally.chances.length - 1; i >= 0 && tally.from + i >= items; i -= 1)
    chance += tally.chances[i] ?? 0;
  return Math.min(1, chance);
}

/**
 * The largest number that is reached with at least this chance.
 *
 * @example tallyAtLeast({ from: 3, chances: [0.25, 0.75] }, 0.75) // => 4
 */
export function tallyAtLeast(tally: Tally, chance: number): number {
  let reached = 0;
  for (let i = tally.chances.length - 1; i > 0; i -= 1) {
    reached += tally.chances[i] ?? 0;
    if (reached >= chance - 1e-12) return tally.from + i;
  }
  return tally.from;
}

/** The distribution of the sum of two independent numbers. */
function sumOf(a: Tally, b: Tally): Tally {
  const chances = new Float64Array(a.chances.length + b.chances.length - 1);
  a.chances.forEach((p, i) => {
    b.chances.forEach((q, j) => {
      chances[i + j] = (chances[i + j] ?? 0) + p * q;
    });
  });
  return trimmed(a.from + b.from, chances);
}

/** Without the ends that are too unlikely to change any digit that is shown. */
function trimmed(from: number, chances: ArrayLike<number>): Tally {
  const all = Array.from(chances);
  const first = all.findIndex((chance) => chance > NEGLIGIBLE);
  const last = all.findLastIndex((chance) => chance > NEGLIGIBLE);
  return { from: from + first, chances: all.slice(first, last + 1) };
}

const NEGLIGIBLE = 1e-13;
