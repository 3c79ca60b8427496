import { mean, sum } from 'd3-array';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import { summarizeCounts } from '#statistics/rate.ts';

/** How fast items were finished lately, and how evenly: all that a forecast knows of the past. */
export interface Rates {
  /** Items a day over the last 28, 84 and 182 days, or over as many of them as exist. */
  readonly perDay28: number;
  readonly perDay84: number;
  readonly perDay182: number;
  /** Items a day, the weeks weighted so that one counts half of what the week four weeks later counts. */
  readonly recent: number;
  /** How much more the weeks differ than chance alone would make them: 1 is chance alone. */
  readonly overdispersion: number;
  /** 0 when every week brings the same; the more the sum was made by a few big weeks, the further below. */
  readonly evenness: number;
  /** Logarithm of the recent rate over that of the last 26 weeks, from -1 to 1: below 0 the work is slowing down. */
  readonly trend: number;
  /** Complete weeks looked at, at most 26, and the items finished in the last 182 days. */
  readonly weeks: number;
  readonly completions: number;
}

/**
 * What the completions per day say about the pace of a team.
 *
 * One number a day, oldest first, days without a completion included; the last is the day before the forecast. Weeks
 * are counted back from that end, seven days each, so that no week is partial. Administrative closures are the
 * caller's to remove. Below 6 weeks of history or 10 completions in the last 182 days there is no rate to speak of.
 *
 * @example ratesOf(Array.from({ length: 182 }, (_, day) => (day % 7 === 0 ? 3 : 0))).perDay28 // => 0.4286
 * @example ratesOf([1, 0, 2]) // => { kind: 'insufficient', have: 0, need: 6, what: 'weeks of history' }
 */
export function ratesOf(daily: readonly number[]): Rates | Insufficient {
  const window = daily.slice(-WINDOW_DAYS);
  const weeks = weeklyCounts(window);
  if (weeks.length < MIN_WEEKS) return insufficient(weeks.length, MIN_WEEKS, 'weeks of history');
  const completions = sum(window);
  if (completions < MIN_COMPLETIONS) {
    return insufficient(completions, MIN_COMPLETIONS, 'items finished in the last 26 weeks');
  }
  const usual = mean(weeks) ?? 0;
  const recent = powerMean(weeks, 4, 1);
  return {
    perDay28: mean(window.slice(-28)) ?? 0,
    perDay84: mean(window.slice(-84)) ?? 0,
    perDay182: mean(window) ?? 0,
    recent: recent / 7,
    overdispersion: summarizeCounts(weeks)?.overdispersion ?? 1,
    evenness: logRatio(powerMean(weeks, 8, 0.5), powerMean(weeks, 8, 1)),
    trend: Math.min(1, Math.max(-1, logRatio(recent, usual))),
    weeks: weeks.length,
    completions,
  };
}

/**
 * The pace as three windows see it, items a day: half the weight on 84 days, a quarter each on 28 and 182.
 *
 * @example blendedRate({ perDay28: 12 / 28, perDay84: 30 / 84, perDay182: 78 / 182 }) * 56 // => 22
 */
export function blendedRate(rates: Pick<Rates, 'perDay28' | 'perDay84' | 'perDay182'>): number {
  return 0.25 * rates.perDay28 + 0.5 * rates.perDay84 + 0.25 * rates.perDay182;
}

const WINDOW_DAYS = 182;
const MIN_WEEKS = 6;
const MIN_COMPLETIONS = 10;

/** Sums of seven days, the latest first. */
function weeklyCounts(days: readonly number[]): readonly number[] {
  return Array.from({ length: Math.floor(days.length / 7) }, (_, ago) =>
    sum(days.slice(days.length - 7 * (ago + 1), days.length - 7 * ago)),
  );
}

/**
 * The mean of weekly counts, latest first, each `halfLife` weeks older counting half. With a power below 1 a single
 * huge week lifts it less than the same items spread over several weeks would.
 */
function powerMean(weeks: readonly number[], halfLife: number, power: number): number {
  const weights = weeks.map((_, ago) => 0.5 ** (ago / halfLife));
  return (sum(weeks, (count, ago) => (weights[ago] ?? 0) * count ** power) / sum(weights)) ** (1 / power);
}

/** How many times one weekly rate is the other, as a logarithm over eight weeks and steadied by one item. */
function logRatio(weekly: number, other: number): number {
  return Math.log((8 * weekly + 1) / (8 * other + 1));
}
