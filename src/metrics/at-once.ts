import { sum } from 'd3-array';
import { concentration } from '#statistics/concentration.ts';
import { drawnInterval, seededRandom, weekDraws } from '#statistics/random.ts';
import type { Workstream } from './attribution.ts';
import type { Estimate } from './measured.ts';
import type { EffortSplit } from './stream-effort.ts';

const DRAWS = 2000;

/** Over how many lines of work a team is spread at a time. */
export interface AtOnce {
  readonly effective: Estimate;
  /**
   * How likely it lies above a limit, by whole weeks drawn again; undefined of a single week. Never nearer to 0 or 1 than
   * 1 in 2^weeks: as often all weeks fall on one side of a limit that each is as likely to miss as to pass.
   */
  readonly chanceAbove: (limit: number) => number | undefined;
}

/**
 * Over how many lines of work a team is spread within a week, of those that it still has.
 *
 * One epic that follows another makes two of a month and never two at a time: 1 / the sum of squared shares within a week,
 * averaged over the weeks by their effort (the within-part of Simpson's diversity, Lande 1996), which is never more than
 * that of all weeks taken as one. What was finished meanwhile is left out, as the work that ends on its own: `isStill`
 * says which streams are not. Whole weeks drawn again as in `sprawl`; undefined when no effort is on such streams.
 */
export function atOnce(
  split: EffortSplit,
  isStill: (stream: Workstream) => boolean,
  seed: string,
): AtOnce | undefined {
  const still = split.streams.filter(({ stream }) => isStill(stream));
  const weeks = split.unassignedByWeek
    .map((_, i) => still.map(({ byWeek }) => byWeek[i] ?? 0))
    .flatMap((amounts): readonly Week[] => {
      const { herfindahl } = concentration(amounts) ?? {};
      const effort = sum(amounts);
      return herfindahl === undefined ? [] : [{ effort, concentrated: herfindahl * effort }];
    });
  const value = spreadOver(weeks);
  if (value === undefined) return undefined;
  const draws = weekDraws(seededRandom(seed), weeks, DRAWS, spreadOver);
  const least = 0.5 ** weeks.length;
  return {
    effective: { value, interval: drawnInterval(draws) },
    chanceAbove: (limit) => {
      if (draws.length === 0) return undefined;
      const above = draws.filter((streams) => streams > limit).length / draws.length;
      return Math.min(1 - least, Math.max(least, above));
    },
  };
}

interface Week {
  /** Person-days on streams that the team still has. */
  readonly effort: number;
  /** Their sum of squared shares, times the effort. */
  readonly concentrated: number;
}

function spreadOver(weeks: readonly Week[]): number | undefined {
  return weeks.length === 0
    ? undefined
    : sum(weeks, (week) => week.effort) / sum(weeks, (week) => week.concentrated);
}
