import { type CalendarDay, dayOf, plusDays, startOf, startOfWeek } from '#domain/calendar.ts';

/** As far back as anything that depends on earlier evaluations is replayed. */
const REPLAYED_WEEKS = 26;

/**
 * The days at whose end weekly evaluations are replayed, latest first: the Sundays up to a day, since the end of Sunday
 * is Monday 00:00 in the team's zone. A Sunday is the first of its own. A fixed grid, so that an answer does not depend
 * on when somebody asked.
 *
 * @example weeklyGrid('2026-01-23', 'UTC', 2) // => ['2026-01-18', '2026-01-11']
 * @example weeklyGrid('2026-01-18', 'UTC', 1) // => ['2026-01-18']
 */
export function weeklyGrid(
  day: CalendarDay,
  timezone: string,
  weeks: number = REPLAYED_WEEKS,
): readonly CalendarDay[] {
  const monday = dayOf(startOfWeek(startOf(plusDays(day, 1), timezone), timezone), timezone);
  return Array.from({ length: weeks }, (_, ago) => plusDays(monday, -1 - 7 * ago));
}

/** For how long something has been seen without a break. */
export interface Persistence {
  readonly weeks: number;
  /** The earliest day of the unbroken run; absent when it was not seen on the last one. */
  readonly since?: CalendarDay;
}

/**
 * For how many Mondays in a row, up to the last, something was seen. Asks no further back than it has to.
 *
 * @example persistence(['2026-01-18', '2026-01-11', '2026-01-04'], (day) => day > '2026-01-05')
 *   // => { weeks: 2, since: '2026-01-11' }
 * @example persistence(['2026-01-18'], () => false) // => { weeks: 0 }
 */
export function persistence(
  grid: readonly CalendarDay[],
  isSeen: (day: CalendarDay) => boolean,
): Persistence {
  const broken = grid.findIndex((day) => !isSeen(day));
  const weeks = broken === -1 ? grid.length : broken;
  const since = grid[weeks - 1];
  return since === undefined ? { weeks: 0 } : { weeks, since };
}
