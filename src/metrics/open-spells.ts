import type { Instant } from '#domain/issue.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';

/** A stretch in which an item was begun and not closed; `to` absent: it still is. */
export interface OpenSpell {
  readonly from: Instant;
  readonly to?: Instant;
}

/**
 * When an item was work in progress: from its first start to its closing, and again from a reopening. Moving back to
 * a stage before the start does not end it, since work once begun and not delivered is still owed.
 */
export function openSpells(item: Pick<WorkItem, 'stays' | 'startedAt'>): readonly OpenSpell[] {
  const { startedAt } = item;
  if (startedAt === undefined) return [];
  const spells: OpenSpell[] = [];
  for (const stay of item.stays) {
    if (stay.from < startedAt || isClosed(stay.stage)) continue;
    const last = spells.at(-1);
    const from = last?.to === stay.from ? (spells.pop()?.from ?? stay.from) : stay.from;
    spells.push(stay.to === undefined ? { from } : { from, to: stay.to });
  }
  return spells;
}
