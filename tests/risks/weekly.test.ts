import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { persistence, weeklyGrid } from '#risks/weekly.ts';

const day = (text: string): CalendarDay => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(text);
  return parsed;
};

describe('the weekly grid', () => {
  test('is the ends of 26 Sundays up to a day, whichever day of the week it is', () => {
    const thursday = weeklyGrid(day('2026-01-22'), 'Europe/Paris');
    expect(thursday).toHaveLength(26);
    expect(thursday[0]).toBe('2026-01-18');
    expect(thursday.at(-1)).toBe('2025-07-27');
    expect(weeklyGrid(day('2026-01-19'), 'Europe/Paris')).toEqual(thursday);
  });

  test('of a Sunday begins with itself: its end is Monday 00:00', () => {
    expect(weeklyGrid(day('2026-01-18'), 'America/New_York', 2)).toEqual(['2026-01-18', '2026-01-11']);
    expect(weeklyGrid(day('2026-01-17'), 'America/New_York', 1)).toEqual(['2026-01-11']);
  });
});

describe('persistence', () => {
  const grid = weeklyGrid(day('2026-01-22'), 'UTC', 4);

  test('counts the Mondays in a row up to the last', () => {
    expect(persistence(grid, (sunday) => sunday !== '2026-01-04')).toEqual({ weeks: 2, since: '2026-01-11' });
    expect(persistence(grid, () => true)).toEqual({ weeks: 4, since: '2025-12-28' });
    expect(persistence(grid, (sunday) => sunday !== '2026-01-18')).toEqual({ weeks: 0 });
  });

  test('asks no further back than the first break', () => {
    const asked: string[] = [];
    persistence(grid, (sunday) => asked.push(sunday) < 2);
    expect(asked).toEqual(['2026-01-18', '2026-01-11']);
  });
});
