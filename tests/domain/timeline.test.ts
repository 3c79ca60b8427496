import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scalarIntervals, scalarNow, setNow } from '#domain/field-values.ts';
import type { Issue, IssueEvent, NamedValue } from '#domain/issue.ts';
import { asOf } from '#domain/timeline.ts';
import { mergeIssues, withTimeline } from '#domain/whole-timeline.ts';
import { arbitraryLife, BIRTH, copyAt, LIFETIME } from '#tests/builders/arbitrary.ts';
import { issue } from '#tests/builders/timeline.ts';

const at = (text: string) => Date.parse(text);
const known = (one: Issue, moment: string) => {
  const view = asOf(one, at(moment));
  if (view === undefined) throw new RangeError(`${one.id} did not exist at ${moment}`);
  return view;
};
const event = (field: string, when: string, change: Partial<IssueEvent>): IssueEvent => ({
  at: at(when),
  eventId: when,
  itemIndex: 0,
  field,
  origin: 'recorded',
  ...change,
});
const bare = { source: 'acme', id: '1', createdAt: at('2026-01-05'), updatedAt: at('2026-02-01') };

describe('as of a moment', () => {
  const one = issue('PAY-1', 'To Do 2d → In Progress 3d → Done', { from: '2026-01-05' });

  test('an issue does not exist before it is created', () => {
    expect(asOf(one, at('2026-01-05'))).toBeUndefined();
    expect(asOf(one, at('2026-01-05T00:00:00.001Z'))).toBeDefined();
  });

  test('a change counts after its instant, not at it', () => {
    expect(scalarNow(known(one, '2026-01-07'), 'status')?.name).toBe('To Do');
    expect(scalarNow(known(one, '2026-01-07T00:00:00.001Z'), 'status')?.name).toBe('In Progress');
  });

  test('what came later leaves no trace, and nothing is closed', () => {
    const view = known(one, '2026-01-08');
    expect(JSON.stringify(view)).not.toContain('Done');
    expect(scalarIntervals(view, 'status').map(({ value, to }) => [value?.name, to])).toEqual([
      ['To Do', at('2026-01-07')],
      ['In Progress', undefined],
    ]);
  });
});

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

describe('fields with several values', () => {
  test('are worked out backwards through additions and removals', () => {
    const one = issue('PAY-1', 'To Do', {
      versions: ['1.0'],
      changes: [
        { at: '2d', field: 'versions', from: '1.0' },
        { at: '4d', field: 'versions', to: '2.0' },
      ],
    });
    expect(setNow(known(one, '2026-01-06'), 'versions')).toEqual(['1.0']);
    expect(setNow(known(one, '2026-01-08'), 'versions')).toEqual([]);
    expect(setNow(known(one, '2026-01-10'), 'versions')).toEqual(['2.0']);
  });

  test('are read as whole lists where the tracker writes whole lists', () => {
    const one = withTimeline(
      { ...bare, current: { scalars: {}, sets: { labels: [{ value: 'b' }, { value: 'c' }] } } },
      [event('labels', '2026-01-07', { from: 'a b', to: 'b c', separator: ' ' })],
    );
    expect(setNow(known(one, '2026-01-06'), 'labels')).toEqual(['a', 'b']);
    expect(setNow(known(one, '2026-01-08'), 'labels')).toEqual(['b', 'c']);
  });

  test('begin in the same order, whatever was removed and put back later', () => {
    const quiet = issue('PAY-1', 'To Do', { versions: ['1.0', '2.0'] });
    const busy = issue('PAY-1', 'To Do', {
      versions: ['1.0', '2.0'],
      changes: [
        { at: '9d', field: 'versions', from: '1.0' },
        { at: '10d', field: 'versions', to: '1.0' },
      ],
    });
    expect(known(busy, '2026-01-06')).toEqual(known(quiet, '2026-01-06'));
  });
});

describe('a link to an issue that gets another key', () => {
  const blockedBy = (key: string) => `This issue is blocked by ${key}`;
  const added = (key: string, when: string) => event('links', when, { to: key, toName: blockedBy(key) });
  const removed = (key: string, when: string) =>
    event('links', when, { from: key, fromName: blockedBy(key) });
  const linked = (links: readonly NamedValue[], changes: readonly IssueEvent[]) =>
    withTimeline({ ...bare, current: { scalars: { key: { value: 'PAY-1' } }, sets: { links } } }, changes);
  const heldAt = (one: Issue, ...days: readonly string[]) =>
    days.map((day) => setNow(known(one, day), 'links'));

  test('began when it was made, whatever it is called now', () => {
    const one = linked([{ value: '7', aliases: ['OLD-1'] }], [added('OLD-1', '2026-01-10')]);
    expect(heldAt(one, '2026-01-08', '2026-01-12')).toEqual([[], ['OLD-1']]);
  });

  test('ends when it is removed under the new key, and is no older for that', () => {
    const one = linked([], [added('OLD-1', '2026-01-10'), removed('NEW-9', '2026-01-20')]);
    expect(heldAt(one, '2026-01-08', '2026-01-12', '2026-01-21')).toEqual([[], ['OLD-1'], []]);
  });

  test('may be removed and made again under the new key', () => {
    const one = linked(
      [{ value: '7', aliases: ['NEW-9'] }],
      [added('OLD-1', '2026-01-10'), removed('NEW-9', '2026-01-20'), added('NEW-9', '2026-01-22')],
    );
    expect(heldAt(one, '2026-01-08', '2026-01-12', '2026-01-21', '2026-01-23')).toEqual([
      [],
      ['OLD-1'],
      [],
      ['NEW-9'],
    ]);
  });

  test.each([
    ['stands to this day', [{ value: '7', aliases: ['OLD-1'] }], []],
    ['ends later under its own key', [], [removed('OLD-1', '2026-01-25')]],
    [
      'has other words',
      [],
      [
        event('links', '2026-01-09', { to: 'OLD-2', toName: 'This issue relates to OLD-2' }),
        removed('OLD-1', '2026-01-25'),
      ],
    ],
  ] as const)(
    'is not the one that %s: what is removed then was there from the beginning',
    (_, links, more) => {
      const one = linked(links, [added('OLD-1', '2026-01-10'), removed('NEW-9', '2026-01-20'), ...more]);
      expect(heldAt(one, '2026-01-08')).toEqual([['NEW-9']]);
      expect(heldAt(one, '2026-01-12')[0]).toContain('NEW-9');
      expect(heldAt(one, '2026-01-21')[0]).not.toContain('NEW-9');
      expect(heldAt(one, '2026-01-21')[0]).toContain('OLD-1');
    },
  );

  test('is not one of the same project, where numbers stay what they are', () => {
    const one = linked([], [added('OLD-1', '2026-01-10'), removed('OLD-9', '2026-01-20')]);
    expect(heldAt(one, '2026-01-08', '2026-01-12', '2026-01-21')).toEqual([
      ['OLD-9'],
      ['OLD-9', 'OLD-1'],
      ['OLD-1'],
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

describe('two changes in one instant', () => {
  test('leave only the last value', () => {
    const one = issue('PAY-1', 'To Do 1d → In Progress 0d → Done');
    expect(scalarIntervals(known(one, '2026-01-08'), 'status').map(({ value }) => value?.name)).toEqual([
      'To Do',
      'Done',
    ]);
  });

  test('there and back leave nothing', () => {
    const one = issue('PAY-1', 'To Do 1d → In Progress 0d → To Do');
    expect(scalarIntervals(known(one, '2026-01-08'), 'status')).toEqual([
      { from: at('2026-01-05'), value: { value: 'to-do', name: 'To Do' } },
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

describe('a field cleared with an empty text', () => {
  const cleared = withTimeline({ ...bare, current: { scalars: { status: { value: '1' } }, sets: {} } }, [
    event('flagged', '2026-01-06', { to: '1', toName: 'Impediment' }),
    event('flagged', '2026-01-08', { from: '1', to: '' }),
    event('parent', '2026-01-07', { from: '', to: '77' }),
    event('versions', '2026-01-07', { from: '', to: '9' }),
  ]);

  test('is unset again, and an empty beginning is none', () => {
    expect(scalarNow(known(cleared, '2026-01-07'), 'flagged')).toEqual({ value: '1', name: 'Impediment' });
    expect(scalarNow(known(cleared, '2026-02-01'), 'flagged')).toBeUndefined();
    expect(scalarNow(known(cleared, '2026-01-07'), 'parent')).toBeUndefined();
    expect(setNow(known(cleared, '2026-02-01'), 'versions')).toEqual(['9']);
    expect(cleared.events.some((one) => one.origin === 'inferred' && one.to === '')).toBe(false);
  });
});
