import { TZDate } from '@date-fns/tz';
// One by one: the whole of date-fns takes a second to load, which every command would pay.
import { addDays } from 'date-fns/addDays';
import { startOfDay } from 'date-fns/startOfDay';
import type { Instant } from './issue.ts';
import { offsetAt, steadyOffset } from './zone-offset.ts';

/**
 * Instants become calendar days here and nowhere else: the day an event falls on depends on the team's time zone,
 * and two places that decide it will one day decide differently.
 */
export type CalendarDay = string & { readonly __brand: 'CalendarDay' };

export const MS_PER_DAY = 86_400_000;

/** Which days a team works. Days are numbered as ISO does: 1 is Monday, 7 is Sunday. */
export interface TeamCalendar {
  readonly workdays: readonly number[];
  readonly holidays: readonly string[];
}

export const DEFAULT_CALENDAR: TeamCalendar = { workdays: [1, 2, 3, 4, 5], holidays: [] };

/**
 * The calendar day of an instant in a time zone.
 * @example dayOf(Date.UTC(2026, 0, 5, 7, 30), 'America/Los_Angeles') // => '2026-01-04'
 */
export function dayOf(at: Instant, timezone: string): CalendarDay {
  return new Date(dayNumberOf(at, timezone) * MS_PER_DAY).toISOString().slice(0, 10) as CalendarDay;
}

/**
 * The calendar day of an instant as the days since 1970-01-01: for counting, where the text of every day would be most
 * of the work.
 * @example dayNumberOf(Date.UTC(1970, 0, 3, 7, 30), 'America/Los_Angeles') // => 1
 */
export function dayNumberOf(at: Instant, timezone: string): number {
  return Math.floor((at + offsetAt(at, timezone)) / MS_PER_DAY);
}

/**
 * A calendar day from text; undefined when the text is no real day.
 * @example parseDay('2026-02-29') // => undefined
 */
export function parseDay(text: string): CalendarDay | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return undefined;
  return text as CalendarDay;
}

/** The instant a day begins in a time zone (00:00, or the first minute that exists on a night of clock change). */
export function startOf(day: CalendarDay, timezone: string): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  // By the offset, where it is the same all night: midnight lies at most 15 hours from that of UTC.
  const midnight = Date.UTC(year, month - 1, date);
  const [before, after] = [steadyOffset(midnight - MS_PER_DAY, timezone), steadyOffset(midnight, timezone)];
  if (before === after) return midnight - after;
  return startOfDay(new TZDate(year, month - 1, date, timezone)).getTime();
}

/** The instant a day has ended: the start of the next one. "As of a date" means this moment. */
export function endOf(day: CalendarDay, timezone: string): Instant {
  return startOf(plusDays(day, 1), timezone);
}

/**
 * A day some days later (or earlier, with a negative count).
 * @example plusDays('2026-02-27', 2) // => '2026-03-01'
 */
export function plusDays(day: CalendarDay, days: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY)
    .toISOString()
    .slice(0, 10) as CalendarDay;
}

/**
 * How many days lie between two days.
 * @example daysBetween('2026-03-01', '2026-02-27') // => -2
 */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY;
}

/**
 * Elapsed time in fractional days, weekends included: the clock of cycle time, age and forecasts.
 * @example elapsedDays(Date.UTC(2026, 2, 28, 22, 30), Date.UTC(2026, 2, 29, 1, 30)) // => 0.125
 */
export function elapsedDays(from: Instant, to: Instant): number {
  return (to - from) / MS_PER_DAY;
}

/**
 * Days touched, both ends counted, in the team's time zone: what most tools show as cycle time.
 * @example inclusiveDays(Date.UTC(2026, 0, 5, 7, 30), Date.UTC(2026, 0, 5, 9), 'America/Los_Angeles') // => 2
 */
export function inclusiveDays(from: Instant, to: Instant, timezone: string): number {
  return daysBetween(dayOf(from, timezone), dayOf(to, timezone)) + 1;
}

/**
 * The ISO week an instant falls in.
 * @example isoWeekOf(Date.UTC(2026, 2, 9, 3, 30), 'America/New_York') // => '2026-W10'
 */
export function isoWeekOf(at: Instant, timezone: string): string {
  const day = dayNumberOf(at, timezone);
  // A week belongs to the year that its Thursday lies in.
  const thursday = day - daysSinceMonday(day) + 3;
  const year = new Date(thursday * MS_PER_DAY).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / MS_PER_DAY) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** 1970-01-01 was a Thursday. */
function daysSinceMonday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The instant the ISO week of another instant began: Monday 00:00 in the time zone. */
export function startOfWeek(at: Instant, timezone: string): Instant {
  const day = dayNumberOf(at, timezone);
  const monday = new Date((day - daysSinceMonday(day)) * MS_PER_DAY).toISOString().slice(0, 10);
  return startOf(monday as CalendarDay, timezone);
}

/** The instant a number of weeks later at the same local time; a night of clock change does not shift it. */
export function plusWeeks(at: Instant, weeks: number, timezone: string): Instant {
  const moved = at + 7 * weeks * MS_PER_DAY;
  // Where the clock is as far from UTC all through both days, nothing has to be made up for.
  return steadyOffset(at, timezone) === steadyOffset(moved, timezone)
    ? moved
    : addDays(new TZDate(at, timezone), 7 * weeks).getTime();
}

/**
 * Whether the team works on a day.
 * @example isWorkday('2026-01-03', { workdays: [1, 2, 3, 4, 5], holidays: [] }) // => false
 */
export function isWorkday(day: CalendarDay, calendar: TeamCalendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return calendar.workdays.includes(weekday) && !calendar.holidays.includes(day);
}

/** The work days from one day to another, both included. */
export function workdaysFrom(
  first: CalendarDay,
  last: CalendarDay,
  calendar: TeamCalendar,
): readonly CalendarDay[] {
  const out: CalendarDay[] = [];
  for (let day = first; day <= last; day = plusDays(day, 1)) if (isWorkday(day, calendar)) out.push(day);
  return out;
}

/**
 * The last `count` work days that ended before a moment, oldest first. The day the moment falls in counts only
 * when the moment is its end.
 */
export function lastWorkdays(
  before: Instant,
  count: number,
  timezone: string,
  calendar: TeamCalendar,
): readonly CalendarDay[] {
  const out: CalendarDay[] = [];
  // A calendar without workdays must not search for ever: a year and a half holds any sensible window.
  for (
    let day = plusDays(dayOf(before, timezone), -1), tried = 0;
    out.length < count && tried < 550;
    tried += 1
  ) {
    if (isWorkday(day, calendar)) out.push(day);
    day = plusDays(day, -1);
  }
  return out.toReversed();
}

/** Work days begun and ended between two instants, as a plain count of the work days after `from`'s day up to `to`'s. */
export function workdaysElapsed(
  from: Instant,
  to: Instant,
  timezone: string,
  calendar: TeamCalendar,
): number {
  if (to <= from) return 0;
  const lastWhole = dayOf(to - 1, timezone);
  return workdaysFrom(plusDays(dayOf(from, timezone), 1), lastWhole, calendar).length;
}
