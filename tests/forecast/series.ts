import { range } from 'd3-array';
import { type Rates, ratesOf } from '#forecast/rates.ts';
import { integer, seededRandom } from '#statistics/random.ts';

/** Completions per day with these weekly sums, oldest week first: all of a week's on its third day. */
export function dailyFrom(weeks: readonly number[]): readonly number[] {
  return weeks.flatMap((count) => [0, 0, count, 0, 0, 0, 0]);
}

/** Completions by chance: each work day up to `most`, nothing at weekends. */
export function randomDaily(seed: string, days: number, most: number): readonly number[] {
  const random = seededRandom(seed);
  return range(days).map((day) => (day % 7 < 5 ? integer(random, 0, most) : 0));
}

/** The rates of a series that has enough history for them. */
export function ratesFrom(daily: readonly number[]): Rates {
  const rates = ratesOf(daily);
  if ('kind' in rates) throw new Error(`only ${rates.have} of ${rates.need} ${rates.what}`);
  return rates;
}
