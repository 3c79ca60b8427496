import { describe, expect, test } from 'vitest';
import { scalarIntervals, scalarNow, setNow } from '#domain/field-values.ts';
import type { Issue, IssueEvent, NamedValue } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { issue } from '#tests/builders/timeline.ts';
import { at, bare, event, known } from './recorded.ts';

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
