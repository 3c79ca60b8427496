import { bisectLeft, range } from 'd3-array';
import { type CalendarDay, dayOf, daysBetween, plusDays, startOf } from '#domain/calendar.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { administrativeClosures } from '#metrics/administrative.ts';

/**
 * Items finished on each day, from a day on up to the day of the view: what a forecast knows of a team's past.
 *
 * An item counts on the day (team's zone) of its last crossing into done. Days without any are zeros, also at
 * weekends. All is as it was known at the end of the view: what was reopened or recognised later does not matter.
 *
 * Left out: dropped items, closures by tidying up, items reopened since, and days before `from`.
 *
 * @example completionsPerDay(view(team(), '2026-01-15', [issue('PAY-1', 'In Progress 8d → Done', { from: '2026-01-05' })]), '2026-01-12')
 *   // => [0, 1, 0, 0]
 */
export function completionsPerDay(view: TeamView, from: CalendarDay): readonly number[] {
  const { timezone } = view.team;
  const administrative = administrativeClosures(view);
  const days = range(daysBetween(from, view.day) + 1);
  // Searched among the beginnings of the days: asking the calendar for the day of every item takes longer.
  const begins = days.map((day) => startOf(plusDays(from, day), timezone));
  const counts = days.map(() => 0);
  for (const { finishedAt, issue } of view.items) {
    if (finishedAt === undefined || administrative.has(issueRef(issue.source, issue.id))) continue;
    const day = bisectLeft(begins, finishedAt + 1) - 1;
    if (day >= 0) counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
}

/** The day of the first thing that ever happened to an item of the team; undefined for a team without items. */
export function firstActivityDay(view: TeamView): CalendarDay | undefined {
  let first = Number.POSITIVE_INFINITY;
  for (const { issue } of view.items) first = Math.min(first, issue.events[0]?.at ?? issue.createdAt);
  return Number.isFinite(first) ? dayOf(first, view.team.timezone) : undefined;
}
