import { TZDate } from '@date-fns/tz';
import { addDays } from 'date-fns/addDays';
import { isWeekend } from 'date-fns/isWeekend';

/**
 * A team's working time as one unbroken line of hours: eight a day, Monday to Friday, from nine o'clock local time.
 * Work planned on that line never falls into a night or a weekend.
 */
export interface WorkHours {
  /** The instant at which so many working hours have passed since the line began. */
  at(hour: number): number;
  /** How many working hours have passed at an instant. */
  until(instant: number): number;
  /** The local calendar day of an hour, `YYYY-MM-DD`. */
  dayAt(hour: number): string;
}

export const HOURS_A_DAY = 8;
const HOUR = 3_600_000;
const OPENS = 9;

/** Begins six weeks before the first day of the history, and ends long after the present: plans reach beyond it. */
export function createWorkHours(timezone: string): WorkHours {
  const days: { readonly day: string; readonly opens: number }[] = [];
  const last = new TZDate(2027, 5, 30, OPENS, timezone);
  for (let date = new TZDate(2025, 7, 18, OPENS, timezone); date < last; date = addDays(date, 1)) {
    if (!isWeekend(date)) days.push({ day: localDay(date), opens: date.getTime() });
  }
  const dayOfHour = (hour: number) => {
    const index = Math.min(days.length - 1, Math.max(0, Math.floor(hour / HOURS_A_DAY)));
    const { day, opens } = days[index] as (typeof days)[number];
    return { day, opens, into: Math.min(HOURS_A_DAY, Math.max(0, hour - index * HOURS_A_DAY)) };
  };
  return {
    at: (hour) => {
      const { opens, into } = dayOfHour(hour);
      return Math.floor(opens + into * HOUR);
    },
    until: (instant) => {
      const index = days.findLastIndex(({ opens }) => opens <= instant);
      const opens = days[index]?.opens ?? instant;
      return Math.max(0, index) * HOURS_A_DAY + Math.min(HOURS_A_DAY, (instant - opens) / HOUR);
    },
    dayAt: (hour) => dayOfHour(hour).day,
  };
}

function localDay(date: TZDate): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
