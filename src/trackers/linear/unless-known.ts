import type { Instant } from '#domain/issue.ts';
import { leftOut } from '../left-out.ts';

/**
 * As long as so few are shown a second time, they are compared: of what changed in the second of the last answer, or
 * after it, something more may have happened in the very millisecond that we know of.
 */
const MOST_COMPARED = 5;

/**
 * Conditions on issues that leave out what is stored as it is: issues, by id, that changed last when they are known to
 * have, before the poll that ended at `since` was answered. One that was edited since is found, also when Linear tells of
 * it late.
 * @example unlessKnown(new Map([['a', 5]]), 5) // => []
 */
export function unlessKnown(known: ReadonlyMap<string, Instant>, since: Instant): readonly object[] {
  const compared = comparedAmong(known, since);
  const settled = new Map([...known].filter(([id]) => !compared.has(id)));
  return leftOut(settled).map(({ moments, ids }) => ({
    or: [{ updatedAt: { nin: moments.map((at) => new Date(at).toISOString()) } }, { id: { nin: ids } }],
  }));
}

/** What changed since the last answer; of many, what changed last; of many of these, nothing. */
function comparedAmong(known: ReadonlyMap<string, Instant>, since: Instant): ReadonlySet<string> {
  const last = Math.max(...known.values());
  for (const from of [since, Math.max(since, last)]) {
    const some = [...known].flatMap(([id, at]) => (at >= from ? [id] : []));
    if (some.length <= MOST_COMPARED) return new Set(some);
  }
  return new Set();
}
