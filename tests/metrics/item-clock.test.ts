import { describe, expect, test } from 'vitest';
import { CYCLE_TIME_DEFAULT, type CycleTimeDefinition } from '#domain/team.ts';
import { itemClock } from '#metrics/item-clock.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

const FROM = '2026-01-01';
/** The clock of one item, as of the end of a day. */
const clockOf = (
  path: string,
  changes: Partial<CycleTimeDefinition> = {},
  day = '2026-06-30',
  options: IssueOptions & { readonly timezone?: string } = {},
) => {
  const { timezone = 'UTC', ...rest } = options;
  const seen = view(team({ timezone, stages: { acme: { Review: 'late' } } }), day, [
    issue('PAY-1', path, { from: FROM, ...rest }),
  ]);
  const [item] = seen.items;
  if (item === undefined) throw new RangeError('the item is not in the view');
  return itemClock(item, { ...CYCLE_TIME_DEFAULT, ...changes }, seen);
};
const dayOf = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());

describe('active d1, review d4, active d6, done d9 (WX-CT-1)', () => {
  const path = 'In Progress 3d → Review 2d → In Progress 3d → Done';

  test.each<[Partial<CycleTimeDefinition>, number | undefined]>([
    [{}, 8],
    [{ clock: 'inclusive_days' }, 9],
    [{ clock: 'active_only' }, 8],
    // The review was left again, so the last crossing is that into done; only what lies before review counts.
    [{ clock: 'active_only', finish: 'late' }, 6],
    [{ start: 'late' }, 5],
    [{ start: 'late', clock: 'active_only' }, 2],
    // Going back to work forgets the review, and done was not reached from another.
    [{ start: 'late', backward: 'wiped' }, undefined],
  ])('%o reads %s', (changes, days) => {
    expect(clockOf(path, changes)?.days).toBe(days);
  });
});

describe('active d1, done d9, active d12, done d15 (WX-CT-2)', () => {
  const path = 'In Progress 8d → Done 3d → In Progress 3d → Done';
  const read = (day: string, changes: Partial<CycleTimeDefinition> = {}) => {
    const clock = clockOf(path, changes, day);
    return [clock?.ending.kind, clock?.days];
  };

  test('took 8 days while it was done, is 12 days old while it is not, and took 14 in the end', () => {
    expect([read('2026-01-09'), read('2026-01-12'), read('2026-01-15')]).toEqual([
      ['finished', 8],
      ['open', 12],
      ['finished', 14],
    ]);
  });

  test('stands still while it is called done, on the clock of active time', () => {
    const changes = { clock: 'active_only' } as const;
    expect([read('2026-01-11', changes), read('2026-01-12', changes), read('2026-01-15', changes)]).toEqual([
      ['finished', 8],
      ['open', 9],
      ['finished', 11],
    ]);
  });

  test('an open item has touched the day of the view, and not the next', () => {
    expect(read('2026-01-12', { clock: 'inclusive_days' })).toEqual(['open', 12]);
  });
});

describe('created d1, done d3 (WX-CT-3)', () => {
  test('has no time from a start that it never had, and two days from its creation', () => {
    expect(clockOf('To Do 2d → Done')).toBeUndefined();
    expect(clockOf('To Do 2d → Done', { start: 'created' })?.days).toBe(2);
    expect(clockOf('To Do 2d → Done', { start: 'todo' })?.days).toBe(2);
  });
});

test.each([
  ['Europe/Paris', '2026-03-28T22:30Z', 0.125, 2],
  ['America/Los_Angeles', '2026-01-05T07:30Z', 0.0625, 2],
  ['UTC', '2026-01-05T07:30Z', 0.0625, 1],
])('in %s, from %s on, %d days touch %d', (timezone, from, days, touched) => {
  const path = `In Progress ${days}d → Done`;
  expect(clockOf(path, {}, '2026-06-30', { from, timezone })?.days).toBe(days);
  expect(clockOf(path, { clock: 'inclusive_days' }, '2026-06-30', { from, timezone })?.days).toBe(touched);
});

describe('work that was put aside, d4 to d24', () => {
  // Three days of work, twenty aside, two of work, one in review: done on the 27th.
  const path = 'In Progress 3d → To Do 20d → In Progress 2d → Review 1d → Done';

  test.each<[Partial<CycleTimeDefinition>, string | undefined]>([
    [{}, '2026-01-05T00:00:00.000Z'],
    [{ clock: 'inclusive_days' }, '2026-01-05T00:00:00.000Z'],
    [{ clock: 'active_only' }, '2026-01-25T00:00:00.000Z'],
    [{ backward: 'wiped' }, undefined],
  ])('passes 4 days, by %o, at %s', (changes, at) => {
    expect(dayOf(clockOf(path, changes)?.passed(4))).toBe(at);
  });

  test('passes the days it had worked when it is taken up again, and its own length never', () => {
    const clock = clockOf(path, { clock: 'active_only' });
    expect(dayOf(clock?.passed(3))).toBe('2026-01-24T00:00:00.000Z');
    expect(clock?.days).toBe(6);
    expect(clock?.passed(6)).toBeUndefined();
  });

  test('forgets its age while it lies aside, where a move back wipes the start', () => {
    expect(clockOf(path, { backward: 'wiped' }, '2026-01-10')).toBeUndefined();
    expect(clockOf(path, { backward: 'wiped' }, '2026-01-24')).toMatchObject({
      startedAt: Date.UTC(2026, 0, 24),
      days: 1,
    });
  });

  test('had 10 days before the 11th by elapsed time and touched as many; of work it had just under 3', () => {
    const at = Date.UTC(2026, 0, 11);
    const before = (changes: Partial<CycleTimeDefinition>) => clockOf(path, changes)?.daysBefore(at) ?? 0;
    expect(before({})).toBe(10);
    expect(before({ clock: 'inclusive_days' })).toBe(10);
    expect(before({ clock: 'active_only' })).toBeLessThan(3);
    expect(before({ clock: 'active_only' })).toBeCloseTo(3, 6);
    expect(clockOf(path)?.daysBefore(Date.UTC(2025, 11, 1))).toBe(0);
  });
});

test('what was dropped after review is dropped, also for who finishes at review', () => {
  const dropped = clockOf('In Progress 3d → Review 2d → Cancelled', { finish: 'late' });
  expect(dropped).toMatchObject({ ending: { kind: 'dropped' }, days: 5 });
});
