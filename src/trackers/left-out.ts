import type { Instant } from '#domain/issue.ts';

/** Issues to leave out of an answer if they changed last at one of the moments. */
export interface LeftOut {
  readonly moments: readonly Instant[];
  readonly ids: readonly string[];
}

/** As many values as one list of a question may have. */
const MOST_VALUES = 1000;
const MOST_BULKS = 50;

/**
 * What is known of issues, by id, as few lists that tell a tracker which of them to leave out: those that changed one by
 * one together, the newest first, and those that were edited at one go by themselves. For of a bulk edit a tracker that
 * shows things late may have shown a part: an issue known from before must not be left out at its moment as well.
 * @example leftOut(new Map([['10', 5], ['11', 7]])) // => [{ moments: [7, 5], ids: ['11', '10'] }]
 * @example leftOut(new Map([['10', 5], ['11', 5]])) // => [{ moments: [5], ids: ['10', '11'] }]
 */
export function leftOut(known: ReadonlyMap<string, Instant>): readonly LeftOut[] {
  const together = [...Map.groupBy(known, ([, at]) => at)]
    .map(([at, some]) => ({ at, ids: some.map(([id]) => id) }))
    .toSorted((a, b) => b.at - a.at);
  const alone = together.filter(({ ids }) => ids.length === 1).slice(0, MOST_VALUES);
  const lists: LeftOut[] = [];
  if (alone.length > 0) {
    lists.push({ moments: alone.map(({ at }) => at), ids: alone.flatMap(({ ids }) => ids) });
  }
  const bulk = together.filter(({ ids }) => ids.length > 1).toSorted((a, b) => b.ids.length - a.ids.length);
  let left = MOST_VALUES;
  for (const { at, ids } of bulk.slice(0, MOST_BULKS)) {
    const some = ids.slice(0, left);
    left -= some.length;
    if (some.length > 0) lists.push({ moments: [at], ids: some });
  }
  return lists;
}
