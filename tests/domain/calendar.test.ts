import { TZDate, tzOffset } from '@date-fns/tz';
import { startOfDay } from 'date-fns/startOfDay';
import { describe, expect, test } from 'vitest';
import {
  type CalendarDay,
  dayOf,
  elapsedDays,
  endOf,
  inclusiveDays,
  isoWeekOf,
  lastWorkdays,
  parseDay,
  plusDays,
  plusWeeks,
  startOf,
  startOfWeek,
  workdaysElapsed,
} from '#domain/calendar.ts';

const day = (text: string): CalendarDay => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};
const at = (text: string) => Date.parse(text);
const weekdays = { workdays: [1, 2, 3, 4, 5], holidays: ['2026-01-06'] };

describe('clocks', () => {
  test('three hours over the night the clocks go forward are three hours, and touch two days (WX-CLK-1)', () => {
    const [start, end] = [at('2026-03-28T22:30Z'), at('2026-03-29T01:30Z')];
    expect(elapsedDays(start, end)).toBe(0.125);
    expect(inclusiveDays(start, end, 'Europe/Paris')).toBe(2);
  });

  test('days are those of the zone: ninety minutes over midnight in Los Angeles touch two days (WX-CLK-2)', () => {
    const [start, end] = [at('2026-01-05T07:30Z'), at('2026-01-05T09:00Z')];
    expect(elapsedDays(start, end)).toBe(0.0625);
    expect(inclusiveDays(start, end, 'America/Los_Angeles')).toBe(2);
    expect(inclusiveDays(start, end, 'UTC')).toBe(1);
  });
});

describe('days', () => {
  test('have 23 or 25 hours when the clocks change', () => {
    const hours = (text: string, zone: string) =>
      (endOf(day(text), zone) - startOf(day(text), zone)) / 3_600_000;
    expect(hours('2026-03-29', 'Europe/Paris')).toBe(23);
    expect(hours('2026-10-25', 'Europe/Paris')).toBe(25);
    expect(hours('2026-03-30', 'Europe/Paris')).toBe(24);
  });

  test('begin at the first minute that exists where midnight does not', () => {
    // Brazil skipped 00:00 to 01:00 on 4 November 2018; 01:00 in São Paulo was then 03:00 UTC.
    expect(startOf(day('2018-11-04'), 'America/Sao_Paulo')).toBe(at('2018-11-04T03:00Z'));
    expect(endOf(day('2018-11-03'), 'America/Sao_Paulo')).toBe(at('2018-11-04T03:00Z'));
  });

  test('an instant belongs to the day whose start it is, and the one before to the day it ends', () => {
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Auckland']) {
      const start = startOf(day('2026-07-01'), zone);
      expect(dayOf(start, zone)).toBe('2026-07-01');
      expect(dayOf(start - 1, zone)).toBe('2026-06-30');
    }
  });

  // Zones that change at midnight, by half an hour, to the other side of the date line, twice around Ramadan, and not.
  test.each([
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Casablanca',
    'America/St_Johns',
    'Asia/Kathmandu',
    'UTC',
  ])('are what the platform says of every hour of %s, remembered offsets or not', (zone) => {
    for (let text = day('2010-12-20'); text < '2012-01-10'; text = plusDays(text, 1)) {
      const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
      expect(startOf(text, zone)).toBe(startOfDay(new TZDate(year, month - 1, date, zone)).getTime());
      for (let hour = 0; hour < 24; hour += 1) {
        const moment = at(`${text}T00:00Z`) + hour * 3_600_000 + 59_000;
        const local = new Date(moment + tzOffset(zone, new Date(moment)) * 60_000);
        expect(dayOf(moment, zone)).toBe(local.toISOString().slice(0, 10));
      }
    }
  });

  test('that do not exist are refused', () => {
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '', 'today'].map((text) => parseDay(text))).toEqual(
      Array.from({ length: 5 }),
    );
    expect(parseDay('2028-02-29')).toBe('2028-02-29');
  });

  test('are added across a change of clocks and of year', () => {
    expect(plusDays(day('2026-03-28'), 2)).toBe('2026-03-30');
    expect(plusDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  });
});

describe('weeks', () => {
  test('Sunday 23:30 in New York belongs to the week that ends, though it is Monday in UTC (WX-C2a)', () => {
    expect(isoWeekOf(at('2026-03-02T14:00Z'), 'America/New_York')).toBe('2026-W10');
    expect(isoWeekOf(at('2026-03-09T03:30Z'), 'America/New_York')).toBe('2026-W10');
    expect(isoWeekOf(at('2026-03-09T03:30Z'), 'UTC')).toBe('2026-W11');
  });

  test('belong to the year of their Thursday', () => {
    expect(isoWeekOf(at('2026-01-01T12:00Z'), 'UTC')).toBe('2026-W01');
    expect(isoWeekOf(at('2027-01-01T12:00Z'), 'UTC')).toBe('2026-W53');
  });

  test('begin on Monday 00:00 of the zone, also in the week the clocks change', () => {
    // The clocks of Paris went from UTC+1 to UTC+2 on Sunday 29 March 2026.
    const monday = startOfWeek(at('2026-03-29T12:00Z'), 'Europe/Paris');
    expect(monday).toBe(at('2026-03-22T23:00Z'));
    expect(plusWeeks(monday, 1, 'Europe/Paris')).toBe(at('2026-03-29T22:00Z'));
  });
});

describe('work days', () => {
  test('the last ones before a moment leave out weekends, holidays and the day not yet over', () => {
    const monday12 = endOf(day('2026-01-12'), 'UTC');
    expect(lastWorkdays(monday12, 4, 'UTC', weekdays)).toEqual([
      '2026-01-07',
      '2026-01-08',
      '2026-01-09',
      '2026-01-12',
    ]);
    expect(lastWorkdays(monday12 - 1, 1, 'UTC', weekdays)).toEqual(['2026-01-09']);
  });

  test('a calendar without any ends the search', () => {
    expect(lastWorkdays(at('2026-01-12'), 3, 'UTC', { workdays: [], holidays: [] })).toEqual([]);
  });

  test('elapsed ones are those after the day of the start up to the last whole day', () => {
    // Monday 5 to Monday 12: 7, 8 and 9 (the 6th is a holiday); the 12th has not ended.
    expect(workdaysElapsed(at('2026-01-05T10:00Z'), at('2026-01-12T00:00Z'), 'UTC', weekdays)).toBe(3);
    expect(workdaysElapsed(at('2026-01-05T10:00Z'), at('2026-01-05T10:00Z'), 'UTC', weekdays)).toBe(0);
  });
});
