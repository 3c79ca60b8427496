import { qUpper } from '#statistics/quantiles.ts';

/** As many finished items as our own chances need, or the rule would be judged on samples that we refuse. */
const FEWEST = 5;

/**
 * The chance to finish within the days ahead by the items that did finish, as if every item would: the share of those
 * that took longer than this age which took no longer than age and horizon. undefined when none took longer.
 */
export function completedWithin(
  finished: readonly number[],
  age: number,
  horizon: number,
): number | undefined {
  const longer = finished.filter((days) => days > age);
  if (finished.length < FEWEST || longer.length === 0) return undefined;
  return longer.filter((days) => days <= age + horizon).length / longer.length;
}

/** Within how many days 85 % of the finished items were done. */
export function completedP85(finished: readonly number[]): number | undefined {
  return finished.length < FEWEST ? undefined : qUpper(finished, 85);
}
