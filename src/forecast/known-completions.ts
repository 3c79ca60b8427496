import { bisectLeft, extent } from 'd3-array';
import { type CalendarDay, dayNumberOf, endOf, plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';
import { batchesByActor, type Closure, closure } from '#metrics/administrative.ts';
import { addTo, cutOf, delivered, emptyTally } from './closing-tally.ts';
import { type Life, livesOf, type Span } from './lives.ts';

/** Items finished on each of the last so many days up to a day, as known at its end; fewer days when work began later. */
export type KnownCompletions = (day: CalendarDay, days: number) => readonly number[];

/**
 * What was finished, as it was known at the end of any day up to the view's.
 *
 * The same numbers as of an earlier view of that day, at a small part of its cost: an item reopened later is still
 * finished then, one that moved to another team since still counts, and tidying up is recognised by what had been
 * closed by then. Statuses need no second look: whether one is done or in progress does not depend on the date. One
 * thing differs: a status held for less than five minutes around midnight is taken for the slip that it turned out to
 * be.
 *
 * @example knownCompletions(view(team(), '2026-01-20', [issue('PAY-1', 'In Progress 3d → Done 5d → In Progress', { from: '2026-01-05' })]))('2026-01-10', 4)
 *   // => [0, 1, 0, 0]
 */
export function knownCompletions(view: TeamView): KnownCompletions {
  const { timezone } = view.team;
  const lives = livesOf(view);
  const closings = lives.flatMap((life) => closingsOf(life, timezone)).sort((a, b) => a.at - b.at);
  // Most closings hold from their day on. Counted once, they cost nothing on the hundreds of days that are asked for.
  const [lasting = [], passing = []] = [true, false].map((is) =>
    closings.filter((one) => isLasting(one) === is),
  );
  const [firstDay = 0, lastDay = 0] = extent(lasting, (closing) => closing.day);
  const always = emptyTally(firstDay, lastDay - firstDay + 1);
  for (const closing of lasting) addTo(always, closing);
  const forAWhile = holdingAmong(passing);
  // Closings that are no batch all together are none when only some of them hold.
  const suspected = holdingAmong([...batchesByActor(closings)].filter(({ untouched }) => untouched));

  return (day, days) => {
    const moment = endOf(day, timezone);
    const begun = lives.find(({ spans }) => spans.some(({ after, until }) => holdsAt(after, until, moment)));
    if (begun === undefined) return [];
    const since = startOf(plusDays(day, 1 - days - BULK_HISTORY_DAYS), timezone);
    const last = dayNumberOf(moment - 1, timezone);
    const tally = cutOf(always, last + 1 - days - BULK_HISTORY_DAYS, days + BULK_HISTORY_DAYS);
    for (const closing of forAWhile(since, moment)) addTo(tally, closing);
    const batched = [...batchesByActor(suspected(since, moment))];
    const first = Math.max(last + 1 - days, dayNumberOf(begun.first, timezone));
    return delivered(tally, first, batched);
  };
}

/** How far back the days before a day decide whether so many closures on it are usual; and one for what spans midnight. */
const BULK_HISTORY_DAYS = 181;

/** A crossing into done or cancelled, and for which moments it holds. One that comes to hold again comes twice. */
interface Closing extends Closure, Span {}

/** Whether a closing that has come will hold whenever it is asked about. */
function isLasting({ at, after, until }: Closing): boolean {
  return after <= at && until === Number.POSITIVE_INFINITY;
}

/** Those of some closings, oldest first, that came since an instant and hold at a moment. */
function holdingAmong(closings: readonly Closing[]): (since: Instant, moment: Instant) => readonly Closing[] {
  // In columns: thousands are gone through for each of hundreds of days, and would come from all over the memory.
  const [at, after, until] = (['at', 'after', 'until'] as const).map((part) =>
    Float64Array.from(closings, (closing) => closing[part]),
  ) as [Float64Array, Float64Array, Float64Array];
  return (since, moment) => {
    const holding: Closing[] = [];
    const end = bisectLeft(at, moment);
    for (let i = bisectLeft(at, since); i < end; i += 1) {
      const closing = holdsAt(after[i], until[i], moment) ? closings[i] : undefined;
      if (closing !== undefined) holding.push(closing);
    }
    return holding;
  };
}

function holdsAt(after = 0, until = 0, moment: Instant): boolean {
  return after < moment && moment <= until;
}

function closingsOf({ item, spans }: Life, timezone: string): readonly Closing[] {
  return item.stays
    .filter(({ stage }) => isClosed(stage))
    .flatMap(({ stage, from, to = Number.POSITIVE_INFINITY }) => {
      const closed = closure(item, from, stage === 'cancelled', timezone);
      return spans
        .map((span) => ({ ...closed, after: Math.max(from, span.after), until: Math.min(to, span.until) }))
        .filter(({ after, until }) => after < until);
    });
}
