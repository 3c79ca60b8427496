import { max, rollup, sum } from 'd3-array';
import { ONE_AS_TWO } from '#domain/lack-words.ts';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { MIN_GROUP } from './people.ts';
import type { RecentEffort } from './recent-effort.ts';

/** One contributor with this share of some effort carries it alone (METRICS B4). */
export const ALONE_SHARE = 0.8;

/** In place of a figure about fewer than 3 people. How many fewer it does not say. */
export function tooFew(what: string): Insufficient {
  return insufficient(MIN_GROUP - 1, MIN_GROUP, `people ${what} ${ONE_AS_TWO}`);
}

/**
 * Why the effort on some items may not be told, if so: it is one person's time, or that of two of whom one has four fifths
 * of it or more. With the items beside it the figure would say what that person did (METRICS 1.1.10). It may still serve
 * in a computation.
 *
 * Of two people who share it the figure is told: that support takes two engineers is what leadership has to hear.
 */
export function onePersonsTime(
  { days }: Pick<RecentEffort, 'days'>,
  areOurs: (item: WorkItem) => boolean,
): Insufficient | undefined {
  const amounts = [
    ...rollup(
      days.filter(({ items }) => items.some(areOurs)),
      (some) => sum(some, ({ items }) => items.filter(areOurs).length / items.length),
      ({ person }) => person,
    ).values(),
  ];
  if (amounts.length === 0 || amounts.length >= MIN_GROUP) return undefined;
  return (max(amounts) ?? 0) >= ALONE_SHARE * sum(amounts) ? tooFew('whose time it is') : undefined;
}
