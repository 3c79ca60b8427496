/** What is plausible for a number, both ends included, in the unit of that number. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** An interval whose ends the data may not reach: an absent end is unknown, which is not the same as infinite. */
export interface OpenInterval {
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/**
 * The more cautious of two intervals for the same number.
 *
 * Compares widths; when they are equal the first is returned. Of two methods that disagree about how
 * much is known, the one that claims less is published.
 *
 * @example wider({ lower: 0.4, upper: 0.6 }, { lower: 0.3, upper: 0.9 }) // => { lower: 0.3, upper: 0.9 }
 */
export function wider<A extends Interval, B extends Interval>(first: A, second: B): A | B {
  return second.upper - second.lower > first.upper - first.lower ? second : first;
}

/** The probability left in each tail of a two-sided interval: 0.05 for a 90 % interval. */
export function tailOf(level: number): number {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`The level of an interval lies between 0 and 1, got ${level}: write 0.9 for 90 %.`);
  }
  return (1 - level) / 2;
}

/**
 * Everything that either of two intervals allows, and what lies between them.
 * @example hull({ lower: 0.1, upper: 0.2 }, { lower: 0.5, upper: 1 }) // => { lower: 0.1, upper: 1 }
 */
export function hull(a: Interval, b: Interval): Interval {
  return { lower: Math.min(a.lower, b.lower), upper: Math.max(a.upper, b.upper) };
}
