import { describe, expect, test } from 'vitest';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { inScope } from '#domain/team.ts';
import { itemUrl } from '#domain/team-view.ts';
import { asOf } from '#domain/timeline.ts';
import { mergeIssues, withTimeline } from '#domain/whole-timeline.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { placeStatuses } from '#domain/workflow.ts';

/** A tracker whose teams and labels are ids with names, and whose states say more than a category. */
const REFERENCE: Reference = {
  source: 'labs',
  siteUrl: 'https://linear.app/labs',
  issuePath: '/issue/',
  projects: [],
  statuses: [
    { id: 's1', name: 'Later', category: 'todo', stage: 'backlog' },
    { id: 's2', name: 'Ready', category: 'todo' },
    { id: 's3', name: 'No longer needed', category: 'done', stage: 'cancelled' },
  ],
  types: [],
  versions: [],
  cycles: [],
  teams: [{ id: 't1', key: 'PAY', name: 'Payments' }],
};

const base: Omit<Issue, 'events'> = {
  source: 'labs',
  id: 'i1',
  createdAt: 1_000,
  updatedAt: 2_000,
  current: {
    scalars: { status: { value: 's1' }, team: { value: 't1', name: 'PAY' } },
    sets: { labels: [{ value: 'l1', name: 'Card payments' }] },
  },
};

const change = (eventId: string, itemIndex: number, field: string, to: string): IssueEvent => ({
  at: 1_500,
  eventId,
  itemIndex,
  field,
  to,
  origin: 'recorded',
});

describe('an issue whose labels and team are ids', () => {
  const issue = asOf(withTimeline(base, []), 5_000);
  const matches = (filter: Readonly<Record<string, readonly string[]>>) =>
    issue !== undefined && inScope(issue, { scope: [{ source: 'labs', ...filter }] }, REFERENCE);

  test('is in the scope of a team that names the label or gives its id', () => {
    expect(matches({ labels: ['card payments'] })).toBe(true);
    expect(matches({ labels: ['l1'] })).toBe(true);
    expect(matches({ labels: ['l2'] })).toBe(false);
  });

  test('is in the scope of a team by the key, the id or the name of the tracker’s team', () => {
    expect(['pay', 't1', 'Payments', 'OPS'].map((team) => matches({ teams: [team] }))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

test('an item opens where its tracker keeps issues', () => {
  const item = { key: 'PAY-7', issue: { source: 'labs' } } as WorkItem;
  const at = (reference: Reference) => itemUrl({ references: new Map([['labs', reference]]) }, item);
  expect(at(REFERENCE)).toBe('https://linear.app/labs/issue/PAY-7');
  const { issuePath: _, ...usual } = REFERENCE;
  expect(at({ ...usual, siteUrl: 'https://acme.atlassian.net' })).toBe(
    'https://acme.atlassian.net/browse/PAY-7',
  );
});

test('what the tracker says of a state stands over its category and its name, and a mapping over both', () => {
  const visits = REFERENCE.statuses.map(({ id, name }) => ({ statusId: id, name }));
  const stages = (mapping: Readonly<Record<string, 'todo'>>) =>
    placeStatuses({
      source: 'labs',
      statuses: REFERENCE.statuses,
      mapping,
      items: [{ visits }],
    }).placements.map(({ statusId, stage }) => [statusId, stage]);
  expect(stages({})).toEqual([
    ['s1', 'backlog'],
    ['s2', 'todo'],
    ['s3', 'cancelled'],
  ]);
  expect(stages({ Later: 'todo' })[0]).toEqual(['s1', 'todo']);
});

test('an entry that the tracker wrote on in is replaced as a whole, and the others stay', () => {
  const stored = withTimeline(base, [
    change('e1', 0, 'status', 's2'),
    change('e2', 0, 'status', 's3'),
    change('e2', 7, 'estimate', '5'),
  ]);
  const read = withTimeline({ ...base, updatedAt: 3_000 }, [change('e2', 7, 'estimate', '8')]);
  const merged = mergeIssues(stored, read).events.filter(({ origin }) => origin === 'recorded');
  expect(merged.map(({ eventId, field, to }) => [eventId, field, to])).toEqual([
    ['e1', 'status', 's2'],
    ['e2', 'estimate', '8'],
  ]);
});
