import type { CalendarDay } from '#domain/calendar.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { recentEffort } from './recent-effort.ts';

/** People's time that goes into each of some items, by `issueRef`. Never leaves the core: an item may be one person's. */
export type ItemEffort = ReadonlyMap<string, number>;

/**
 * How many people's time goes into each of some items: its part of the person-days of the last 20 work days, over those
 * days, or of those of them that count. A person-day is split equally over its items; `partOf` says how much of an item
 * counts, from 0 to 1.
 */
export function itemEffort(
  view: TeamView,
  partOf: (item: WorkItem) => number,
  counts: (day: CalendarDay) => boolean = () => true,
): ItemEffort {
  const { days, workdays } = recentEffort(view);
  const over = workdays.filter(counts).length;
  const effort = new Map<string, number>();
  for (const { day, items } of days) {
    if (!counts(day)) continue;
    for (const item of items) {
      const part = partOf(item);
      if (part === 0) continue;
      const ref = issueRef(item.issue.source, item.issue.id);
      effort.set(ref, (effort.get(ref) ?? 0) + part / items.length / over);
    }
  }
  return effort;
}
