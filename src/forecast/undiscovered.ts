import { rollup } from 'd3-array';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { childrenByParent } from '#metrics/children.ts';
import { type Slices, slicesOf, sumOfSlices } from '#statistics/slices.ts';
import { sumOfDraws } from './tally.ts';

/** How many items a parent came to be made of, by its level: what un-split ones are told from. */
export interface Sizes {
  readonly ofTeam: (level: number) => readonly number[];
  /** Of every parent read, whichever team it belongs to. */
  readonly ofAll: (level: number) => readonly number[];
}

/** The items that parents without parts will turn out to hold. */
export interface Undiscovered {
  readonly items: Slices;
  /** How many parents have no parts yet. */
  readonly unsplit: number;
  /** Why nothing is known of the size of some of them; they then count for one item each, which is the least. */
  readonly unknown?: Insufficient;
}

/** Done parents of the same level that it takes to know how large one may be. */
export const MIN_PARENTS = 8;

/**
 * How many items lie under each parent that is done: those not dropped, at any depth. A parent that was done without
 * any part counts for one: it was work itself.
 */
export function doneSizes(view: TeamView, children = childrenByParent(view)): Sizes {
  const itemsUnder = (item: WorkItem, depth: number): number =>
    (children.get(issueRef(item.issue.source, item.issue.id)) ?? [])
      .filter(({ stage }) => stage !== 'cancelled')
      // A circle of parents would never end.
      .reduce(
        (sum, part) => sum + (part.type.level <= 0 ? 1 : 0) + (depth > 8 ? 0 : itemsUnder(part, depth + 1)),
        0,
      );
  const byLevel = (parents: readonly WorkItem[]) => {
    const sizes = rollup(
      parents.filter(({ stage, type }) => stage === 'done' && type.level > 0),
      (some) => some.map((parent) => Math.max(1, itemsUnder(parent, 0))),
      ({ type }) => type.level,
    );
    return (level: number) => sizes.get(level) ?? [];
  };
  return { ofTeam: byLevel(view.parents), ofAll: byLevel([...view.byRef.values()]) };
}

/**
 * What is yet to be found under parents without parts: for each, as many items as the team's done parents of its level
 * had (at least 8 of them), else as those of all teams; every one of them as likely as it was frequent.
 *
 * @example undiscovered([], { ofTeam: () => [], ofAll: () => [] }) // => { items: [0], unsplit: 0 }
 */
export function undiscovered(unsplit: readonly Pick<WorkItem, 'type'>[], sizes: Sizes): Undiscovered {
  let items: Slices = [0];
  let unknown: Insufficient | undefined;
  for (const [level, some] of Map.groupBy(unsplit, ({ type }) => type.level)) {
    const pool = [sizes.ofTeam(level), sizes.ofAll(level)].find((one) => one.length >= MIN_PARENTS);
    if (pool === undefined) {
      unknown = insufficient(
        sizes.ofAll(level).length,
        MIN_PARENTS,
        'done parents of that level to learn from',
      );
    }
    const { from, step = 1, chances } = sumOfDraws(pool ?? [1], some.length);
    items = sumOfSlices(slicesOf(chances.map((weight, i) => ({ value: from + i * step, weight }))), items);
  }
  return { items, unsplit: unsplit.length, ...(unknown === undefined ? {} : { unknown }) };
}
