/** The exact chances of whole numbers: `chances[0]` belongs to `from`. */
export interface CountChances {
  readonly from: number;
  readonly chances: readonly number[];
}

/**
 * How likely each count of events is when they come in bursts: the negative binomial with this mean, whose variance is
 * `dispersion` times the mean. A dispersion of 1 is chance alone (Poisson).
 *
 * Worked out from the likeliest count towards both ends, so that no mean is too large for floating point; what is less
 * likely than one in 10^12 of the likeliest is left out. Throws a RangeError for a mean below 0 or a dispersion below 1.
 *
 * @example countChances(2, 1).chances[0] // => 0.1353
 * @example countChances(0, 3) // => { from: 0, chances: [1] }
 */
export function countChances(mean: number, dispersion: number): CountChances {
  if (!(mean >= 0 && dispersion >= 1)) {
    throw new RangeError(`Counts need a mean >= 0 and a dispersion >= 1, got ${mean} and ${dispersion}.`);
  }
  if (mean === 0) return { from: 0, chances: [1] };
  // p(k + 1) / p(k) = (mean + (dispersion - 1) k) / (dispersion (k + 1)): Poisson's for a dispersion of 1.
  const next = (k: number) => (mean + (dispersion - 1) * k) / (dispersion * (k + 1));
  const likeliest = Math.max(0, Math.floor(mean - dispersion) + 1);
  const below: number[] = [];
  for (let k = likeliest, p = 1; k > 0 && p > NEGLIGIBLE; k -= 1) {
    p /= next(k - 1);
    below.push(p);
  }
  const above = [1];
  for (let k = likeliest, p = 1; p > NEGLIGIBLE; k += 1) {
    p *= next(k);
    above.push(p);
  }
  const weights = [...below.toReversed(), ...above];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { from: likeliest - below.length, chances: weights.map((weight) => weight / total) };
}

const NEGLIGIBLE = 1e-12;
