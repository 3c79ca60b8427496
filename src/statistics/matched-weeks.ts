import { mean } from 'd3-array';
import type { Interval } from './interval.ts';
import { qUpper } from './quantiles.ts';
import { integer, type Random } from './random.ts';

/** A week's count, and whether it is one of those asked about. */
export interface MarkedWeek {
  readonly count: number;
  readonly isMarked: boolean;
}

/** So many weeks before and after are like enough to compare with: further off the team may have been another. */
const REACH = 4;

/**
 * How much lower the counts of marked weeks are than those of the unmarked ones around them.
 *
 * For each marked week the mean of the unmarked weeks up to four weeks off, less its own count; the mean of these.
 * Consecutive weeks, oldest first. undefined when no marked week has an unmarked one near.
 *
 * @example shortfallOfMarked([{ count: 5, isMarked: false }, { count: 2, isMarked: true }, { count: 7, isMarked: false }]) // => 4
 */
export function shortfallOfMarked(weeks: readonly MarkedWeek[]): number | undefined {
  return mean(
    weeks.flatMap(({ count, isMarked }, i) => {
      if (!isMarked) return [];
      const near = weeks.slice(Math.max(0, i - REACH), i + REACH + 1).filter((week) => !week.isMarked);
      const usual = mean(near, (week) => week.count);
      return usual === undefined ? [] : [usual - count];
    }),
  );
}

/**
 * What is plausible for that shortfall, from what it would be were the marks laid on other weeks by chance.
 *
 * Permutation: the marks are dealt out anew, and the 5 % and 95 % points of what that gives are laid around what was
 * seen. It holds for counts of any distribution, as long as weeks are alike but for the marks.
 */
export function shortfallInterval(
  random: Random,
  weeks: readonly MarkedWeek[],
  draws: number,
): Interval | undefined {
  const seen = shortfallOfMarked(weeks);
  if (seen === undefined) return undefined;
  const byChance = Array.from({ length: draws }, () => shortfallOfMarked(dealtAnew(random, weeks))).filter(
    (value) => value !== undefined,
  );
  const [low, high] = [qUpper(byChance, 5), qUpper(byChance, 95)];
  return low === undefined || high === undefined ? undefined : { lower: seen - high, upper: seen - low };
}

function dealtAnew(random: Random, weeks: readonly MarkedWeek[]): readonly MarkedWeek[] {
  const marks = weeks.map(({ isMarked }) => isMarked);
  for (let i = marks.length - 1; i > 0; i -= 1) {
    const j = integer(random, 0, i);
    [marks[i], marks[j]] = [marks[j] ?? false, marks[i] ?? false];
  }
  return weeks.map(({ count }, i) => ({ count, isMarked: marks[i] ?? false }));
}
