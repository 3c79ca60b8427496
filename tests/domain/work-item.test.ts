import { describe, expect, test } from 'vitest';
import { elapsedDays, inclusiveDays } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { cycleTimeDays, type WorkItem } from '#domain/work-item.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

// Day 1 is 2026-01-01, so that "d9" of an example is 2026-01-09.
const FROM = '2026-01-01';
const read = (one: Issue, day = '2026-06-30', stages = { Review: 'late' } as const): WorkItem => {
  const [item] = view(team({ stages: { acme: stages } }), day, [one]).items;
  if (item === undefined) throw new RangeError(`${one.id} is not in the view`);
  return item;
};
const at = (text: string) => Date.parse(text);

describe('work that goes back from review (WX-CT-1)', () => {
  // Active d1, review d4, active d6, done d9.
  const item = read(issue('PAY-1', 'In Progress 3d → Review 2d → In Progress 3d → Done', { from: FROM }));

  test('keeps its first start: 8 days elapsed, 9 days touched', () => {
    expect(cycleTimeDays(item)).toBe(8);
    expect(inclusiveDays(item.startedAt ?? 0, item.finishedAt ?? 0, 'UTC')).toBe(9);
  });

  test('counts one move back and two days late', () => {
    expect(item.backwardMoves).toBe(1);
    const late = item.stays.filter(({ stage }) => stage === 'late');
    expect(late.map(({ from, to }) => elapsedDays(from, to ?? from))).toEqual([2]);
  });

  test('was claimed nearly done when it first entered review', () => {
    expect(item.claimedAt).toBe(at('2026-01-04'));
  });
});

describe('work done, reopened and done again (WX-CT-2)', () => {
  // Active d1, done d9, active d12, done d15.
  const one = issue('PAY-1', 'In Progress 8d → Done 3d → In Progress 3d → Done', { from: FROM });

  test('is finished while it is done for the first time', () => {
    const item = read(one, '2026-01-10');
    expect(cycleTimeDays(item)).toBe(8);
    expect(item.finishedAt).toBe(at('2026-01-09'));
  });

  test('is unfinished again once reopened, with its age from the first start', () => {
    const item = read(one, '2026-01-12');
    expect(item.finishedAt).toBeUndefined();
    expect(cycleTimeDays(item)).toBeUndefined();
    expect(elapsedDays(item.startedAt ?? 0, at('2026-01-13'))).toBe(12);
  });

  test('counts once, at its last finish, with the days it was falsely done', () => {
    const item = read(one, '2026-01-16');
    expect(cycleTimeDays(item)).toBe(14);
    expect(item.finishedAt).toBe(at('2026-01-15'));
    expect(item.reopenings.map(({ doneAt, reopenedAt }) => elapsedDays(doneAt, reopenedAt))).toEqual([3]);
  });
});

describe('a finish', () => {
  test('without any start has no cycle time (WX-CT-3)', () => {
    const item = read(issue('PAY-1', 'To Do 2d → Done', { from: FROM }));
    expect(item).toMatchObject({ skippedStart: true, finishedAt: at('2026-01-03') });
    expect(cycleTimeDays(item)).toBeUndefined();
  });

  test('is not dated again by going from Resolved to Closed', () => {
    const item = read(issue('PAY-1', 'In Progress 2d → Resolved 90d → Closed', { from: FROM }));
    expect(item.finishedAt).toBe(at('2026-01-03'));
    expect(item.reopenings).toEqual([]);
  });

  test('with a resolution that means dropped is a cancellation', () => {
    const item = read(issue('PAY-1', 'In Progress 2d → Closed', { from: FROM, resolution: 'Duplicate' }));
    expect(item).toMatchObject({ stage: 'cancelled', cancelledAt: at('2026-01-03') });
    expect(item.finishedAt).toBeUndefined();
  });

  test('turns into a cancellation when the resolution is corrected later, which is no reopening', () => {
    const item = read(
      issue('PAY-1', 'In Progress 2d → Closed', {
        from: FROM,
        changes: [{ at: '5d', field: 'resolution', to: 'Duplicate' }],
      }),
    );
    expect(item).toMatchObject({ stage: 'cancelled', cancelledAt: at('2026-01-06'), reopenings: [] });
  });
});

describe('a slip of the mouse', () => {
  test('of under five minutes and back is dropped and counted', () => {
    const item = read(issue('PAY-1', 'In Progress 2d → Done 4m → In Progress 3d → Done', { from: FROM }));
    expect(item).toMatchObject({ flickers: 1, reopenings: [] });
    expect(item.stays.map(({ stage }) => stage)).toEqual(['active', 'done']);
  });

  test('of five minutes is a move', () => {
    const item = read(issue('PAY-1', 'In Progress 2d → Done 5m → In Progress 3d → Done', { from: FROM }));
    expect(item).toMatchObject({ flickers: 0, reopenings: [{ doneAt: at('2026-01-03') }] });
  });

  test('that leads elsewhere is a move', () => {
    const item = read(issue('PAY-1', 'To Do 2d → In Progress 1m → Done', { from: FROM }));
    expect(item).toMatchObject({ flickers: 0, startedAt: at('2026-01-03'), skippedStart: false });
  });
});

test('stays have no gaps and begin with the item', () => {
  const { stays } = read(
    issue(
      'PAY-1',
      'Backlog 1d → To Do 1d → In Progress 2d → Blocked 1d → Review 1d → Done 2d → In Progress',
      { from: FROM },
    ),
  );
  expect(stays[0]?.from).toBe(at(FROM));
  expect(stays.slice(0, -1).map(({ to }) => to)).toEqual(stays.slice(1).map(({ from }) => from));
  expect(stays.map(({ stage }) => stage)).toEqual(['backlog', 'todo', 'active', 'late', 'done', 'active']);
});
