import { describe, expect, test } from 'vitest';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Version } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import { unreleasedVersion } from '#metrics/signals/unreleased-version.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const version = (id: string, releaseDay?: string, released = releaseDay !== undefined): Version => ({
  id,
  projectId: 'pay',
  name: id,
  released,
  ...(releaseDay === undefined ? {} : { releaseDay: releaseDay as CalendarDay }),
});

/** Twenty items that waited 14 days from done to the end of their release day. */
const train = Array.from({ length: 20 }, (_, i) =>
  issue(`PAY-${100 + i}`, 'In Progress 1d → Done', { from: '2025-11-01', versions: ['1.0'] }),
);
const TRAIN = version('1.0', '2025-11-15');
const done = issue('PAY-1', 'In Progress 5d → Done', { versions: ['2.3'] });

/** Keys flagged at the end of a day. `done` is done on 10 January, a Saturday. */
const flagged = (
  day: string,
  versions: readonly Version[],
  issues = [done, ...train],
  of: Partial<Team> = {},
) => unreleasedVersion(view(team(of), day, issues, { versions })).map(({ item }) => item.key);

describe('an item done in a version that is not out', () => {
  test('is a sign once it waits longer than releases usually take here (WX-A4)', () => {
    expect(flagged('2026-01-26', [TRAIN, version('2.3')])).toEqual(['PAY-1']); // 17 days, usual are 14
    expect(flagged('2026-01-23', [TRAIN, version('2.3')])).toEqual([]); // 14 days
  });

  // Of 36 waits 20 ended, which is less than 85 %: no P85 can be seen, and 14 days are known to be usual all the same.
  test('waits for its train like the rest, also while more waits than ever went out', () => {
    const loaded = Array.from({ length: 15 }, (_, i) =>
      issue(`PAY-${200 + i}`, 'In Progress 5d → Done', { versions: ['2.3'] }),
    );
    const all = [done, ...loaded, ...train];
    expect(flagged('2026-01-23', [TRAIN, version('2.3')], all)).toEqual([]); // 14 days
    expect(flagged('2026-01-26', [TRAIN, version('2.3')], all)).toHaveLength(16); // 17 days
  });

  test('is none once the version is released (WX-A4)', () => {
    expect(flagged('2026-01-26', [TRAIN, version('2.3', '2026-01-24')])).toEqual([]);
  });

  test('waits at the time, even if today the version is out', () => {
    expect(flagged('2026-01-26', [TRAIN, version('2.3', '2026-02-20')])).toEqual(['PAY-1']);
  });

  test('is out with the first of its versions', () => {
    const both = issue('PAY-1', 'In Progress 5d → Done', { versions: ['2.3', '2.2.1'] });
    const versions = [TRAIN, version('2.3'), version('2.2.1', '2026-01-20')];
    expect(flagged('2026-01-26', versions, [both, ...train])).toEqual([]);
  });

  test('without a usual wait needs more than five work days', () => {
    const recent = [version('1.9', '2026-01-02'), version('2.3')];
    expect(flagged('2026-01-16', recent, [done])).toEqual([]); // Monday 12 to Friday 16
    expect(flagged('2026-01-19', recent, [done])).toEqual(['PAY-1']);
  });

  test('is a hard sign only where nineteen waits say what is usual', () => {
    const strengths = (issues: Parameters<typeof view>[2]) =>
      unreleasedVersion(view(team(), '2026-01-26', issues, { versions: [TRAIN, version('2.3')] })).map(
        ({ strength }) => strength,
      );
    expect(strengths([done, ...train.slice(1)])).toEqual(['hard']);
    expect(strengths([done, ...train.slice(2)])).toEqual(['soft']);
  });
});

describe('a version in which done work has lain', () => {
  /** Done on 10 January 2025. */
  const kept = (versions: readonly string[]) =>
    issue('PAY-1', 'In Progress 5d → Done', { from: '2025-01-05', versions });
  const named = (day: string, versions: readonly Version[], one = kept(['2.3'])) =>
    flagged(day, versions, [one, ...train]);

  test('for a year, while others went out, is a place and no train', () => {
    expect(named('2026-01-10', [TRAIN, version('2.3')])).toEqual(['PAY-1']);
    expect(named('2026-01-12', [TRAIN, version('2.3')])).toEqual([]);
  });

  test('for a year is waited for all the same where no other went out, or where it has a day', () => {
    const old = version('0.9', '2024-12-01');
    const asked = (versions: readonly Version[]) =>
      unreleasedVersion(view(team({ doneMeans: 'released' }), '2026-01-12', [kept(['2.3'])], { versions }))
        .length;
    expect(asked([old, version('2.3')])).toBe(1);
    expect(asked([TRAIN, version('2.3', '2026-03-01', false)])).toBe(1);
    expect(asked([TRAIN, version('2.3')])).toBe(0);
  });

  test('is one sooner when it is named so and two trains left without it: a name alone says nothing', () => {
    const trunk = kept(['Trunk']);
    const [first, second] = [version('0.9', '2025-02-01'), version('0.9.1', '2025-03-01')];
    expect(named('2025-03-10', [first, version('Trunk')], trunk)).toEqual(['PAY-1']);
    expect(named('2025-03-10', [first, second, version('Trunk')], trunk)).toEqual([]);
    expect(named('2025-03-10', [first, second, version('2.3')])).toEqual(['PAY-1']);
  });

  test('holds it since it was put there, not since it was done', () => {
    const moved = issue('PAY-1', 'In Progress 5d → Done', {
      from: '2025-01-05',
      changes: [{ at: '2025-12-01', field: 'versions', to: '2.3' }],
    });
    expect(named('2026-01-26', [TRAIN, version('2.3')], moved)).toEqual(['PAY-1']);
  });
});

describe('nothing is claimed', () => {
  test('where it is a milestone of a project: that is a target, and nothing goes out with it', () => {
    const milestones = [TRAIN, version('2.3')].map((one): Version => ({ ...one, kind: 'milestone' }));
    expect(flagged('2026-01-26', milestones)).toEqual([]);
    expect(flagged('2026-01-26', milestones, undefined, { doneMeans: 'released' })).toEqual([]);
  });

  test('where the version is released without a date', () => {
    expect(flagged('2026-01-26', [TRAIN, version('2.3', undefined, true)])).toEqual([]);
  });

  test('about done work without a version', () => {
    const plain = issue('PAY-2', 'In Progress 5d → Done');
    expect(flagged('2026-01-26', [TRAIN], [plain, ...train])).toEqual([]);
  });

  test('where the project has not released for half a year, unless the team says released is Done', () => {
    const old = [version('1.0', '2025-06-15'), version('2.3')];
    expect(flagged('2026-01-26', old, [done])).toEqual([]);
    expect(flagged('2026-01-26', old, [done], { doneMeans: 'released' })).toEqual(['PAY-1']);
  });

  test('about work in a status that is called released', () => {
    const live = issue('PAY-1', 'In Progress 5d → Released', { versions: ['2.3'] });
    expect(flagged('2026-01-26', [TRAIN, version('2.3')], [live, ...train])).toEqual([]);
  });
});
