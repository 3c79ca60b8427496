import { max, min } from 'd3-array';

/** The chances of each number of items: `chances[0]` belongs to `from`, each next one to `step` items more. */
export interface Tally {
  readonly from: number;
  /** Absent: 1, and the chances are exact. Larger where numbers so large were summed that only a grid is affordable. */
  readonly step?: number;
  readonly chances: readonly number[];
}

/**
 * The sum of that many draws from a history, every value as likely as it was frequent: what a Monte Carlo simulation
 * that resamples the past approaches with ever more trials, computed without any.
 *
 * Exact while the likely sums span at most 4,096 numbers. Beyond that on a grid of some 1,000 steps, so that the cost
 * does not grow with the counts: the mean is kept, the variance grows by less than a thousandth, and a number that is
 * likely by itself shares its chance with those within two steps, each about a fiftieth of the standard deviation.
 *
 * @example tallyChance(sumOfDraws([1, 2, 3], 3), 6) // => 0.6296
 */
export function sumOfDraws(history: readonly number[], draws: number): Tally {
  if (history.length === 0) throw new RangeError('There is nothing to draw from: the history is empty.');
  let power = oneDraw(history);
  let total: Grid = { from: 0, step: power.step, chances: Float64Array.of(1) };
  for (let left = draws; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) total = sumOf(total, power);
    if (left > 1) power = sumOf(power, power);
  }
  const { from, step, chances } = total;
  return { from: from * step, ...(step > 1 && { step }), chances: Array.from(chances) };
}

/**
 * The chance of at least that many.
 *
 * @example tallyChance({ from: 3, chances: [0.25, 0.75] }, 4) // => 0.75
 */
export function tallyChance({ from, step = 1, chances }: Tally, items: number): number {
  let chance = 0;
  for (let i = chances.length - 1; i >= 0 && from + i * step >= items; i -= 1) chance += chances[i] ?? 0;
  return Math.min(1, chance);
}

/**
 * The chance of at most that many, for any whole number. On a grid the chance of each step is spread evenly over the
 * numbers around it.
 *
 * @example tallyUpTo({ from: 3, chances: [0.25, 0.75] })(3) // => 0.25
 * @example tallyUpTo({ from: 0, step: 10, chances: [0.5, 0.5] })(7) // => 0.625
 */
export function tallyUpTo({ from, step = 1, chances }: Tally): (items: number) => number {
  let reached = 0;
  const sums = chances.map((chance) => {
    reached += chance;
    return Math.min(1, reached);
  });
  const upTo = (cell: number) => (cell < 0 ? 0 : (sums[cell] ?? 1));
  if (step === 1) return (items) => upTo(items - from);
  return (items) => {
    // A step is the numbers up to half of one away from it.
    const at = (items + 0.5 - from) / step + 0.5;
    const cell = Math.floor(at);
    return upTo(cell - 1) + (at - cell) * (upTo(cell) - upTo(cell - 1));
  };
}

/**
 * The largest number that is reached with at least this chance.
 *
 * @example tallyAtLeast({ from: 3, chances: [0.25, 0.75] }, 0.75) // => 4
 */
export function tallyAtLeast({ from, step = 1, chances }: Tally, chance: number): number {
  let reached = 0;
  for (let i = chances.length - 1; i > 0; i -= 1) {
    reached += chances[i] ?? 0;
    if (reached >= chance - 1e-12) return from + i * step;
  }
  return from;
}

/** As a tally, but `from` in steps. */
interface Grid {
  readonly from: number;
  readonly step: number;
  readonly chances: Float64Array;
}

/** So many numbers are told one by one. */
const EXACT = 4096;
/** Those of more are put on a grid of at most so many steps. */
const STEPS = 1024;
const NEGLIGIBLE = 1e-13;

function oneDraw(history: readonly number[]): Grid {
  const [least, most] = [min(history) ?? 0, max(history) ?? 0];
  const step = most - least < EXACT ? 1 : Math.ceil((most - least) / (STEPS - 2));
  const from = Math.floor(least / step);
  const chances = new Float64Array(Math.ceil(most / step) - from + 1);
  for (const value of history) {
    const cell = Math.floor(value / step);
    const part = value / step - cell;
    add(chances, cell - from, (1 - part) / history.length);
    if (part > 0) add(chances, cell - from + 1, part / history.length);
  }
  return { from, step, chances };
}

/** The distribution of the sum of two independent numbers, on the coarser of their grids or one coarser still. */
function sumOf(one: Grid, other: Grid): Grid {
  const [a, b] = [toStep(one, other.step), toStep(other, one.step)];
  const chances = new Float64Array(a.chances.length + b.chances.length - 1);
  a.chances.forEach((p, i) => {
    if (p > 0) for (let j = 0; j < b.chances.length; j += 1) add(chances, i + j, p * (b.chances[j] ?? 0));
  });
  let sum = trimmed({ from: a.from + b.from, step: a.step, chances });
  if (sum.chances.length > (sum.step === 1 ? EXACT : STEPS)) {
    while (sum.chances.length > STEPS) sum = coarser(sum);
  }
  return sum;
}

function toStep(grid: Grid, step: number): Grid {
  let found = grid;
  while (found.step < step) found = coarser(found);
  return found;
}

/** On steps twice as large: what lies between two of them goes to both in halves, which keeps the mean. */
function coarser({ from, step, chances }: Grid): Grid {
  const first = Math.floor(from / 2);
  const last = Math.ceil((from + chances.length - 1) / 2);
  const halved = new Float64Array(last - first + 1);
  chances.forEach((chance, i) => {
    const at = (from + i) / 2 - first;
    add(halved, Math.floor(at), chance / 2);
    add(halved, Math.ceil(at), chance / 2);
  });
  return { from: first, step: 2 * step, chances: halved };
}

/** Without the ends that are too unlikely to change any digit that is shown. */
function trimmed({ from, step, chances }: Grid): Grid {
  const first = chances.findIndex((chance) => chance > NEGLIGIBLE);
  const last = chances.findLastIndex((chance) => chance > NEGLIGIBLE);
  return { from: from + first, step, chances: chances.slice(first, last + 1) };
}

function add(chances: Float64Array, at: number, chance: number): void {
  chances[at] = (chances[at] ?? 0) + chance;
}
