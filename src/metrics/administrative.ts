import { type CalendarDay, dayOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import type { Instant, PersonHash } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { qUpper } from '#statistics/quantiles.ts';

/**
 * Why a closure is no delivery. `cancelled`: dropped, whether by status or by resolution. `bulk_by_one_actor` and
 * `bulk_day`: closed in a mass of items that nobody had been working on.
 */
export type AdministrativeReason = 'bulk_by_one_actor' | 'bulk_day' | 'cancelled';

/**
 * Which closures are tidying up, by `issueRef`. One afternoon of clearing a backlog would otherwise look like the
 * best week the team ever had, and spoil every forecast made from it.
 *
 * A closure is the last crossing into done or cancelled, while it holds. By one actor: ten or more within ten
 * minutes. A bulk day (in the team's zone): more than 12 closures and more than three times the P95 of the days with
 * closures in the 180 days before, at least half of them untouched. Only the untouched ones count as administrative:
 * those not in progress at any time in the 30 days before. A real batch therefore stays.
 *
 * Left out: closures undone since, and for the rule of one actor those whose actor the tracker does not tell.
 *
 * @example [...administrativeClosures(view(team(), '2026-01-23', [issue('PAY-1', 'To Do 3d → Cancelled')])).values()]
 *   // => ['cancelled']
 */
export function administrativeClosures(view: TeamView): ReadonlyMap<string, AdministrativeReason> {
  return administrativeAmong(
    view.items.flatMap((item) => {
      const at = item.finishedAt ?? item.cancelledAt;
      return at === undefined ? [] : [closure(item, at, item.stage === 'cancelled', view.team.timezone)];
    }),
  );
}

/** The same of closures that were gathered in another way: each item's last crossing that holds, and no other. */
export function administrativeAmong(closures: readonly Closure[]): ReadonlyMap<string, AdministrativeReason> {
  const reasons = new Map<string, AdministrativeReason>();
  const mark = (closed: readonly Closure[], reason: AdministrativeReason) => {
    for (const { ref } of closed) if (!reasons.has(ref)) reasons.set(ref, reason);
  };
  mark(
    batchesByActor(closures).filter((closed) => closed.untouched),
    'bulk_by_one_actor',
  );
  mark(
    bulkDays(closures).filter((closed) => closed.untouched),
    'bulk_day',
  );
  mark(
    closures.filter((closed) => closed.cancelled),
    'cancelled',
  );
  return reasons;
}

/** Whether a closure was one of a mass: such an item says nothing about how the team works, finished or dropped. */
export function isBulk(reason: AdministrativeReason | undefined): boolean {
  return reason === 'bulk_by_one_actor' || reason === 'bulk_day';
}

const UNTOUCHED_MS = 30 * MS_PER_DAY;
const BATCH_SIZE = 10;
const BATCH_MS = 10 * 60_000;
const BULK_DAY_FLOOR = 12;
const BULK_DAY_FACTOR = 3;
const BULK_DAY_HISTORY = 180;

/** An item that left the system, as telling tidying up from work needs it. */
export interface Closure {
  readonly ref: string;
  readonly at: Instant;
  readonly day: CalendarDay;
  readonly cancelled: boolean;
  readonly untouched: boolean;
  /** Who closed it, within its source: hashes of different sources do not compare. */
  readonly actor?: PersonHash;
}

/** The crossing of an item into done or cancelled at an instant. */
export function closure(item: WorkItem, at: Instant, cancelled: boolean, timezone: string): Closure {
  const actor = item.issue.events.findLast(
    (event) => event.at === at && (event.field === 'status' || event.field === 'resolution'),
  )?.actor;
  return {
    ref: issueRef(item.issue.source, item.issue.id),
    at,
    day: dayOf(at, timezone),
    cancelled,
    untouched: !item.stays.some(
      (stay) => isInProgress(stay.stage) && stay.from < at && (stay.to ?? at) > at - UNTOUCHED_MS,
    ),
    ...(actor === undefined ? {} : { actor: `${item.issue.source}/${actor}` }),
  };
}

function batchesByActor(closures: readonly Closure[]): readonly Closure[] {
  const byActor = Map.groupBy(
    closures.filter((closed) => closed.actor !== undefined),
    (closed) => closed.actor,
  );
  const batch = new Set<Closure>();
  for (const group of byActor.values()) {
    const ordered = group.toSorted((a, b) => a.at - b.at);
    let first = 0;
    ordered.forEach((closed, last) => {
      while (closed.at - (ordered[first]?.at ?? closed.at) > BATCH_MS) first += 1;
      if (last - first + 1 >= BATCH_SIZE) for (const one of ordered.slice(first, last + 1)) batch.add(one);
    });
  }
  return [...batch];
}

function bulkDays(closures: readonly Closure[]): readonly Closure[] {
  const byDay = Map.groupBy(closures, (closed) => closed.day);
  return [...byDay].flatMap(([day, onDay]) => {
    const untouched = onDay.filter((closed) => closed.untouched).length;
    if (onDay.length <= BULK_DAY_FLOOR || 2 * untouched < onDay.length) return [];
    const since = plusDays(day, -BULK_DAY_HISTORY);
    const usual = [...byDay]
      .filter(([other]) => other >= since && other < day)
      .map(([, some]) => some.length);
    const cap = Math.max(BULK_DAY_FLOOR, BULK_DAY_FACTOR * (qUpper(usual, 95) ?? 0));
    return onDay.length > cap ? onDay : [];
  });
}
