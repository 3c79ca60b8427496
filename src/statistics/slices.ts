import { sum } from 'd3-array';

/**
 * A distribution as so many equally likely parts, each told by its mean, ascending.
 *
 * Says what a Monte Carlo simulation would, without its noise: means add up exactly, and moving the distribution moves
 * every part alike. The whole of a part is taken for its mean.
 */
export type Slices = readonly number[];

/** A value and how likely it is; likelihoods need not add up to 1. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** So many that a chance read from them moves in steps of 5 % at most. */
const SLICES = 20;

/**
 * The parts of a distribution that is given by values and their weights, in any order.
 *
 * Throws a RangeError when nothing has any weight.
 *
 * @example slicesOf([{ value: 3, weight: 1 }, { value: 1, weight: 1 }], 2) // => [1, 3]
 * @example slicesOf([{ value: 0, weight: 3 }, { value: 4, weight: 1 }], 2) // => [0, 2]
 */
export function slicesOf(values: readonly Weighted[], count = SLICES): Slices {
  const total = sum(values, ({ weight }) => weight);
  if (!(total > 0)) throw new RangeError('There is nothing to slice: no value has any weight.');
  const size = total / count;
  const means: number[] = [];
  // Told from the first value of its part, so that a part of one value is exactly that.
  let [first, beyond, room] = [0, 0, size];
  const close = () => {
    means.push(first + beyond / (size - room));
    [beyond, room] = [0, size];
  };
  for (const { value, weight } of values.toSorted((a, b) => a.value - b.value)) {
    for (let left = weight; left > 0; ) {
      if (room === size) first = value;
      // What rounding leaves over after the last part belongs to it.
      const isLast = means.length === count - 1;
      const part = isLast ? left : Math.min(left, room);
      beyond += part * (value - first);
      left -= part;
      room -= part;
      if (!isLast && room <= size * ROUNDING) close();
    }
  }
  if (room < size) close();
  // Or takes away from it, to nothing.
  while (means.length < count) means.push(first);
  return means;
}

const ROUNDING = 1e-12;

/**
 * The distribution of the sum of two independent numbers.
 *
 * @example sumOfSlices([0, 2], [1], 2) // => [1, 3]
 */
export function sumOfSlices(a: Slices, b: Slices, count = SLICES): Slices {
  const sums = Float64Array.from(a.flatMap((x) => b.map((y) => x + y))).sort();
  const each = sums.length / count;
  if (!Number.isInteger(each)) {
    return slicesOf(
      Array.from(sums, (value) => ({ value, weight: 1 })),
      count,
    );
  }
  // All alike: so many to a part. A forecast does this for every day of a year.
  return Array.from({ length: count }, (_, slice) => {
    const first = sums[slice * each] ?? 0;
    let beyond = 0;
    for (let i = 1; i < each; i += 1) beyond += (sums[slice * each + i] ?? 0) - first;
    return first + beyond / each;
  });
}
