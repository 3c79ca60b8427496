import { describe, expect, test } from 'vitest';
import { blocked } from '#metrics/blocked.ts';
import { unionOf } from '#metrics/spans.ts';
import { team, view } from '#tests/builders/team.ts';
import { type Change, type IssueOptions, issue } from '#tests/builders/timeline.ts';

const from = '2026-01-01';
const one = (path: string, options: IssueOptions = {}, key = 'PAY-1') =>
  issue(key, path, { from, ...options });
const on = (day: string, issues: Parameters<typeof view>[2]) => blocked(view(team(), day, issues));
const days = (issues: Parameters<typeof view>[2], day = '2026-01-31') => {
  const { itemDays } = on(day, issues);
  return itemDays.kind === 'value' ? itemDays.value : itemDays;
};
const linked = (at: string, key: string, phrase = 'is blocked by'): Change => ({
  at,
  field: 'links',
  to: key,
  toName: `This issue ${phrase} ${key}`,
});
const unlinked = (at: string, key: string, phrase = 'is blocked by'): Change => ({
  at,
  field: 'links',
  from: key,
  fromName: `This issue ${phrase} ${key}`,
});

describe('blocked time', () => {
  test('is the union: flag d1 to d4, status d3 to d6, link d10 to d12 are 7 days', () => {
    const item = one('In Progress 3d → Blocked 3d → In Progress', {
      flagged: '– 1d → yes 3d → –',
      changes: [linked('10d', 'PAY-9'), unlinked('12d', 'PAY-9')],
    });
    expect(days([item])).toBe(7);
  });

  test('counts only from the start to the closing', () => {
    expect(days([one('To Do 4d → In Progress 3d → Done', { flagged: 'yes' })])).toBe(3);
    expect(days([one('To Do', { flagged: 'yes' })])).toBe(0);
  });

  test('goes on while work stands aside in a status before the start', () => {
    expect(days([one('In Progress 2d → To Do 5d → In Progress', { flagged: '– 2d → yes 5d → –' })])).toBe(5);
  });

  test('by a link ends when what comes first is closed', () => {
    const item = one('In Progress', { changes: [linked('2d', 'PAY-9')] });
    const first = one('In Progress 6d → Done', {}, 'PAY-9');
    expect(days([item, first])).toBe(4);
  });

  test('by a link to what was not read lasts as long as the link', () => {
    const item = one('In Progress', { changes: [linked('2d', 'OPS-9'), unlinked('5d', 'OPS-9')] });
    expect(days([item])).toBe(3);
  });

  test('is not made by a link the other way, nor by one that tells no order', () => {
    const item = one('In Progress', {
      changes: [linked('2d', 'PAY-8', 'blocks'), linked('2d', 'PAY-9', 'relates to')],
    });
    expect(days([item])).toBe(0);
  });

  test('is not ended by taking away another link to the same issue', () => {
    const item = one('In Progress', {
      changes: [linked('2d', 'OPS-9'), unlinked('3d', 'OPS-9', 'relates to'), unlinked('5d', 'OPS-9')],
    });
    expect(days([item])).toBe(3);
  });

  test('before the last 180 days is forgotten', () => {
    // The window of the 29th of August begins on the 3rd of March; blocked since the 1st of January until the 13th of March.
    expect(days([one('In Progress', { flagged: 'yes 71d → –' })], '2026-08-29')).toBe(10);
  });
});

describe('what is blocked now', () => {
  test('is listed with the day it began and all that says so, the longest first', () => {
    const { now, items } = on('2026-01-31', [
      one('In Progress', { flagged: '– 20d → yes' }, 'PAY-1'),
      one('In Progress 5d → Blocked', { flagged: '– 9d → yes' }, 'PAY-2'),
      one('In Progress', { flagged: 'yes 5d → –' }, 'PAY-3'),
      one('In Progress 5d → Done', { flagged: 'yes' }, 'PAY-4'),
    ]);
    expect(now).toMatchObject({ value: 2 });
    expect(items.map(({ key, since, days: length, signals }) => [key, since, length, signals])).toEqual([
      ['PAY-2', '2026-01-06', 26, ['flag', 'status']],
      ['PAY-1', '2026-01-21', 11, ['flag']],
    ]);
  });
});

describe('the share of time under way', () => {
  const free = Array.from({ length: 4 }, (_, i) => one('In Progress 5d → Done', {}, `PAY-${10 + i}`));

  test('is over all items together, with an interval around it', () => {
    const stuck = one('In Progress 20d → Done', { flagged: 'yes 10d → –' });
    const { share } = on('2026-01-31', [...free, stuck]);
    // 10 of 4 * 5 + 20 days.
    expect(share).toMatchObject({ value: 0.25, n: 5, unit: 'share' });
    const [low, high] = share.kind === 'value' ? share.interval90 : [];
    expect(low).toBeLessThanOrEqual(0.25);
    expect(high).toBeGreaterThan(0.25);
  });

  test('is not told of fewer than 5 items', () => {
    expect(on('2026-01-31', free).share).toEqual({
      kind: 'insufficient',
      have: 4,
      need: 5,
      what: 'items under way in the last 180 days',
    });
  });
});

test('a union joins what touches, and drops what has no length', () => {
  expect(
    unionOf([
      { from: 4, to: 6 },
      { from: 1, to: 4 },
      { from: 8, to: 8 },
      { from: 2, to: 3 },
    ]),
  ).toEqual([{ from: 1, to: 6 }]);
});
