import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Durations that are mostly short and sometimes long, as those of work are. */
export interface Spread {
  readonly median: number;
  /** Standard deviation of the logarithm: 0 makes all alike, 1 is wild. */
  readonly sigma: number;
}

/** Chance that comes out the same way for the same seed. */
export interface Chance {
  happens(probability: number): boolean;
  between(from: number, to: number): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  /** As many different ones as wanted, or all there are. */
  some<T>(from: readonly T[], count: number): readonly T[];
  /** One of the names, each as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
  /** Log-normal, cut at six times the median: an item that outlives the year would say nothing. */
  duration(spread: Spread): number;
  /** So many hexadecimal digits. */
  hex(digits: number): string;
}

export function createChance(seed: string): Chance {
  const generator = mersenne(hashOf(seed));
  const uniform = (): number => uniformFloat64(generator);
  const integer = (from: number, to: number): number => uniformInt(generator, from, to);
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new RangeError('nothing to pick from');
    return from[integer(0, from.length - 1)] as T;
  };
  return {
    happens: (probability) => uniform() < probability,
    between: (from, to) => from + uniform() * (to - from),
    integer,
    pick,
    some: (from, count) =>
      from
        .map((one) => ({ one, order: uniform() }))
        .sort((a, b) => a.order - b.order)
        .slice(0, count)
        .map(({ one }) => one),
    weighted: (weights) => {
      const names = Object.keys(weights) as (keyof typeof weights)[];
      let left = uniform() * names.reduce((sum, name) => sum + weights[name], 0);
      return names.find((name) => (left -= weights[name]) < 0) ?? pick(names);
    },
    duration: ({ median, sigma }) => Math.min(6, Math.exp(sigma * normal(uniform(), uniform()))) * median,
    hex: (digits) => Array.from({ length: digits }, () => integer(0, 15).toString(16)).join(''),
  };
}

/** Box and Muller's way from two uniform numbers to a normal one. */
function normal(a: number, b: number): number {
  return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
