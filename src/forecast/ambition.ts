import type { Interval } from '#statistics/interval.ts';

/** How much faster than now the work would have to go to be done in time: 1 is just as fast. */
export interface Ambition {
  readonly ratio: number;
  readonly interval: Interval;
  /** Whether the present pace is enough, may be enough, or is not. */
  readonly verdict: 'feasible' | 'cannot_exclude_feasible' | 'infeasible_at_this_pace';
}

/**
 * The pace that is needed over the pace that there is.
 *
 * The interval is that of the present pace: needed over its upper and over its lower end. undefined while the pace is
 * nil or no time is left, where no ratio exists.
 *
 * @example ambition(24, 8, { value: 2.5, lower: 1.8, upper: 3.4 }) // => { ratio: 1.2, interval: { lower: 0.8824, upper: 1.6667 }, verdict: 'cannot_exclude_feasible' }
 */
export function ambition(
  items: number,
  weeks: number,
  perWeek: Interval & { readonly value: number },
): Ambition | undefined {
  if (!(weeks > 0 && perWeek.value > 0 && perWeek.lower > 0)) return undefined;
  const needed = items / weeks;
  const [ratio, lower, upper] = [needed / perWeek.value, needed / perWeek.upper, needed / perWeek.lower];
  return {
    ratio,
    interval: { lower, upper },
    verdict: upper <= 1 ? 'feasible' : lower > 1 ? 'infeasible_at_this_pace' : 'cannot_exclude_feasible',
  };
}
