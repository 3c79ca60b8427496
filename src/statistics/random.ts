import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Interval } from './interval.ts';
import { qUppers } from './quantiles.ts';

/** A source of chance that says the same thing every time it is started from the same seed. It advances when used. */
export type Random = RandomGenerator;

/**
 * Chance that can be repeated: the same seed gives the same numbers on every machine.
 *
 * Seed it with what the number is about, such as `team|metric|date`, so that two numbers do not share their luck.
 *
 * @example integer(seededRandom('web|throughput|2026-03-02'), 1, 6) === integer(seededRandom('web|throughput|2026-03-02'), 1, 6) // => true
 */
export function seededRandom(seed: string): Random {
  // Mersenne: it spreads a 32-bit seed over its whole state, and its low bits, which integers are drawn from, are good.
  return mersenne(fnv1a(seed));
}

/**
 * The next number from 0 up to, not including, 1.
 *
 * @example uniform(seededRandom('a')) < 1 // => true
 */
export function uniform(random: Random): number {
  return uniformFloat64(random);
}

/**
 * The next whole number between two, both included.
 *
 * @example integer(seededRandom('a'), 3, 3) // => 3
 */
export function integer(random: Random, from: number, to: number): number {
  return uniformInt(random, from, to);
}

/**
 * How much a statistic would vary had the weeks fallen differently: its 5 % and 95 % points.
 *
 * Bootstrap of whole weeks: each draw takes as many weeks as there are, with repetition, so that what happens
 * together within a week stays together. Draws for which the statistic is undefined are left out. undefined for fewer
 * than two weeks, which cannot show any variation, and when no draw had a value.
 *
 * @example weekBootstrap(seededRandom('a'), [4, 4, 4], 100, (weeks) => Math.max(...weeks)) // => { lower: 4, upper: 4 }
 */
export function weekBootstrap<Week>(
  random: Random,
  weeks: readonly Week[],
  draws: number,
  statistic: (weeks: readonly Week[]) => number | undefined,
): Interval | undefined {
  return drawnInterval(weekDraws(random, weeks, draws, statistic));
}

/**
 * The 5 % and 95 % points of what was drawn, by nearest rank; undefined when nothing was.
 *
 * @example drawnInterval([3, 1, 2]) // => { lower: 1, upper: 3 }
 */
export function drawnInterval(values: readonly number[]): Interval | undefined {
  const [lower, upper] = qUppers(values, [5, 95]);
  return lower === undefined || upper === undefined ? undefined : { lower, upper };
}

/**
 * The values that a statistic takes when whole weeks are drawn again: what `weekBootstrap` takes its points from, for
 * questions such as how often the statistic lies above a limit. Empty for fewer than two weeks.
 *
 * @example weekDraws(seededRandom('a'), [4, 4, 4], 3, (weeks) => Math.max(...weeks)) // => [4, 4, 4]
 * @example weekDraws(seededRandom('a'), [4], 3, (weeks) => Math.max(...weeks)) // => []
 */
export function weekDraws<Week>(
  random: Random,
  weeks: readonly Week[],
  draws: number,
  statistic: (weeks: readonly Week[]) => number | undefined,
): readonly number[] {
  if (weeks.length < 2) return [];
  // Four weeks can be drawn in 256 ways only: of thousands of draws most were seen before.
  const areFew = weeks.length ** weeks.length < draws;
  const known = new Map<number, number | undefined>();
  return Array.from({ length: draws }, () => {
    const { drawn, way } = resample(random, weeks);
    if (!areFew) return statistic(drawn);
    if (!known.has(way)) known.set(way, statistic(drawn));
    return known.get(way);
  }).filter((value) => value !== undefined);
}

/** Weeks drawn with repetition, and which of all the ways to draw them that is. */
function resample<Week>(
  random: Random,
  weeks: readonly Week[],
): { readonly drawn: readonly Week[]; readonly way: number } {
  const drawn: Week[] = [];
  let way = 0;
  for (let i = 0; i < weeks.length; i += 1) {
    // Thousands of draws go through here: an array for each week of each would cost more than all the rest.
    const which = integer(random, 0, weeks.length - 1);
    const week = weeks[which];
    if (week !== undefined) drawn.push(week);
    way = way * weeks.length + which;
  }
  return { drawn, way };
}

/** FNV-1a: 32 bits of any text, the same everywhere, without a dependency on a crypto library. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
