import {
  type CalendarDay,
  DEFAULT_CALENDAR,
  dayOf,
  isWorkday,
  plusDays,
  startOf,
  type TeamCalendar,
} from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { type Random, uniform } from '#statistics/random.ts';

/** One hour in which a team works. */
export interface Hour {
  readonly at: Instant;
  readonly day: CalendarDay;
  readonly week: number;
  /** Counts the work days from the first one. */
  readonly workday: number;
  /** Whether it is the first of its day, or of its week. */
  readonly opensDay: boolean;
  readonly opensWeek: boolean;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const AT = [9, 10, 11, 12, 14, 15, 16, 17];

/** The hours that a team works from a Monday on, in its own zone: eight a day, none on the days off. */
export function workHours(
  from: CalendarDay,
  weeks: number,
  timezone: string,
  off: ReadonlySet<CalendarDay>,
): readonly Hour[] {
  const hours: Hour[] = [];
  let workday = -1;
  for (let week = 0; week < weeks; week += 1) {
    let opensWeek = true;
    for (let i = 0; i < 5; i += 1) {
      const day = plusDays(from, 7 * week + i);
      if (off.has(day)) continue;
      workday += 1;
      const begin = startOf(day, timezone);
      for (const hour of AT) {
        const opensDay = hour === AT[0];
        hours.push({ at: begin + hour * HOUR_MS, day, week, workday, opensDay, opensWeek });
        opensWeek = false;
      }
    }
  }
  return hours;
}

/** The first moment from then on at which somebody is at work. */
export function atWork(
  at: Instant,
  timezone: string,
  off: ReadonlySet<CalendarDay>,
  random: Random,
): Instant {
  const calendar: TeamCalendar = { ...DEFAULT_CALENDAR, holidays: [...off] };
  let moment = at;
  for (;;) {
    const day = dayOf(moment, timezone);
    const begin = startOf(day, timezone);
    const since = moment - begin;
    if (isWorkday(day, calendar)) {
      if (since < 9 * HOUR_MS) return begin + 9 * HOUR_MS + uniform(random) * 2 * HOUR_MS;
      if (since < 18 * HOUR_MS) return moment;
    }
    moment = startOf(plusDays(day, 1), timezone) + 9 * HOUR_MS + uniform(random) * 2 * HOUR_MS;
  }
}
