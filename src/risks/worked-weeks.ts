import { bisectRight, median } from 'd3-array';
import { type CalendarDay, dayOf, plusDays, workdaysFrom } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WeekCount } from '#metrics/throughput.ts';

/** A week, and how much of a usual week the team was there to work in: 1 is all of it. */
export interface WorkedWeek extends WeekCount {
  readonly worked: number;
  /** The same by the team's calendar alone. */
  readonly workdays: number;
}

/** As long as a team may be away without having said so. */
const AWAY_WEEKS = 2;

/**
 * How much of each week was worked, so that a holiday is not taken for a team that has slowed down.
 *
 * Holidays of the team's calendar count as not worked. So does a week or two in a row in which items moved on fewer than
 * half as many days as they usually do: the holidays that nobody entered. A team that is as quiet for longer has stopped.
 */
export function workedWeeks(
  view: Pick<TeamView, 'items' | 'team'>,
  weeks: readonly WeekCount[],
): readonly WorkedWeek[] {
  const { calendar } = view.team;
  const busy = busyDays(view, weeks);
  const usual = median(busy) ?? 0;
  const quiet = busy.map((days) => days < usual / 2);
  return weeks.map((week, i) => {
    const isAway = quiet[i] === true && runAround(quiet, i) <= AWAY_WEEKS;
    const days = workdaysFrom(week.from, plusDays(week.from, 6), calendar).length;
    const workdays = days / Math.max(1, calendar.workdays.length);
    return { ...week, worked: isAway ? 0 : workdays, workdays };
  });
}

/** How many in a row are quiet, the one at that place among them. */
function runAround(quiet: readonly boolean[], at: number): number {
  const after = quiet.indexOf(false, at);
  return (after === -1 ? quiet.length : after) - quiet.lastIndexOf(false, at) - 1;
}

/** On how many days of each week any item moved on. */
function busyDays(
  { items, team }: Pick<TeamView, 'items' | 'team'>,
  weeks: readonly WeekCount[],
): readonly number[] {
  const from = weeks.map((week) => week.from);
  const days = new Set<CalendarDay>();
  for (const { stays } of items) for (const stay of stays.slice(1)) days.add(dayOf(stay.from, team.timezone));
  const counts = weeks.map(() => 0);
  const end = from.at(-1);
  for (const day of days) {
    const week = bisectRight(from, day) - 1;
    if (end !== undefined && day < plusDays(end, 7) && week >= 0) counts[week] = (counts[week] ?? 0) + 1;
  }
  return counts;
}
