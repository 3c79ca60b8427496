import { expect, test } from 'vitest';
import { lingeringInLate } from '#metrics/signals/lingering-in-late.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** Twenty stays in review whose 17th is 4 days: the P85. */
const STAYS = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 1, 2, 6, 2, 1, 3, 2, 4, 1, 2];
const reviewed = (count: number, options: IssueOptions = {}) =>
  STAYS.slice(0, count).map((days, i) =>
    issue(`PAY-${100 + i}`, `In Progress 1d → Review ${days}d → Done`, options),
  );

/** The signals at the end of Friday 30 January 2026 about an item in review since the start of a day. */
const since = (day: string, before = reviewed(20), path = 'In Progress 1h → Review') =>
  lingeringInLate(
    view(team(), '2026-01-30', [
      issue('PAY-1', path, { from: new Date(Date.parse(day) - 3_600_000).toISOString() }),
      ...before,
    ]),
  ).map(({ item, strength }) => [item.key, strength]);

test('longer in review than 85 % of stays is a hard sign, just as long is none (WX-A3)', () => {
  expect(since('2026-01-25')).toEqual([['PAY-1', 'hard']]); // 6 days
  expect(since('2026-01-26')).toEqual([['PAY-1', 'hard']]); // 5 days
  expect(since('2026-01-27')).toEqual([]); // 4 days
});

test('two work days are never long, however quick reviews are here', () => {
  const quick = Array.from({ length: 20 }, (_, i) =>
    issue(`PAY-${100 + i}`, 'In Progress 1d → Review 1h → Done'),
  );
  expect(since('2026-01-28', quick)).toEqual([]); // Thursday and Friday have passed since Wednesday
  expect(since('2026-01-27', quick)).toEqual([['PAY-1', 'hard']]);
});

test('with too few stays to know what is usual, more than five work days are a soft sign', () => {
  expect(since('2026-01-22', reviewed(18))).toEqual([['PAY-1', 'soft']]); // six work days after Thursday 22
  expect(since('2026-01-23', reviewed(18))).toEqual([]); // five after Friday 23
});

test('sub-tasks do not tell what is usual for stories', () => {
  expect(since('2026-01-25', reviewed(20, { type: 'Sub-task' }))).toEqual([]);
});

test('a slip of the mouse does not start the clock again', () => {
  const slipped = 'In Progress 1h → Review 5d → In Progress 1m → Review';
  expect(since('2026-01-25', reviewed(20), slipped)).toEqual([['PAY-1', 'hard']]);
});
