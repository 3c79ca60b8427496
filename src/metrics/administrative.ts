import { extent } from 'd3-array';
import { dayNumberOf, MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant, PersonHash } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { rank } from '#statistics/quantiles.ts';

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
 * those not in progress for five minutes at any time in the 30 days before. A real batch therefore stays, and what an
 * import moved through all stages at once does not.
 *
 * Left out: closures undone since, and for the rule of one actor those whose actor the tracker does not tell.
 *
 * @example [...administrativeClosures(view(team(), '2026-01-23', [issue('PAY-1', 'To Do 3d → Cancelled')])).values()]
 *   // => ['cancelled']
 */
export function administrativeClosures(view: TeamView): ReadonlyMap<string, AdministrativeReason> {
  return closuresOf(view);
}

const closuresOf = oncePerView((view): ReadonlyMap<string, AdministrativeReason> => {
  const closures = view.items.flatMap((item) => {
    const at = item.finishedAt ?? item.cancelledAt;
    return at === undefined ? [] : [closure(item, at, item.stage === 'cancelled', view.team.timezone)];
  });
  const [batches, counts] = [batchesByActor(closures), closuresPerDay(closures)];
  return new Map(
    closures.flatMap((closed): readonly (readonly [string, AdministrativeReason])[] => {
      if (closed.untouched && batches.has(closed)) return [[closed.ref, 'bulk_by_one_actor']];
      if (closed.untouched && isBulkDay(counts, closed.day)) return [[closed.ref, 'bulk_day']];
      return closed.cancelled ? [[closed.ref, 'cancelled']] : [];
    }),
  );
});

/** Whether a closure was one of a mass: such an item says nothing about how the team works, finished or dropped. */
export function isBulk(reason: AdministrativeReason | undefined): boolean {
  return reason === 'bulk_by_one_actor' || reason === 'bulk_day';
}

const UNTOUCHED_MS = 30 * MS_PER_DAY;
/** An import writes the whole path of an item in one moment; nobody works on it in less than that. */
const PASSING_MS = 5 * 60_000;
const BATCH_SIZE = 10;
const BATCH_MS = 10 * 60_000;
const BULK_DAY_FLOOR = 12;
const BULK_DAY_FACTOR = 3;
const BULK_DAY_HISTORY = 180;

/** An item that left the system, as telling tidying up from work needs it. */
export interface Closure {
  readonly ref: string;
  readonly at: Instant;
  /** Days since 1970-01-01. */
  readonly day: number;
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
    day: dayNumberOf(at, timezone),
    cancelled,
    untouched: !item.stays.some(
      ({ stage, from, to = at }) =>
        isInProgress(stage) && from < at && to > at - UNTOUCHED_MS && to - from >= PASSING_MS,
    ),
    ...(actor === undefined ? {} : { actor: `${item.issue.source}/${actor}` }),
  };
}

/** Those of some closures that one actor made in a mass, touched or not. */
export function batchesByActor<C extends Pick<Closure, 'at' | 'actor'>>(
  closures: readonly C[],
): ReadonlySet<C> {
  const byActor = Map.groupBy(
    closures.filter((closed) => closed.actor !== undefined),
    (closed) => closed.actor,
  );
  const batch = new Set<C>();
  for (const group of byActor.values()) {
    if (group.length < BATCH_SIZE) continue;
    const ordered = group.toSorted((a, b) => a.at - b.at);
    let first = 0;
    let taken = 0;
    ordered.forEach((closed, last) => {
      while (closed.at - (ordered[first]?.at ?? closed.at) > BATCH_MS) first += 1;
      if (last - first + 1 < BATCH_SIZE) return;
      for (const one of ordered.slice(Math.max(first, taken), last + 1)) batch.add(one);
      taken = last + 1;
    });
  }
  return batch;
}

/** How many closures there were on each day, and how many of them untouched, from the day `first` on. */
export interface ClosuresPerDay {
  /** Days since 1970-01-01. */
  readonly first: number;
  readonly all: Int32Array;
  readonly untouched: Int32Array;
}

/** Whether more was closed on a day than is usual for a team, most of it untouched. */
export function isBulkDay({ first, all, untouched }: ClosuresPerDay, day: number): boolean {
  const place = day - first;
  const onDay = all[place] ?? 0;
  if (onDay <= BULK_DAY_FLOOR || 2 * (untouched[place] ?? 0) < onDay) return false;
  let days = 0;
  let below = 0;
  for (let before = Math.max(0, place - BULK_DAY_HISTORY); before < place; before += 1) {
    const some = all[before] ?? 0;
    if (some === 0) continue;
    days += 1;
    if (BULK_DAY_FACTOR * some < onDay) below += 1;
  }
  // That it is more than three times the P95, without putting the days in order: this is asked of every past week.
  return days === 0 || below >= rank(days, 95);
}

function closuresPerDay(closures: readonly Closure[]): ClosuresPerDay {
  const [first = 0, last = 0] = extent(closures, ({ day }) => day);
  const all = new Int32Array(last - first + 1);
  const untouched = new Int32Array(last - first + 1);
  for (const closed of closures) {
    const place = closed.day - first;
    all[place] = (all[place] ?? 0) + 1;
    if (closed.untouched) untouched[place] = (untouched[place] ?? 0) + 1;
  }
  return { first, all, untouched };
}
