import * as fc from 'fast-check';
import type { Lifetime } from '#statistics/survival.ts';

/** Lifetimes watched from their beginning: `3` ended after 3, `'3+'` was still running when last seen. */
export function lifetimes(...durations: readonly (number | `${number}+`)[]): readonly Lifetime[] {
  return Object.freeze(
    durations.map((duration) =>
      typeof duration === 'number'
        ? Object.freeze({ entry: 0, exit: duration, event: true })
        : Object.freeze({ entry: 0, exit: Number.parseFloat(duration), event: false }),
    ),
  );
}

/** Random spells with ties, delayed entries and every `outcome` there is; some were never at risk (entry = exit). */
export function spellsOf<T>(
  outcome: fc.Arbitrary<T>,
): fc.Arbitrary<readonly (T & { entry: number; exit: number })[]> {
  const span = fc.record({ entry: fc.nat({ max: 8 }), watched: fc.nat({ max: 12 }) });
  const spell = fc
    .tuple(span, outcome)
    .map(([{ entry, watched }, rest]) => Object.freeze({ entry, exit: entry + watched, ...rest }));
  return fc.array(spell, { minLength: 1, maxLength: 25 }).map((all) => Object.freeze(all));
}

/** Exact fractions, so that a curve is compared with what it should be and not with another rounding. */
export class Fraction {
  readonly over: bigint;
  readonly under: bigint;

  constructor(over: bigint | number, under: bigint | number = 1) {
    this.over = BigInt(over);
    this.under = BigInt(under);
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.over * other.over, this.under * other.under);
  }

  plus(other: Fraction): Fraction {
    return new Fraction(this.over * other.under + other.over * this.under, this.under * other.under);
  }

  toNumber(): number {
    // 40 binary places more than a double needs for numbers between 0 and 1.
    return Number((this.over << 93n) / this.under) / 2 ** 93;
  }
}
