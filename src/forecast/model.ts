import { chanceBelow, type ErrorCurve, errorAt, LEVELS } from './error-curve.ts';
import type { HorizonPrior } from './prior.ts';
import type { Rates } from './rates.ts';

/** What may be finished within one horizon: a whole distribution, of which the questions below read off points. */
export interface Outlook {
  readonly days: number;
  /** What the pace alone would bring. */
  readonly expected: number;
  /** `expected` with the usual bias of such forecasts taken out. */
  readonly centre: number;
  /** Spread of ln(outcome + 1) at the centre. */
  readonly spread: number;
  /** The part of it, squared, that more items would not remove; and how many items make chance add as much again. */
  readonly drift: number;
  readonly noise: number;
  readonly errors: ErrorCurve;
}

/** A probability; with a bound it is only known to lie below or above the value. */
export interface Chance {
  readonly probability: number;
  readonly bound?: '<' | '>';
}

/** The traits of a pace that say how far to trust it. */
export type Traits = Pick<Rates, 'overdispersion' | 'evenness' | 'trend'>;

/**
 * How many items may be finished, given what is expected and how wrong such expectations have been.
 *
 * The outcome Y is `(centre + 1) * exp(spread * error) - 1`, the error drawn from the record of past forecasts for
 * other teams. The spread has two parts: drift, which no amount of data removes, and sampling, which falls with the
 * number of items. Drift is what resampling the past leaves out, and why its "85 %" comes true two times in three.
 * The centre never lies above what the pace brings: where past forecasts came out too low, the work was of the slow
 * and uneven kind, and to promise more than the pace to a steady team would be to extrapolate.
 *
 * @example outlook(20, { overdispersion: 1.5, evenness: 0, trend: 0 }, { days: 56, drift: 0.118, sampling: 2.44, trend: 0,
 *   steadiness: 0, shift: { constant: 0, overdispersion: 0, evenness: 0 }, errors: [] }).spread // => 0.5406
 */
export function outlook(expected: number, traits: Traits, prior: HorizonPrior): Outlook {
  const shift = Math.min(
    0,
    prior.shift.constant +
      prior.shift.overdispersion * Math.log(traits.overdispersion) +
      prior.shift.evenness * traits.evenness,
  );
  const centre = Math.max(0, (expected + 1) * Math.exp(shift) - 1);
  const usual = prior.drift * driftShare(traits.evenness, prior.steadiness);
  const drift = usual * Math.exp(2 * prior.trend * traits.trend);
  const noise = (prior.sampling * traits.overdispersion) / usual;
  const spread = spreadAt(centre + 1, drift, noise);
  return { days: prior.days, expected, centre, spread, drift, noise, errors: prior.errors };
}

/**
 * How much of the usual drift to expect of a pace, from the evenness of its weeks: work that came in even weeks goes
 * on more steadily.
 *
 * @example driftShare(0, 0.75) // => 0.25
 * @example driftShare(-0.2, 0.75) // => 0.7241
 */
export function driftShare(evenness: number, steadiness: number): number {
  return 1 - steadiness * Math.exp(evenness / EVENNESS_SCALE);
}

/** Chosen on the projects that the model is fitted on: the weeks of most of them are less even than that. */
const EVENNESS_SCALE = 0.2;

/**
 * The chance that at least that many items are finished.
 *
 * Never falls when more is expected. Zero items or fewer are certain. Never 0 or 100 %: beyond 5 and 95 % it is only
 * a bound, because no record of forecasts is long enough to claim more.
 */
export function chanceOfAtLeast(forecast: Outlook, items: number): Chance {
  if (items <= 0) return { probability: 1 };
  const probability = rawChance(forecast, items);
  const [least, most] = [LEVELS[0], 1 - LEVELS[0]];
  if (probability < least) return { probability: least, bound: '<' };
  return probability > most ? { probability: most, bound: '>' } : { probability };
}

/**
 * The largest number of items that is reached with at least this chance: "85 % sure of at least N".
 *
 * The exact dual of `chanceOfAtLeast`. Throws a RangeError for a chance outside 0.05 to 0.95.
 */
export function atLeast(forecast: Outlook, chance: number): number {
  return Math.max(0, Math.floor(edge(forecast, 1 - chance) - 0.5 + ROUNDING));
}

/**
 * The smallest number of items that is not exceeded with at least this chance: "95 % sure of at most N".
 *
 * Throws a RangeError for a chance outside 0.05 to 0.95.
 */
export function atMost(forecast: Outlook, chance: number): number {
  return Math.max(0, Math.ceil(edge(forecast, chance) - 1.5 - ROUNDING));
}

/**
 * The chance that at most that many items are finished, without the bounds: for scoring and ranking, not for showing.
 */
export function cumulative(forecast: Outlook, items: number): number {
  return items < 0 ? 0 : 1 - rawChance(forecast, items + 1);
}

/** Keeps a number that is whole but for floating point on its side of the fence. */
const ROUNDING = 1e-9;

/**
 * The number, plus one, that is exceeded when the error is larger.
 *
 * Around few items the spread is so wide that fewer of them would promise more at the hopeful end: as a function of
 * the centre the edge first falls, down to one lowest point, and then rises. A team of which less is expected is
 * therefore given no more than that lowest point, so that what is promised never falls when more is expected.
 */
function edge({ centre, drift, noise, errors }: Outlook, level: number): number {
  const error = errorAt(errors, level);
  const from = error > 0 ? Math.max(centre + 1, lowestEdge(error, drift, noise)) : centre + 1;
  return from * Math.exp(spreadAt(from, drift, noise) * error);
}

/** The inverse of `edge`, half-way between the whole numbers. */
function rawChance({ centre, spread, drift, noise, errors }: Outlook, items: number): number {
  const target = items + 0.5;
  const error = Math.log(target / (centre + 1)) / spread;
  if (error <= 0 || lowestEdge(error, drift, noise) <= centre + 1) return 1 - chanceBelow(errors, error);
  // From the lowest edge for an error, `from * exp(2 * (from + noise) / noise)`, back to where it lies.
  const from = (noise / 2) * lambertW((2 * target * Math.exp(-2)) / noise);
  return 1 - chanceBelow(errors, Math.log(target / from) / spreadAt(from, drift, noise));
}

/** Where the edge for a positive error is lowest: the zero of its derivative by `from`. */
function lowestEdge(error: number, drift: number, noise: number): number {
  return (noise / 2) * (Math.sqrt(1 + drift * error ** 2) - 1);
}

/** Spread around that many items plus one. */
function spreadAt(from: number, drift: number, noise: number): number {
  return Math.sqrt(drift * (1 + noise / from));
}

/** The w with `w * exp(w) = x` for x >= 0: Newton's method, from above, where it cannot overshoot. */
function lambertW(x: number): number {
  let w = Math.log(1 + x);
  for (let step = 0; step < 8; step += 1) w -= (w - x * Math.exp(-w)) / (1 + w);
  return w;
}
