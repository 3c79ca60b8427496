import { describe, expect, test } from 'vitest';
import { keysEver, retainedLabels, withPresentNames } from '#domain/present-names.ts';
import type { Label } from '#domain/reference.ts';
import type { ScopeFilter, Team } from '#domain/team.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const LABELS: readonly Label[] = [{ id: 'l1', name: 'Urgent', formerNames: ['Hot', 'Burning'] }];
const MOVED = { at: '3d', field: 'key', from: 'OLD-8', to: 'PAY-8' } as const;
const epic = issue('PAY-8', 'To Do', { type: 'Epic', changes: [MOVED] });
const ISSUES = withPresentNames(
  [
    issue('PAY-1', 'To Do', { labels: ['l1'], parent: 'PAY-8' }),
    issue('PAY-2', 'To Do', { labels: ['l2'] }),
    epic,
  ],
  { labels: LABELS },
);
const seen = (changes: Partial<Team>, day = '2026-01-20') => view(team(changes), day, ISSUES);
const inScope = (filter: Omit<ScopeFilter, 'source'>, day?: string) =>
  seen({ scope: [{ source: 'acme', ...filter }] }, day).items.map(({ key }) => key);

describe('a scope', () => {
  test.each(['l1', 'Urgent', 'hot', 'Burning'])(
    'finds a label by its id and every name of it: %s',
    (name) => {
      expect(inScope({ labels: [name] })).toEqual(['PAY-1']);
    },
  );

  test.each([
    ['OLD-8', '2026-01-06'],
    ['OLD-8', '2026-01-20'],
    ['PAY-8', '2026-01-06'],
    ['PAY-8', '2026-01-20'],
    ['pay8', '2026-01-06'],
  ])('finds a parent by every key of it, whenever: %s on %s', (parent, day) => {
    expect(inScope({ parents: [parent] }, day)).toEqual(['PAY-1']);
  });

  test('finds nothing by the name of another', () => {
    expect([inScope({ labels: ['Cold'] }), inScope({ parents: ['OLD-9'] })]).toEqual([[], []]);
  });
});

test('an issue that has no such name is the same object', () => {
  const plain = issue('PAY-3', 'To Do', { labels: ['web'], parent: 'OPS-1' });
  expect(withPresentNames([plain], {})[0]).toBe(plain);
  expect(withPresentNames([plain], { labels: LABELS })[0]).toBe(plain);
});

test('every key of an issue is known on every date', () => {
  const of = (day: string) =>
    seen({ scope: [{ source: 'acme' }] }, day).parents.map((one) => [
      one.key,
      keysEver(one.issue).toSorted(),
    ]);
  expect(of('2026-01-06')).toEqual([['OLD-8', ['OLD-8', 'PAY-8']]]);
  expect(of('2026-01-20')).toEqual([['PAY-8', ['OLD-8', 'PAY-8']]]);
});

describe('labels of a source', () => {
  test('keep the names they had, once each, and never the present one among them', () => {
    const names = ['Hot', 'Burning', 'Hot', 'Urgent'];
    const kept = names.reduce<readonly Label[] | undefined>(
      (before, name) => retainedLabels(before, [{ id: 'l1', name }]),
      undefined,
    );
    expect(kept).toEqual([{ id: 'l1', name: 'Urgent', formerNames: ['Burning', 'Hot'] }]);
    expect(retainedLabels(kept, [{ id: 'l1', name: 'Hot' }])).toEqual([
      { id: 'l1', name: 'Hot', formerNames: ['Burning', 'Urgent'] },
    ]);
  });

  test('stay known when they are deleted, and are not made up where a source has none', () => {
    expect(retainedLabels(LABELS, [])).toEqual(LABELS);
    expect(retainedLabels(undefined, undefined)).toBeUndefined();
  });
});
