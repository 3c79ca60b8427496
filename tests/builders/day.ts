import { type CalendarDay, parseDay } from '#domain/calendar.ts';

/** A calendar day from text that is one. */
export function day(text: string): CalendarDay {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`"${text}" is no day`);
  return parsed;
}
