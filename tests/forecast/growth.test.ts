import { mean } from 'd3-array';
import { describe, expect, test } from 'vitest';
import {
  averageGrowthAfter,
  finishedUnder,
  growthAfter,
  growthOf,
  growthRate,
  steadied,
  weeklyGrowth,
} from '#forecast/growth.ts';
import { memberships, versionRef } from '#forecast/membership.ts';
import { administrativeClosures } from '#metrics/administrative.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** Weekly growth of version v1 as of the end of Sunday 1 February 2026, work begun on Monday 5 January. */
function weeks(
  issues: readonly ReturnType<typeof issue>[],
  startedAt = Date.UTC(2026, 0, 5),
  day = '2026-02-01',
) {
  const of = view(team(), day, issues);
  const members = memberships(of)(versionRef('acme', 'v1'));
  return weeklyGrowth(of, members, finishedUnder(members, administrativeClosures(of)), startedAt);
}

const inVersion = { versions: ['v1'] };

describe('what came into a scope, week by week', () => {
  test('counts new items and ones moved in; finishing is no growth', () => {
    expect(
      weeks([
        issue('PAY-1', 'To Do 8d → In Progress 2d → Done', { ...inVersion, from: '2026-01-01' }),
        issue('PAY-2', 'To Do', { ...inVersion, from: '2026-01-13' }),
        issue('PAY-3', 'To Do', { changes: [{ at: '2026-01-21', field: 'versions', to: 'v1' }] }),
      ]),
    ).toEqual([0, 1, 1, 0]);
  });

  test('is the same on every day of a week, and what is planned in the week in which work begins is none', () => {
    // Work begins on Tuesday 6 January; ten items are written down on the Thursday, one on Wednesday 14.
    const planned = [
      issue('PAY-1', 'In Progress', { ...inVersion, from: '2026-01-06' }),
      ...Array.from({ length: 10 }, (_, i) =>
        issue(`PAY-${i + 2}`, 'To Do', { ...inVersion, from: '2026-01-08' }),
      ),
      issue('PAY-12', 'To Do', { ...inVersion, from: '2026-01-14' }),
    ];
    const days = ['2026-01-25', '2026-01-26', '2026-01-27', '2026-01-28', '2026-01-29', '2026-01-31'];
    const begun = Date.UTC(2026, 0, 6);
    expect(days.map((day) => weeks(planned, begun, day))).toEqual(days.map(() => [1, 0]));
    expect(weeks(planned, begun, '2026-02-01')).toEqual([1, 0, 0]);
  });

  test('is negative where items are dropped, moved out or closed by tidying up', () => {
    expect(
      weeks([
        issue('PAY-1', 'To Do 9d → Cancelled', { ...inVersion, from: '2026-01-01' }),
        issue('PAY-2', 'To Do', {
          ...inVersion,
          from: '2026-01-01',
          changes: [{ at: '2026-01-20', field: 'versions', from: 'v1' }],
        }),
      ]),
    ).toEqual([-1, 0, -1, 0]);
  });

  test('counts an item that comes back when it comes back, and not when it was finished for good', () => {
    // Finished in the first week, reopened in the second: what was finished then did not last.
    expect(
      weeks([issue('PAY-1', 'In Progress 8d → Done 5d → In Progress', { ...inVersion, from: '2026-01-01' })]),
    ).toEqual([-1, 1, 0, 0]);
  });

  test('leaves out an item that is put in as it is finished', () => {
    expect(
      weeks([
        issue('PAY-1', 'In Progress 9d → Done', {
          changes: [{ at: '9d', field: 'versions', to: 'v1' }],
        }),
      ]),
    ).toEqual([0, 0, 0, 0]);
  });

  test('begins with the first whole week of work', () => {
    expect(weeks([], Date.UTC(2026, 0, 14))).toEqual([0, 0]);
    expect(weeks([], Date.UTC(2026, 1, 1))).toEqual([]);
    expect(weeks([], Date.UTC(2020, 1, 1))).toHaveLength(26);
  });
});

describe('growth to come', () => {
  const growing = growthOf([4, 0, 3, 1, 2, 0, 3, 1]);

  test('is told with an interval that holds it', () => {
    const { value, lower = Number.NaN, upper = Number.NaN } = growthRate(growing);
    expect(value).toBe(14 / 8);
    expect(lower).toBeLessThan(value);
    expect(upper).toBeGreaterThan(value);
    expect(growthRate(growthOf([-2, 0, -1, 0])).value).toBe(-0.75);
  });

  test('goes on in part: eight weeks count as much against a quarter of standing still', () => {
    // 14 in and none out over 8 weeks: 8/21 of 1.75 a week, for 8 weeks.
    expect(mean(growthAfter(steadied(growing), 56))).toBeCloseTo((8 / 21) * 14, 6);
    expect(mean(averageGrowthAfter(steadied(growing), 56, 7))).toBeCloseTo((8 / 21) * 14, 0);
  });

  test('is as wide as the weeks were uneven, and wider the further ahead', () => {
    const width = (weekly: readonly number[], days: number) => {
      const slices = growthAfter(growthOf(weekly), days);
      return (slices.at(-1) ?? 0) - (slices[0] ?? 0);
    };
    expect(width([16, 0, 0, 0, 0, 0, 0, 0], 28)).toBeGreaterThan(width([2, 2, 2, 2, 2, 2, 2, 2], 28));
    expect(width([2, 2, 2, 2], 56)).toBeGreaterThan(width([2, 2, 2, 2], 28));
    // The same twos, seen for longer.
    expect(width([2, 2, 2, 2, 2, 2, 2, 2], 28)).toBeLessThan(width([2, 2, 2, 2], 28));
  });

  test('of a scope that never moved is nothing, give or take a little', () => {
    const slices = growthAfter(growthOf([0, 0, 0, 0, 0, 0, 0, 0]), 28);
    expect(mean(slices)).toBeCloseTo(0, 9);
    expect(slices[0]).toBeGreaterThan(-3);
    expect(slices.at(-1)).toBeLessThan(3);
  });
});
