import { sum } from 'd3-array';

/**
 * The line through the conditional median: coefficients that minimise the weighted sum of absolute residuals.
 *
 * Iteratively reweighted least squares; residuals below 0.02 count as 0.02, or a perfect fit would divide by zero.
 */
export function leastAbsolute(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  weights: readonly number[],
): readonly number[] {
  let effective = weights;
  let coefficients: readonly number[] = [];
  for (let round = 0; round < 40; round += 1) {
    coefficients = leastSquares(rows, targets, effective);
    effective = weights.map((weight, i) => {
      const residual = (targets[i] ?? 0) - dot(rows[i] ?? [], coefficients);
      return weight / Math.max(0.02, Math.abs(residual));
    });
  }
  return coefficients;
}

/**
 * The same for a line that is cut off at zero: it never promises more than nothing.
 *
 * From the uncut line on, one coefficient at a time by steps that halve.
 */
export function leastAbsoluteBelowZero(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  weights: readonly number[],
): readonly number[] {
  const lossOf = (coefficients: readonly number[]) =>
    sum(
      rows,
      (row, i) => (weights[i] ?? 0) * Math.abs((targets[i] ?? 0) - Math.min(0, dot(row, coefficients))),
    );
  let found = leastAbsolute(rows, targets, weights);
  let least = lossOf(found);
  for (let step = 0.2; step > 0.001; step /= 2) {
    for (let i = 0; i < 2 * found.length; i += 1) {
      const tried = found.map((one, j) => (j === i >> 1 ? one + (i % 2 === 0 ? step : -step) : one));
      const loss = lossOf(tried);
      if (loss >= least) continue;
      [found, least] = [tried, loss];
      i = -1;
    }
  }
  return found;
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return sum(a, (value, i) => value * (b[i] ?? 0));
}

function leastSquares(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  weights: readonly number[],
): readonly number[] {
  const size = rows[0]?.length ?? 0;
  // The normal equations with the target as last column.
  const system = Array.from({ length: size }, () => Array.from({ length: size + 1 }, () => 0));
  rows.forEach((row, r) => {
    system.forEach((line, i) => {
      const scaled = (weights[r] ?? 0) * (row[i] ?? 0);
      for (let j = 0; j < size; j += 1) line[j] = (line[j] ?? 0) + scaled * (row[j] ?? 0);
      line[size] = (line[size] ?? 0) + scaled * (targets[r] ?? 0);
    });
  });
  return solved(system);
}

/** Gauss and Jordan, in place; the systems are small, symmetric and positive. */
function solved(system: number[][]): readonly number[] {
  const size = system.length;
  system.forEach((pivotRow, pivot) => {
    const head = pivotRow[pivot] ?? 1;
    for (let j = 0; j <= size; j += 1) pivotRow[j] = (pivotRow[j] ?? 0) / head;
    system.forEach((row, i) => {
      const factor = row[pivot] ?? 0;
      if (i === pivot) return;
      for (let j = 0; j <= size; j += 1) row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0);
    });
  });
  return system.map((row) => row[size] ?? 0);
}
