import { rollup, sum } from 'd3-array';
import { expect, test } from 'vitest';
import { DEFAULT_CALENDAR, lastWorkdays } from '#domain/calendar.ts';
import { effort } from '#metrics/effort.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Person-days per item key over the ten work days from Monday 5 to Friday 16 January 2026. */
function perItem(issues: Parameters<typeof view>[2], of = team()) {
  const seen = view(of, '2026-01-16', issues);
  const days = effort(seen, lastWorkdays(seen.asOf, 10, of.timezone, DEFAULT_CALENDAR));
  const parts = days.flatMap((day) => day.items.map(({ key }) => ({ key, part: 1 / day.items.length })));
  return {
    days,
    byKey: Object.fromEntries(
      rollup(
        parts,
        (some) => sum(some, (p) => p.part),
        (p) => p.key,
      ),
    ),
  };
}

test('a day is split equally over the items a person has in progress (WX-EFF-1)', () => {
  const { days, byKey } = perItem([
    issue('PAY-1', 'In Progress', { assignee: 'p1' }),
    issue('PAY-2', 'In Progress', { assignee: 'p1' }),
    issue('PAY-3', 'In Progress', { assignee: 'p2' }),
    issue('PAY-4', 'In Progress 4d → Done', { assignee: 'p3' }),
    issue('PAY-5', 'In Progress', { assignee: 'p3' }),
  ]);
  // p1: ten halves each; p2: ten; p3: four halves each, then six whole days.
  expect(byKey).toEqual({ 'PAY-1': 5, 'PAY-2': 5, 'PAY-3': 10, 'PAY-4': 2, 'PAY-5': 8 });
  expect(days).toHaveLength(30);
});

test('from Friday afternoon to Monday morning are two person-days, the weekend none', () => {
  const { days } = perItem([
    issue('PAY-1', 'In Progress 67h → Done', { from: '2026-01-09T16:00Z', assignee: 'p1' }),
  ]);
  expect(days.map(({ day }) => day)).toEqual(['2026-01-09', '2026-01-12']);
});

test('a day counts to whoever held the item on it, and to both when it changed hands', () => {
  const { days } = perItem([
    issue('PAY-1', 'To Do 1d → In Progress', { assignee: '– 2d → p1 30h → p2 1d → –' }),
  ]);
  // In progress from Tuesday; p1 Wednesday 00:00 to Thursday 06:00, p2 until Friday 06:00, nobody after.
  expect(days.map(({ day, person }) => [day, person])).toEqual([
    ['2026-01-07', 'p1'],
    ['2026-01-08', 'p1'],
    ['2026-01-08', 'p2'],
    ['2026-01-09', 'p2'],
  ]);
});

test('two spells on one day count the item once', () => {
  const { byKey } = perItem([
    issue('PAY-1', 'In Progress 2h → To Do 2h → In Progress 2h → Done', { assignee: 'p1' }),
    issue('PAY-2', 'In Progress 1d → Done', { assignee: 'p1' }),
  ]);
  expect(byKey).toEqual({ 'PAY-1': 0.5, 'PAY-2': 0.5 });
});

test('days begin in the team’s time zone', () => {
  const { days } = perItem(
    [issue('PAY-1', 'In Progress 2h → Done', { from: '2026-01-06T07:00Z', assignee: 'p1' })],
    team({ timezone: 'America/Los_Angeles' }),
  );
  // 07:00 to 09:00 UTC is 23:00 to 01:00 in Los Angeles.
  expect(days.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-06']);
});

test('waiting in the backlog, being done and being an epic take no days', () => {
  const { days } = perItem([
    issue('PAY-1', 'To Do', { assignee: 'p1' }),
    issue('PAY-2', 'Done', { assignee: 'p1' }),
    issue('PAY-3', 'In Progress', { assignee: 'p1', type: 'Epic' }),
  ]);
  expect(days).toEqual([]);
});

test('a member with accounts in two sources is one person', () => {
  const scope = [{ source: 'acme' }, { source: 'labs' }];
  const members = [{ ids: { acme: 'a1', labs: 'l1' }, fte: 1 }];
  const issues = [
    issue('PAY-1', 'In Progress', { assignee: 'a1' }),
    issue('LAB-1', 'In Progress', { assignee: 'l1', source: 'labs' }),
  ];
  const { byKey, days } = perItem(issues, team({ scope, members }));
  expect(days).toHaveLength(10);
  expect(byKey).toEqual({ 'PAY-1': 5, 'LAB-1': 5 });
  expect(perItem(issues, team({ scope })).days).toHaveLength(20);
});
