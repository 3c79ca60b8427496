import { bisectRight, mean, range } from 'd3-array';
import type { Interval } from './interval.ts';
import type { SurvivalCurve } from './survival.ts';

type Curve = {
  readonly supportedUntil: number;
  readonly steps: readonly Pick<SurvivalCurve['steps'][number], 'time' | 'survival' | 'interval90'>[];
};

/** Fine enough that half a hundredth of the longest wait is seen. */
const CELLS = 200;

/**
 * How long it takes from when the last of many waits begins until all of them are over, where so many begin a day.
 *
 * Who waits for all waits for the longest: `integral of 1 - product over i of (1 - S(x + i / perDay))`, the waits taken as
 * independent and begun evenly. With few a day it is the mean wait, with many nearly the longest. Beyond the end of the
 * curve nothing is added, so it is the least that it can be. The interval takes the 90 % limits of the curve at every
 * time, which is wider than it need be.
 *
 * @example lastOfMany({ steps: [{ time: 0, survival: 0.5, interval90: undefined }, { time: 10, survival: 0, interval90: undefined }], supportedUntil: 10 }, 0.05).middle
 *   // => 5
 */
export function lastOfMany(curve: Curve, perDay: number): Interval & { readonly middle: number } {
  const { steps } = curve;
  const over = (limit: (step: Curve['steps'][number]) => number) => expected(curve, perDay, steps.map(limit));
  return {
    lower: over(({ survival, interval90 }) => interval90?.lower ?? survival),
    middle: over(({ survival }) => survival),
    upper: over(({ survival, interval90 }) => interval90?.upper ?? survival),
  };
}

function expected(
  { steps, supportedUntil: end }: Curve,
  perDay: number,
  survival: readonly number[],
): number {
  const times = steps.map(({ time }) => time);
  const isOverAfter = (wait: number) => {
    const at = bisectRight(times, wait);
    return wait >= end ? 1 : 1 - (at === 0 ? 1 : (survival[at - 1] ?? 0));
  };
  const notAllAfter = (days: number) => {
    let all = 1;
    for (let wait = days; wait < end && all > 0; wait += 1 / perDay) all *= isOverAfter(wait);
    return 1 - all;
  };
  return end * (mean(range(CELLS), (cell) => notAllAfter((end * (cell + 0.5)) / CELLS)) ?? 0);
}
