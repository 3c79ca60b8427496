import { range } from 'd3-array';
import { expect, test } from 'vitest';
import { type CalendarDay, parseDay, plusDays } from '#domain/calendar.ts';
import { earlierView } from '#domain/team-view.ts';
import { judge } from '#forecast/backtest/judge.ts';
import { teamPastForecasts } from '#forecast/backtest/team-past.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const start = parseDay('2025-01-06') as CalendarDay;
/** One item every other day, each in progress for two days; every seventh is reopened after 40 days, for a week. */
const issues = range(200).map((i) =>
  issue(
    `PAY-${i}`,
    i % 7 === 0 ? 'In Progress 2d → Done 40d → In Progress 7d → Done' : 'In Progress 2d → Done',
    { from: plusDays(start, 2 * i) },
  ),
);
const whole = view(team(), '2026-02-15', issues);

test('a team’s past forecasts are those it would have got: nothing that came later shows', () => {
  const all = teamPastForecasts(whole, [28, 56], SHIPPED_PRIOR);
  expect(all.length).toBeGreaterThan(10);
  const cut = plusDays(start, 181 + 28 * 3 + 28);
  const then = teamPastForecasts(earlierView(whole, cut), [28, 56], SHIPPED_PRIOR);
  const known = all.filter(({ asOf, days }) => plusDays(asOf, days) <= cut);
  expect(known).toHaveLength(4 + 3);
  expect(then.flatMap(judge)).toEqual(known.flatMap(judge));
});

test('what came of one is counted as known on its last day', () => {
  const [first] = teamPastForecasts(whole, [28], SHIPPED_PRIOR);
  expect(first?.asOf).toBe(plusDays(start, 181));
  // Days 182 to 209: items i = 90 to 103 finish on day 2i + 2, that is 14; reopened ones whose second finish (day
  // 2i + 49) falls in are i = 70 (189), 77 (203): 2 more. None of the 14 is reopened before day 209.
  expect(first?.actual).toBe(16);
  expect(first?.project).toBe('payments');
});
