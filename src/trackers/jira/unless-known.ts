import type { Instant } from '#domain/issue.ts';
import { leftOut } from '../left-out.ts';

/**
 * A condition on a search that leaves out what is stored as it is: issues, by id, that changed last when they are known
 * to have. Empty when nothing is known. One that was edited since is found, also when the index tells of it late.
 * @example unlessKnown(new Map([['10', 5], ['11', 7]])) // => ' AND NOT (updated in (7, 5) AND id in (11, 10))'
 * @example unlessKnown(new Map()) // => ''
 */
export function unlessKnown(known: ReadonlyMap<string, Instant>): string {
  return leftOut(known)
    .map(({ moments, ids }) => ` AND NOT (updated in (${moments.join(', ')}) AND id in (${ids.join(', ')}))`)
    .join('');
}

/**
 * What is known, without what changed in the second in which it was read or later, unless that is much: another edit
 * may share the millisecond, and only values tell. `since`: the tracker's clock when it was asked last.
 * @example settled(new Map([['10', 4999], ['11', 5700]]), 5000) // => new Map([['10', 4999]])
 */
export function settled(known: ReadonlyMap<string, Instant>, since: Instant): ReadonlyMap<string, Instant> {
  const before = new Map([...known].filter(([, updated]) => updated < since));
  return known.size - before.size > MOST_COMPARED ? known : before;
}

const MOST_COMPARED = 20;
