import { type CalendarDay, daysBetween, endOf, parseDay } from '#domain/calendar.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** What was promised for an item, and what became of it. */
export interface DuePromise {
  readonly item: WorkItem;
  readonly firstDue: CalendarDay;
  /** The last date that was set before the item was finished. */
  readonly lastDue: CalendarDay;
  readonly slipDays: number;
  /** Moves to a later date. */
  readonly postponements: number;
  /** The end of the first day promised, in the team's zone. */
  readonly firstDueBy: Instant;
  readonly lastDueBy: Instant;
}

/**
 * The dates an item was promised for; undefined when it never had one.
 *
 * A date without a time means the whole day in the team's zone. Dates set after the item was finished promise nothing
 * and are left out; so are those that are no date. Taking the date away keeps the promise that was made.
 */
export function duePromise(item: WorkItem, timezone: string): DuePromise | undefined {
  const until = item.finishedAt ?? Number.POSITIVE_INFINITY;
  const dates = scalarIntervals(item.issue, 'dueDate')
    .filter(({ from }) => from < until)
    .flatMap(({ value }) => parseDay(value?.value.slice(0, 10) ?? '') ?? []);
  const [firstDue, lastDue] = [dates[0], dates.at(-1)];
  if (firstDue === undefined || lastDue === undefined) return undefined;
  return {
    item,
    firstDue,
    lastDue,
    slipDays: daysBetween(firstDue, lastDue),
    postponements: dates.filter((date, i) => date > (dates[i - 1] ?? date)).length,
    firstDueBy: endOf(firstDue, timezone),
    lastDueBy: endOf(lastDue, timezone),
  };
}
