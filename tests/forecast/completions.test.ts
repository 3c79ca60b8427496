import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { earlierView } from '#domain/team-view.ts';
import { completionsPerDay, firstActivityDay } from '#forecast/completions.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const day = (text: string) => parseDay(text) as CalendarDay;

describe('completions per day', () => {
  const issues = [
    issue('PAY-1', 'In Progress 2d → Done'),
    issue('PAY-2', 'In Progress 2d → Done'),
    issue('PAY-3', 'To Do 1d → Cancelled'),
    // Finished on the 8th, taken up again on the 12th, finished for good on the 14th.
    issue('PAY-4', 'In Progress 3d → Done 4d → In Progress 2d → Done'),
    issue('PAY-5', 'In Progress'),
  ];
  const whole = view(team(), '2026-01-15', issues);

  test('count the last finish of each item on its day, and zero on every other day', () => {
    // The 5th to the 15th: two on the 7th, one on the 14th.
    expect(completionsPerDay(whole, day('2026-01-05'))).toEqual([0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0]);
    expect(firstActivityDay(whole)).toBe('2026-01-05');
  });

  test('are those known on the day: an item reopened later is still finished then', () => {
    const then = earlierView(whole, day('2026-01-10'));
    expect(completionsPerDay(then, day('2026-01-05'))).toEqual([0, 0, 2, 1, 0, 0]);
  });

  test('fall on the day of the team’s own zone', () => {
    // 00:00 UTC on the 7th is the evening of the 6th in New York.
    const there = view(team({ timezone: 'America/New_York' }), '2026-01-08', [
      issue('PAY-1', 'In Progress 2d → Done'),
    ]);
    expect(completionsPerDay(there, day('2026-01-05'))).toEqual([0, 1, 0, 0]);
    expect(firstActivityDay(there)).toBe('2026-01-04');
  });

  test('leave out a backlog that is tidied up', () => {
    const tidied = Array.from({ length: 40 }, (_, i) => issue(`PAY-${i}`, 'To Do 60d → Done'));
    const after = view(team(), '2026-03-07', [...tidied, issue('PAY-90', 'In Progress 60d → Done')]);
    expect(completionsPerDay(after, day('2026-03-04'))).toEqual([0, 0, 1, 0]);
  });

  test('a team without items has no first day', () => {
    expect(firstActivityDay(view(team(), '2026-01-15', []))).toBeUndefined();
  });
});
