import { describe, expect, test } from 'vitest';
import { scalarIntervals, setIntervals } from '#domain/field-values.ts';
import type { NamedValue } from '#domain/issue.ts';
import { linkTo } from '#trackers/linear/links.ts';
import { normalizeIssue } from '#trackers/linear/normalize.ts';
import { historyPage, issuesPage } from '#trackers/linear/schemas.ts';
import { personHasher } from '#trackers/person.ts';

type Json = Readonly<Record<string, unknown>>;

// printf 'labs:ann' | openssl dgst -sha256 -hmac pepper, and likewise for bob; first 16 digits.
const ANN = '56993389dcf3982f';
const BOB = '27f4853865c4b36e';

const READING = {
  source: 'labs',
  personHash: personHasher('labs', 'pepper'),
  nameOf: (id: string) => ({ s1: 'Todo', s2: 'Doing', l1: 'bug', l2: 'card', m1: 'Beta' })[id],
};

const ISSUE: Json = {
  id: 'i1',
  identifier: 'PAY-7',
  title: 'Pay by card',
  priority: 2,
  previousIdentifiers: [],
  estimate: 0.5,
  dueDate: '2026-05-01',
  createdAt: '2026-03-01T00:00:00.000Z',
  updatedAt: '2026-03-09T00:00:00.000Z',
  trashed: null,
  labelIds: ['l1'],
  state: { id: 's2', name: 'Doing' },
  team: { id: 't1', key: 'PAY' },
  assignee: { id: 'bob' },
  creator: { id: 'ann' },
  project: { id: 'p1', name: 'Checkout' },
  projectMilestone: { id: 'm1', name: 'Beta' },
  cycle: { id: 'c1' },
  parent: { id: 'i0', identifier: 'PAY-1' },
};

/** The issue that comes of these entries, each a day after the one before it. */
function normalized(entries: readonly Json[], issue: Json = {}, links: readonly NamedValue[] = []) {
  const page = historyPage.parse({
    nodes: entries.map((entry, i) => ({
      id: `e${i}`,
      createdAt: `2026-03-0${i + 2}T00:00:00.000Z`,
      actorId: 'ann',
      ...entry,
    })),
    pageInfo: { hasNextPage: false, endCursor: null },
  });
  const { issues } = issuesPage.parse({
    issues: {
      nodes: [{ ...ISSUE, ...issue, history: page }].map((node) => ({
        ...node,
        history: { nodes: [], pageInfo: { hasNextPage: false } },
      })),
      pageInfo: { hasNextPage: false },
    },
    archived: { nodes: [] },
  });
  const [read] = issues.nodes;
  if (read === undefined) throw new RangeError('nothing was read');
  return normalizeIssue(read, page.nodes, links, READING);
}

/** What one entry is turned into, without what all its events share. */
function changes(entry: Json) {
  return normalized([entry])
    .events.filter(({ origin }) => origin === 'recorded')
    .map(({ at: _at, eventId: _id, actor: _actor, origin: _origin, ...rest }) => rest);
}

describe('an entry of the history', () => {
  test('keeps its id, its instant and its author as a hash', () => {
    expect(normalized([{ fromStateId: 's1', toStateId: 's2' }]).events.at(-1)).toEqual({
      at: Date.UTC(2026, 2, 2),
      eventId: 'e0',
      itemIndex: 0,
      field: 'status',
      from: 's1',
      fromName: 'Todo',
      to: 's2',
      toName: 'Doing',
      actor: ANN,
      origin: 'recorded',
    });
    expect(normalized([{ actorId: null, toStateId: 's2' }]).events.at(-1)).not.toHaveProperty('actor');
  });

  test.each<[string, Json, readonly Json[]]>([
    ['the assignee', { toAssigneeId: 'bob' }, [{ itemIndex: 1, field: 'assignee', to: BOB }]],
    [
      'the cycle',
      { fromCycleId: 'c0', toCycleId: 'c1' },
      [{ itemIndex: 2, field: 'cycles', from: 'c0', to: 'c1' }],
    ],
    [
      'the project',
      { toProjectId: 'p1' },
      [{ itemIndex: 3, field: 'project', to: 'p1', toName: 'Checkout' }],
    ],
    ['the parent', { toParentId: 'i0' }, [{ itemIndex: 4, field: 'parent', to: 'i0', toName: 'PAY-1' }]],
    [
      'the team',
      { fromTeamId: 't0', toTeamId: 't1' },
      [{ itemIndex: 5, field: 'team', from: 't0', to: 't1', toName: 'PAY' }],
    ],
    [
      'the priority',
      { fromPriority: 0, toPriority: 1 },
      [{ itemIndex: 6, field: 'priority', from: '0', fromName: 'No priority', to: '1', toName: 'Urgent' }],
    ],
    [
      'the estimate, which has no name',
      { fromEstimate: 2, toEstimate: 0.5 },
      [{ itemIndex: 7, field: 'estimate', from: '2', to: '0.5' }],
    ],
    ['the due date', { fromDueDate: '2026-04-01' }, [{ itemIndex: 8, field: 'dueDate', from: '2026-04-01' }]],
    [
      'the title',
      { fromTitle: 'Old', toTitle: 'New' },
      [{ itemIndex: 9, field: 'title', from: 'Old', to: 'New' }],
    ],
    [
      'the milestone',
      { toProjectMilestone: { id: 'm1' }, fromProjectMilestone: null },
      [{ itemIndex: 10, field: 'versions', to: 'm1', toName: 'Beta' }],
    ],
    ['the agent', { fromDelegate: { id: 'bob' } }, [{ itemIndex: 11, field: 'delegate', from: BOB }]],
    ['the archive', { archived: true }, [{ itemIndex: 12, field: 'archived', from: 'false', to: 'true' }]],
    ['the trash', { trashed: false }, [{ itemIndex: 13, field: 'trashed', from: 'true', to: 'false' }]],
    [
      'what was promised',
      { toSlaBreachesAt: '2026-03-05T10:00:00Z' },
      [{ itemIndex: 14, field: 'sla', to: '2026-03-05T10:00:00.000Z' }],
    ],
    [
      'the description, of which nothing else is told',
      { updatedDescription: true },
      [{ itemIndex: 15, field: 'description' }],
    ],
    [
      'labels, each for itself, those that went first',
      { removedLabelIds: ['l9'], addedLabelIds: ['l2', 'l1'] },
      [
        { itemIndex: 100, field: 'labels', from: 'l9' },
        { itemIndex: 101, field: 'labels', to: 'l1' },
        { itemIndex: 102, field: 'labels', to: 'l2' },
      ],
    ],
    ['releases', { addedToReleaseIds: ['r1'] }, [{ itemIndex: 300, field: 'versions', to: 'r1' }]],
    [
      'links, in the sentences that Jira writes',
      {
        relationChanges: [
          { identifier: 'OPS-1', type: 'ab' },
          { identifier: 'OPS-2', type: 'rx' },
          { identifier: 'OPS-3', type: 'a?' },
        ],
      },
      [
        { itemIndex: 500, field: 'links', to: 'OPS-1', toName: 'This issue is blocked by OPS-1' },
        { itemIndex: 501, field: 'links', from: 'OPS-2', fromName: 'This issue blocks OPS-2' },
        { itemIndex: 502, field: 'links', to: 'OPS-3' },
      ],
    ],
    ['nothing when both sides are the same', { fromStateId: 's1', toStateId: 's1', archived: null }, []],
  ])('tells of %s', (_what, entry, expected) => {
    expect(changes(entry)).toEqual(expected);
  });

  test('keeps the place of a change whatever else is written into it later', () => {
    const [first] = changes({ toEstimate: 3 });
    const later = changes({ fromStateId: 's1', toStateId: 's2', toEstimate: 3 });
    expect(later).toContainEqual(first);
  });

  test('keeps a title that is longer than titles are as a hash', () => {
    // printf 'x%.0s' {1..256} | sha256sum
    expect(changes({ toTitle: 'x'.repeat(256) })[0]?.to).toBe(
      'sha256:85e62acd750c4eb56b7b6a1d66dca5bfaac5f062608a1a893410d0288936c09a',
    );
  });
});

describe('an issue', () => {
  test('shows what it is now, with people as hashes', () => {
    const { current, creator, createdAt, updatedAt } = normalized([]);
    expect({ creator, createdAt, updatedAt }).toEqual({
      creator: ANN,
      createdAt: Date.UTC(2026, 2, 1),
      updatedAt: Date.UTC(2026, 2, 9),
    });
    expect(current).toEqual({
      scalars: {
        status: { value: 's2', name: 'Doing' },
        type: { value: 'issue', name: 'Issue' },
        project: { value: 'p1', name: 'Checkout' },
        key: { value: 'PAY-7' },
        title: { value: 'Pay by card' },
        assignee: { value: BOB },
        reporter: { value: ANN },
        priority: { value: '2', name: 'High' },
        parent: { value: 'i0', name: 'PAY-1' },
        dueDate: { value: '2026-05-01' },
        estimate: { value: '0.5' },
        team: { value: 't1', name: 'PAY' },
      },
      sets: {
        labels: [{ value: 'l1' }],
        versions: [{ value: 'm1', name: 'Beta' }],
        components: [],
        cycles: [{ value: 'c1' }],
        links: [],
      },
    });
  });

  test('of which little is said has little', () => {
    const empty = {
      assignee: null,
      creator: null,
      project: null,
      projectMilestone: null,
      cycle: null,
      parent: null,
    };
    const { current, creator } = normalized([], { ...empty, estimate: null, dueDate: null, labelIds: [] });
    expect(creator).toBeUndefined();
    expect(Object.keys(current.scalars).sort()).toEqual([
      'key',
      'priority',
      'status',
      'team',
      'title',
      'type',
    ]);
  });

  test('moves from cycle to cycle by single changes that say where it left', () => {
    const issue = normalized([{ toCycleId: 'c0' }, { fromCycleId: 'c0', toCycleId: 'c1' }]);
    expect(setIntervals(issue, 'cycles').map(({ value }) => value)).toEqual([['c0'], ['c1']]);
  });
});

test('a service level that was promised at creation is known since then, and to when', () => {
  const at = (day: string) => `2026-03-${day}T00:00:00.000Z`;
  const promised = normalized([], { slaBreachesAt: at('20') });
  expect(scalarIntervals(promised, 'sla')).toEqual([
    { from: Date.UTC(2026, 2, 1), value: { value: at('20') } },
  ]);
  const entries = [{ fromSlaBreachesAt: at('20'), toSlaBreachesAt: at('25') }];
  expect(scalarIntervals(normalized(entries, { slaBreachesAt: at('25') }), 'sla')).toEqual([
    { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2), value: { value: at('20') } },
    { from: Date.UTC(2026, 2, 2), value: { value: at('25') } },
  ]);
  expect(scalarIntervals(normalized([]), 'sla')).toEqual([]);
});

describe('an issue that moved to another team', () => {
  test('had the keys that Linear names, until it moved', () => {
    const issue = normalized([{ fromTeamId: 't0', toTeamId: 't1' }], { previousIdentifiers: ['OPS-3'] });
    expect(scalarIntervals(issue, 'key')).toEqual([
      { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2), value: { value: 'OPS-3' } },
      { from: Date.UTC(2026, 2, 2), value: { value: 'PAY-7' } },
    ]);
  });

  test('is linked with since the link was made, and the same to a reader who did not see it move', () => {
    const entries = [{}, { relationChanges: [{ identifier: 'OPS-3', type: 'ab' }] }];
    const at = { identifier: 'OPS-3', previousIdentifiers: [] };
    const moved = { identifier: 'WEB-1', previousIdentifiers: ['OPS-3'] };
    const after = normalized(entries, {}, [linkTo(moved, 'blocks', 'to')]);
    expect(setIntervals(after, 'links')).toEqual([{ from: Date.UTC(2026, 2, 3), value: ['OPS-3'] }]);
    expect(after).toEqual(normalized(entries, {}, [linkTo(at, 'blocks', 'to')]));
  });

  test('is known by the key it had when it was linked with, be that neither the first nor the last', () => {
    const entries = [{ relationChanges: [{ identifier: 'OPS-3', type: 'ab' }] }];
    const moved = { identifier: 'WEB-1', previousIdentifiers: ['OLD-1', 'OPS-3'] };
    const issue = normalized(entries, {}, [linkTo(moved, 'blocks', 'to')]);
    expect(issue.current.sets.links).toEqual([
      { value: 'OLD-1', name: 'This issue is blocked by OLD-1', aliases: ['OPS-3'] },
    ]);
    expect(setIntervals(issue, 'links')).toEqual([{ from: Date.UTC(2026, 2, 2), value: ['OPS-3'] }]);
  });

  test('and was linked with from the beginning is so by its first key', () => {
    const moved = { identifier: 'WEB-1', previousIdentifiers: ['OPS-3'] };
    const issue = normalized([], {}, [linkTo(moved, 'related', 'to')]);
    expect(setIntervals(issue, 'links')).toEqual([{ from: Date.UTC(2026, 2, 1), value: ['OPS-3'] }]);
  });
});

describe('an answer of the wrong shape', () => {
  test.each([
    [
      'a page that says more follows but not where',
      { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } },
    ],
    ['a page without its rows', { pageInfo: { hasNextPage: false } }],
    [
      'an entry without an instant',
      { nodes: [{ id: 'e', createdAt: 'today' }], pageInfo: { hasNextPage: false } },
    ],
  ])('%s is refused', (_title, page) => {
    expect(historyPage.safeParse(page).success).toBe(false);
  });
});
