import type { CalendarDay } from './calendar.ts';

/**
 * A number as people say it: two significant digits below ten, whole above.
 * @example rounded(4.236) // => '4.2'
 */
export function rounded(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const magnitude = Math.abs(value);
  if (magnitude >= 10) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(magnitude < 1 ? 2 : 1).replace(/\.0+$/, '');
}

/**
 * A count with its noun.
 * @example plural(1, 'day') // => '1 day'
 * @example plural(1.2, 'person', 'people') // => '1.2 people'
 */
export function plural(count: number, noun: string, many: string = `${noun}s`): string {
  const shown = rounded(count);
  return `${shown} ${shown === '1' ? noun : many}`;
}

/**
 * A share without decimals.
 * @example percent(0.375) // => '38 %'
 */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * A day as people write it.
 * @example longDay('2026-03-20') // => 'Fri 20 March 2026'
 */
export function longDay(day: CalendarDay | string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/**
 * A day of about now, as people say it: with its year only where that is not the one of the other day.
 * @example shortDay('2026-03-20', '2026-01-23') // => '20 March'
 * @example shortDay('2027-01-02', '2026-11-23') // => '2 January 2027'
 */
export function shortDay(day: CalendarDay | string, beside: CalendarDay | string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const year = String(date.getUTCFullYear());
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${beside.startsWith(year) ? '' : ` ${year}`}`;
}
