import { mean, quantile, range } from 'd3-array';
import type { Insufficient } from '#domain/measurement.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import { brierScore } from '#statistics/scores.ts';
import type { Judged } from './judge.ts';
import { byProject } from './scores.ts';
import { MIN_APART, tooFewApart, withoutOverlap } from './witnesses.ts';

/** By how much one method's losses differ from another's: below 0 it is the better one. */
export interface Differences {
  readonly pinball: Difference;
  readonly crps: Difference;
  readonly brier: Difference;
}

/** The mean over projects of the difference within each, and where 95 % of other samples of projects would lie. */
export interface Difference {
  readonly value: number;
  /** Absent for a single project. */
  readonly interval95?: readonly [number, number];
}

/**
 * The losses of some forecasts less those of others, on the dates for which there are both: paired within projects,
 * since a project that is hard to forecast is so for every method. Below 20 dates that do not overlap nothing is told,
 * as of the scores themselves.
 */
export function differences(ours: readonly Judged[], theirs: readonly Judged[]): Differences | Insufficient {
  const others = new Map(theirs.map((one) => [keyOf(one), one]));
  const pairs = byProject(ours).flatMap((own) => {
    const both = own.flatMap((one) => {
      const other = others.get(keyOf(one));
      return other === undefined ? [] : [{ one, other }];
    });
    return both.length === 0 ? [] : [both];
  });
  const apart = pairs.flatMap((both) => withoutOverlap(both.map(({ one }) => one))).length;
  if (apart < MIN_APART) return tooFewApart(apart);
  const difference = (of: (one: Judged) => number): Difference => {
    const values = pairs.map((both) => mean(both, ({ one, other }) => of(one) - of(other)) ?? 0);
    return { value: mean(values) ?? 0, ...(values.length > 1 && { interval95: interval(values) }) };
  };
  return {
    pinball: difference(({ pinball }) => pinball),
    crps: difference(({ crps }) => crps),
    brier: difference(({ milestones }) => brierScore(milestones) ?? 0),
  };
}

const DRAWS = 1000;

/** Whole projects are drawn again: forecasts of one are no independent witnesses. */
function interval(values: readonly number[]): readonly [number, number] {
  const random = seededRandom('differences');
  const means = range(DRAWS).map(
    () => mean(values, () => values[integer(random, 0, values.length - 1)]) ?? 0,
  );
  return [quantile(means, 0.025) ?? 0, quantile(means, 0.975) ?? 0];
}

function keyOf({ project, asOf, days }: Judged): string {
  return `${project}|${asOf}|${days}`;
}
