import type { Instant } from '#domain/issue.ts';
import { leftOut } from '../left-out.ts';

/** As long as so few are shown a second time, they are compared: an entry of a history may have been written on. */
const MOST_COMPARED = 20;

/**
 * Conditions on issues that leave out what is stored as it is: issues, by id, that changed last when they are known to
 * have. None when few are known. One that was edited since is found, also when Linear tells of it late.
 * @example unlessKnown(new Map([['a', 5]])) // => []
 */
export function unlessKnown(known: ReadonlyMap<string, Instant>): readonly object[] {
  if (known.size <= MOST_COMPARED) return [];
  return leftOut(known).map(({ moments, ids }) => ({
    or: [{ updatedAt: { nin: moments.map((at) => new Date(at).toISOString()) } }, { id: { nin: ids } }],
  }));
}
