import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scalarIntervals, scalarNow } from '#domain/field-values.ts';
import type { IssueEvent } from '#domain/issue.ts';
import { mergeIssues, withTimeline } from '#domain/whole-timeline.ts';
import { arbitraryLife, BIRTH, copyAt, LIFETIME } from '#tests/builders/arbitrary.ts';
import { issue } from '#tests/builders/timeline.ts';
import { at, bare, event, known } from './recorded.ts';

describe('values at creation', () => {
  test('a field that never changed began as it is now', () => {
    expect(
      scalarNow(known(issue('PAY-1', 'To Do', { title: 'Refunds' }), '2026-01-06'), 'title')?.value,
    ).toBe('Refunds');
  });

  test('a field that changed began as the first change says, whatever it is now', () => {
    const one = issue('PAY-1', 'To Do', { assignee: 'p1 3d → p2 2d → –' });
    expect(scalarNow(known(one, '2026-01-06'), 'assignee')?.value).toBe('p1');
    expect(scalarNow(known(one, '2026-01-09'), 'assignee')?.value).toBe('p2');
    expect(scalarNow(known(one, '2026-01-11'), 'assignee')).toBeUndefined();
  });

  test('are marked as inferred', () => {
    expect(
      issue('PAY-1', 'To Do 1d → Done').events.filter(({ origin }) => origin === 'recorded'),
    ).toHaveLength(1);
    expect(issue('PAY-1', 'To Do 1d → Done').events[0]).toMatchObject({ origin: 'inferred', to: 'to-do' });
  });

  test('of an imported issue begin with its history, when that is older than its creation', () => {
    const imported = withTimeline(
      { ...bare, current: { scalars: { status: { value: 'done' } }, sets: {} } },
      [event('status', '2025-12-01', { from: 'to-do', to: 'done' })],
    );
    expect(scalarIntervals(known(imported, '2026-01-06'), 'status')).toEqual([
      // The two fall into one instant, so only the last of them ever held.
      { from: at('2025-12-01'), value: { value: 'done' } },
    ]);
  });
});

describe('keys of which a tracker gives no history', () => {
  const moved = (when: string, from: string, to: string) => event('team', when, { from, to });
  const keyed = (formerKeys: readonly string[], changes: readonly IssueEvent[]) =>
    scalarIntervals(
      withTimeline(
        { ...bare, current: { scalars: { key: { value: 'C-3' } }, sets: {}, formerKeys } },
        changes,
      ),
      'key',
    ).map(({ from, value }) => [new Date(from).toISOString().slice(0, 10), value?.value]);

  test('ended with the moves to other teams', () => {
    const moves = [moved('2026-01-10', 'a', 'b'), moved('2026-01-20', 'b', 'c')];
    expect(keyed(['A-1', 'B-2'], moves)).toEqual([
      ['2026-01-05', 'A-1'],
      ['2026-01-10', 'B-2'],
      ['2026-01-20', 'C-3'],
    ]);
    expect(keyed([], moves)).toEqual([['2026-01-05', 'C-3']]);
  });

  test('ended before the history began, where no move tells of it', () => {
    expect(keyed(['A-1', 'B-2'], [moved('2026-01-20', 'b', 'c')])).toEqual([
      ['2026-01-05', 'B-2'],
      ['2026-01-20', 'C-3'],
    ]);
  });

  test('ended with the last of more moves than there are keys', () => {
    const moves = [moved('2026-01-10', 'a', 'b'), moved('2026-01-20', 'b', 'c')];
    expect(keyed(['B-2'], moves)).toEqual([
      ['2026-01-05', 'B-2'],
      ['2026-01-20', 'C-3'],
    ]);
  });
});

describe('joining copies of one issue', () => {
  // Copies made at different moments, each with only some of the history pages that had been read.
  const copies = arbitraryLife(1).chain((life) =>
    fc.record({
      life: fc.constant(life),
      parts: fc.array(
        fc.record({ age: fc.integer({ min: 1, max: LIFETIME }), page: fc.integer({ min: 0, max: 3 }) }),
        { minLength: 3, maxLength: 3 },
      ),
    }),
  );
  const partsOf = ({ life, parts }: typeof copies extends fc.Arbitrary<infer T> ? T : never) =>
    parts.flatMap(({ age, page }) => {
      const copy = copyAt(life, life.createdAt + age);
      if (copy === undefined) return [];
      const recorded = copy.events.filter(({ origin }) => origin === 'recorded');
      const read = recorded.filter((_, i) => page === 0 || i % 4 !== page);
      return [withTimeline(copy, read)];
    });

  test('gives the same issue in either order, in any grouping, and when one is read twice', () => {
    fc.assert(
      fc.property(copies, (world) => {
        const [a, b, c] = partsOf(world);
        if (!a || !b || !c) throw new RangeError('the issue exists from its creation on');
        expect(mergeIssues(b, a)).toEqual(mergeIssues(a, b));
        expect(mergeIssues(a, mergeIssues(b, c))).toEqual(mergeIssues(mergeIssues(a, b), c));
        expect(mergeIssues(a, a)).toEqual(a);
        expect(mergeIssues(mergeIssues(a, b), b)).toEqual(mergeIssues(a, b));
      }),
    );
  });

  test('with the newest whole copy gives that copy', () => {
    fc.assert(
      fc.property(copies, (world) => {
        const whole = copyAt(world.life, BIRTH + 3 * LIFETIME);
        if (!whole) throw new RangeError('the issue exists by then');
        for (const part of partsOf(world)) {
          expect(mergeIssues(part, whole)).toEqual(whole);
          expect(mergeIssues(whole, part)).toEqual(whole);
        }
      }),
    );
  });

  test('never lets an older copy overwrite a newer one', () => {
    const older = issue('PAY-1', 'To Do', { title: 'old' });
    const newer = issue('PAY-1', 'To Do 1d → Done', { title: 'new' });
    expect(mergeIssues(newer, older).current.scalars.title?.value).toBe('new');
    expect(mergeIssues(older, newer).current.scalars.title?.value).toBe('new');
  });
});
