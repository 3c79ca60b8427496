import { describe, expect, test } from 'vitest';
import { dueDates } from '#metrics/due-dates.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const one = (path: string, options: IssueOptions, key = 'PAY-1') => issue(key, path, options);
const judged = (day: string, issues: Parameters<typeof view>[2], of = team()) =>
  dueDates(view(of, day, issues));
const hits = (day: string, path: string, options: IssueOptions, of = team()) =>
  judged(day, [one(path, options)], of).items.map(({ hitFirst, hitLast }) => [hitFirst, hitLast]);

/** Days of a month that begins on the first: day 0 is the 31st of December. */
const from = '2025-12-31';

describe('a month with four promises (WX-C5)', () => {
  const month = [
    one('In Progress 9d → Done', { from, dueDate: '2026-01-10' }, 'PAY-1'),
    one('In Progress 18d → Done', { from, dueDate: '2026-01-10 9d → 2026-01-20' }, 'PAY-2'),
    one('In Progress', { from, dueDate: '2026-01-15' }, 'PAY-3'),
    one('In Progress', { from, dueDate: '2026-02-09' }, 'PAY-4'),
  ];
  const { items, postponements, hitFirst } = judged('2026-01-30', month);

  test('decides three of them: the fourth is not due yet', () => {
    expect(items.map(({ key }) => key)).toEqual(['PAY-3', 'PAY-1', 'PAY-2']);
  });

  test('hit the first date once, the last one twice', () => {
    expect(items.filter((item) => item.hitFirst).map(({ key }) => key)).toEqual(['PAY-1']);
    expect(items.filter((item) => item.hitLast).map(({ key }) => key)).toEqual(['PAY-1', 'PAY-2']);
  });

  test('moved one date once, by ten days', () => {
    expect(postponements).toMatchObject({ value: 1 });
    expect(items.map(({ slipDays }) => slipDays)).toEqual([0, 0, 10]);
  });

  test('is no basis for a share', () => {
    expect(hitFirst).toEqual({
      kind: 'insufficient',
      have: 3,
      need: 20,
      what: 'items whose first due date has come',
    });
  });
});

describe('a due date', () => {
  test('lasts until the day ends where the team is: 19:30 on the tenth in Los Angeles is in time (WX-C5b)', () => {
    const late = { from: '2026-05-04T02:30Z', dueDate: '2026-05-10' };
    const losAngeles = team({ timezone: 'America/Los_Angeles' });
    expect(hits('2026-05-20', 'In Progress 7d → Done', late, losAngeles)).toEqual([[true, true]]);
    expect(hits('2026-05-20', 'In Progress 7d → Done', late)).toEqual([[false, false]]);
  });

  test('with a time of day, as older trackers write it, means the day', () => {
    const options = { from, dueDate: '2026-01-10 00:00:00.0' };
    expect(hits('2026-01-30', 'In Progress 9d → Done', options)).toEqual([[true, true]]);
  });

  test('set after the item was finished promises nothing', () => {
    const redated = { from, dueDate: '2026-01-05 20d → 2026-01-30' };
    expect(hits('2026-01-31', 'In Progress 18d → Done', redated)).toEqual([[false, false]]);
  });

  test('moved once it was missed hides the miss', () => {
    const redated = { from, dueDate: '2026-01-05 12d → 2026-01-20' };
    expect(hits('2026-01-31', 'In Progress 18d → Done', redated)).toEqual([[false, true]]);
  });

  test('moved ahead leaves the last promise open, and the first one broken', () => {
    const redated = { from, dueDate: '2026-01-05 3d → 2026-03-01' };
    expect(hits('2026-01-31', 'In Progress', redated)).toEqual([[false, undefined]]);
  });

  test('taken away was a promise all the same', () => {
    expect(hits('2026-01-31', 'In Progress', { from, dueDate: '2026-01-05 3d → –' })).toEqual([
      [false, false],
    ]);
  });

  test('pulled forward is no postponement', () => {
    const { items } = judged('2026-01-31', [
      one('In Progress', { from, dueDate: '2026-01-20 3d → 2026-01-10 3d → 2026-01-15' }),
    ]);
    expect(items).toMatchObject([{ slipDays: -5, postponements: 1 }]);
  });
});

describe('of 24 promises', () => {
  const kept = Array.from({ length: 9 }, (_, i) =>
    one('In Progress 5d → Done', { from, dueDate: '2026-01-10' }, `PAY-${100 + i}`),
  );
  const moved = Array.from({ length: 6 }, (_, i) =>
    one('In Progress 15d → Done', { from, dueDate: '2026-01-10 5d → 2026-01-20' }, `PAY-${200 + i}`),
  );
  const broken = Array.from({ length: 9 }, (_, i) =>
    one('In Progress', { from, dueDate: '2026-01-10' }, `PAY-${300 + i}`),
  );
  const dropped = one('In Progress 5d → Cancelled', { from, dueDate: '2026-01-10' }, 'PAY-400');
  const undated = one('In Progress', { from }, 'PAY-500');
  const all = judged('2026-01-30', [...kept, ...moved, ...broken, dropped, undated]);

  test('9 kept are told with their interval', () => {
    // Jeffreys for 9 of 24.
    expect(all.hitFirst).toMatchObject({
      value: 0.375,
      n: 24,
      interval90: [expect.closeTo(0.2288, 4), expect.closeTo(0.5423, 4)],
      excluded: [{ reason: 'cancelled', count: 1 }],
    });
  });

  test('15 look kept by their last date, so 6 are hidden by re-dating', () => {
    expect([all.hitLast, all.hiddenByRedating]).toMatchObject([{ value: 0.625 }, { value: 0.25 }]);
  });

  test('the six that were moved slipped by ten days', () => {
    expect(all.slip).toMatchObject({ value: 10, n: 6, unit: 'days' });
  });

  test('the one without a date is counted apart', () => {
    expect(all.withoutDueDate).toMatchObject({ value: 1 });
  });
});

test('a date that came more than half a year ago is no longer judged', () => {
  expect(judged('2026-08-30', [one('In Progress', { from, dueDate: '2026-01-10' })]).items).toEqual([]);
});
