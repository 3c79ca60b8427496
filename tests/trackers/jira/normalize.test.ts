import { describe, expect, test } from 'vitest';
import { scalarIntervals, setIntervals, setNow } from '#domain/field-values.ts';
import type { Issue } from '#domain/issue.ts';
import { asOf } from '#domain/timeline.ts';
import { CREATED, HOUR, historyJson, issueJson, normalized } from './jira-json.ts';

// printf 'acme:ann' | openssl dgst -sha256 -hmac pepper, and likewise for bob; first 16 digits.
const ANN = '0d94aab4c6be466c';
const BOB = '9707e4c74172a644';

/** The one recorded event of an issue with one change of one field. */
function change(item: Readonly<Record<string, unknown>>) {
  const events = normalized(issueJson(), [historyJson(1, [item])]).events.filter(
    (event) => event.origin === 'recorded',
  );
  expect(events).toHaveLength(1);
  return events[0];
}

describe('an entry of the history', () => {
  test('keeps its id, its place, its author as a hash, and its instant as a number', () => {
    const item = {
      field: 'status',
      fieldId: 'status',
      fieldtype: 'jira',
      from: '1',
      fromString: 'To Do',
      to: '3',
      toString: 'In Progress',
    };
    expect(change(item)).toEqual({
      at: CREATED + HOUR,
      eventId: '5001',
      itemIndex: 0,
      field: 'status',
      from: '1',
      fromName: 'To Do',
      to: '3',
      toName: 'In Progress',
      actor: ANN,
      origin: 'recorded',
    });
  });

  test.each([
    ['a number', CREATED + HOUR],
    ['ISO text in UTC', '2026-03-01T01:00:00.000Z'],
    ['text with an offset that has no colon', '2026-02-28T18:00:00.000-0700'],
  ])('may give its instant as %s', (_form, created) => {
    const issue = normalized(issueJson(), [historyJson(1, [{ field: 'Key' }], { created })]);
    expect(issue.events.at(-1)?.at).toBe(CREATED + HOUR);
  });

  test('without an author has no actor', () => {
    const issue = normalized(issueJson(), [historyJson(1, [{ field: 'Key' }], { author: null })]);
    expect(issue.events.at(-1)).not.toHaveProperty('actor');
  });

  test('holds several changes of one field, told apart by their place', () => {
    const issue = normalized(issueJson({ fixVersions: [{ id: '901', name: '1.1' }] }), [
      historyJson(1, [
        {
          field: 'Fix Version',
          fieldId: 'fixVersions',
          from: '900',
          fromString: '1.0',
          to: null,
          toString: null,
        },
        {
          field: 'Fix Version',
          fieldId: 'fixVersions',
          from: null,
          fromString: null,
          to: '901',
          toString: '1.1',
        },
      ]),
    ]);
    const recorded = issue.events.filter((event) => event.origin === 'recorded');
    expect(recorded.map(({ itemIndex, from, to }) => ({ itemIndex, from, to }))).toEqual([
      { itemIndex: 0, from: '900', to: undefined },
      { itemIndex: 1, from: undefined, to: '901' },
    ]);
    expect(setIntervals(issue, 'versions').map(({ value }) => value)).toEqual([['900'], ['901']]);
  });

  test('comes in any order and ends in time order', () => {
    const status = (hours: number, from: string, to: string) =>
      historyJson(hours, [{ field: 'status', fieldId: 'status', from, to }]);
    const issue = normalized(issueJson(), [status(9, '4', '3'), status(1, '1', '2'), status(5, '2', '4')]);
    expect(scalarIntervals(issue, 'status').map(({ value }) => value?.value)).toEqual(['1', '2', '4', '3']);
  });
});

describe('a value', () => {
  test('that is missing is not the method every object has', () => {
    expect(change({ field: 'labels', fieldId: 'labels', from: null, fromString: 'old' })).toEqual(
      expect.not.objectContaining({ to: expect.anything() }),
    );
  });

  test('is the text when there is no id', () => {
    expect(
      change({
        field: 'Story Points',
        fieldId: 'customfield_10028',
        from: null,
        fromString: '3',
        to: null,
        toString: '5',
      }),
    ).toMatchObject({ field: 'estimate', from: '3', to: '5' });
  });

  test('is absent when neither id nor text says anything', () => {
    const event = change({
      field: 'resolution',
      fieldId: 'resolution',
      from: null,
      fromString: '',
      to: null,
      toString: null,
    });
    expect(event).not.toHaveProperty('from');
    expect(event).not.toHaveProperty('to');
  });

  test('of a text is kept as its hash, of a title as it was', () => {
    // printf 'a secret plan' | sha256sum
    expect(
      change({ field: 'description', fieldId: 'description', fromString: null, toString: 'a secret plan' }),
    ).toMatchObject({
      field: 'description',
      to: 'sha256:d78e7500e6a7fbb085c8f9b78ef62b4678bcd506ee512f0213bf394214f2ecc5',
    });
    expect(
      change({ field: 'summary', fieldId: 'summary', fromString: 'Old title', toString: 'New title' }),
    ).toMatchObject({ field: 'title', from: 'Old title', to: 'New title' });
  });

  test('of more than 255 characters is kept as its hash, whatever its field', () => {
    expect(
      change({ field: 'Notes', fieldId: 'customfield_10060', toString: 'x'.repeat(255) })?.to,
    ).toHaveLength(255);
    // printf 'x%.0s' {1..256} | sha256sum
    expect(change({ field: 'Notes', fieldId: 'customfield_10060', toString: 'x'.repeat(256) })?.to).toBe(
      'sha256:85e62acd750c4eb56b7b6a1d66dca5bfaac5f062608a1a893410d0288936c09a',
    );
  });

  test('of a person is a hash, and the name is gone', () => {
    const people = { from: 'ann', fromString: 'Ann Example', to: 'bob', toString: 'Bob Example' };
    for (const field of ['assignee', 'customfield_10050']) {
      const event = change({ field: 'Whoever', fieldId: field, fieldtype: 'custom', ...people });
      expect(event).toMatchObject({ field, from: ANN, to: BOB });
      expect(event).not.toHaveProperty('toName');
    }
    expect(change({ field: 'assignee', ...people })).toMatchObject({ from: ANN, to: BOB });
  });

  test.each([
    ['a list of people', { field: 'Approvers', fieldId: 'customfield_10051' }],
    [
      'a custom field that no longer exists and may have held people',
      { field: 'Deputy', fieldId: 'customfield_19999' },
    ],
  ])('of %s is hashed too', (_what, field) => {
    const event = change({
      ...field,
      fieldtype: 'custom',
      from: null,
      to: '[ann, bob]',
      toString: '[Ann, Bob]',
    });
    expect(event?.to).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the field of a change', () => {
  test.each([
    ['issuetype', 'issuetype', 'type'],
    ['duedate', 'duedate', 'dueDate'],
    ['Component', 'components', 'components'],
    ['Fix Version', undefined, 'versions'],
    ['Version', 'versions', 'affectsVersions'],
    ['Sprint', 'customfield_10020', 'cycles'],
    ['Sprint', undefined, 'cycles'],
    ['IssueParentAssociation', undefined, 'parent'],
    ['Epic Link', 'customfield_10014', 'parent'],
    ['Parent', 'parent', 'parent'],
    ['Mannschaft', 'customfield_10001', 'team'],
    ['Flagged', 'customfield_10021', 'flagged'],
    ['Story point estimate', 'customfield_10016', 'estimate'],
    ['Link', undefined, 'links'],
    ['Key', undefined, 'key'],
    ['Comment', 'comment', 'comment'],
    ['RemoteWorkItemLink', undefined, 'RemoteWorkItemLink'],
    ['Rank', 'customfield_10019', 'customfield_10019'],
    ['constructor', undefined, 'constructor'],
  ])('%s (%s) is %s', (field, fieldId, ours) => {
    expect(change({ field, ...(fieldId === undefined ? {} : { fieldId }), toString: 'x' })?.field).toBe(ours);
  });

  test('is not ours when somebody gave a custom field the name of one of Jira’s', () => {
    expect(
      change({ field: 'Status', fieldId: 'customfield_10060', fieldtype: 'custom', toString: 'x' })?.field,
    ).toBe('customfield_10060');
  });
});

describe('a list', () => {
  test('of labels comes whole, in words', () => {
    const issue = normalized(issueJson({ labels: ['card', 'eu'] }), [
      historyJson(1, [
        { field: 'labels', fieldId: 'labels', from: null, fromString: 'us', to: null, toString: 'card eu' },
      ]),
    ]);
    expect(setIntervals(issue, 'labels').map(({ value }) => value)).toEqual([['us'], ['card', 'eu']]);
  });

  test('of sprints comes whole, in ids, since names may hold commas', () => {
    const issue = normalized(
      issueJson({
        customfield_10020: [
          { id: 21, name: 'One, two', state: 'closed' },
          { id: 22, name: 'Three' },
        ],
      }),
      [
        historyJson(1, [
          {
            field: 'Sprint',
            fieldId: 'customfield_10020',
            from: '',
            fromString: '',
            to: '21',
            toString: 'One, two',
          },
        ]),
        historyJson(2, [
          {
            field: 'Sprint',
            fieldId: 'customfield_10020',
            from: '21',
            fromString: 'One, two',
            to: '21, 22',
            toString: 'One, two, Three',
          },
        ]),
      ],
    );
    expect(setIntervals(issue, 'cycles').map(({ value }) => value)).toEqual([['21'], ['21', '22']]);
    expect(issue.current.sets.cycles).toEqual([
      { value: '21', name: 'One, two' },
      { value: '22', name: 'Three' },
    ]);
  });

  test('of links holds the other issue once, whichever way the link points', () => {
    const issue = normalized(
      issueJson({
        issuelinks: [
          { id: '1', type: { name: 'Blocks' }, inwardIssue: { id: '5', key: 'PAY-5' } },
          { id: '2', type: { name: 'Relates' }, outwardIssue: { id: '5', key: 'PAY-5' } },
          { id: '3', type: { name: 'Relates' }, outwardIssue: { id: '6', key: 'OPS-6' } },
        ],
      }),
    );
    expect(issue.current.sets.links).toEqual([{ value: '5' }, { value: '6' }]);
  });
});

describe('a link', () => {
  const blockedBy = (...others: readonly (readonly [id: string, key: string])[]) =>
    issueJson({
      issuelinks: others.map(([id, key]) => ({
        type: { inward: 'is blocked by', outward: 'blocks' },
        inwardIssue: { id, key },
      })),
    });
  const made = (hour: number, key: string, words = 'is blocked by') =>
    historyJson(hour, [
      { field: 'Link', from: null, fromString: null, to: key, toString: `This issue ${words} ${key}` },
    ]);
  const linksAt = (issue: Issue, hour: number) => {
    const view = asOf(issue, CREATED + hour * HOUR);
    return view && setNow(view, 'links');
  };

  test('is as old as its record after the other issue moved, and both are one', () => {
    const before = normalized(blockedBy(['5', 'OLD-5']), [made(3, 'OLD-5')]);
    const after = normalized(blockedBy(['5', 'NEW-1']), [made(3, 'OLD-5')]);
    expect(after).toEqual(before);
    expect([linksAt(after, 2), linksAt(after, 4)]).toEqual([[], ['OLD-5']]);
  });

  test('that nothing recorded was there from the beginning, by an id that no move changes', () => {
    const before = normalized(blockedBy(['5', 'OLD-5']), []);
    const after = normalized(blockedBy(['5', 'NEW-1']), []);
    expect(after).toEqual(before);
    expect(linksAt(after, 2)).toEqual(['5']);
  });

  test('of the same words is the one that moved', () => {
    const issue = normalized(blockedBy(['5', 'NEW-1'], ['6', 'OLD-6']), [
      made(3, 'OPS-9', 'relates to'),
      made(4, 'OLD-5'),
    ]);
    expect(issue.current.sets.links?.[0]).toEqual({
      value: '5',
      name: 'This issue is blocked by',
      aliases: ['OLD-5'],
    });
  });

  test('of other words is, when the kind of link was renamed', () => {
    const issue = normalized(blockedBy(['5', 'NEW-1']), [made(3, 'OLD-5', 'depends on')]);
    expect([linksAt(issue, 2), linksAt(issue, 4)]).toEqual([[], ['OLD-5']]);
  });

  test('is the same when the other issue went to another project and back', () => {
    const issue = normalized(blockedBy(['5', 'OLD-6']), [made(3, 'OLD-5')]);
    expect([linksAt(issue, 2), linksAt(issue, 4)]).toEqual([[], ['OLD-5']]);
  });

  test('of the same project and of other words is another one', () => {
    const issue = normalized(blockedBy(['6', 'OLD-6']), [made(3, 'OLD-5', 'relates to')]);
    expect([linksAt(issue, 2), linksAt(issue, 4)]).toEqual([['6'], ['6', 'OLD-5']]);
  });
});

test('an issue that moved keeps its id, and shows the project and key it had before', () => {
  const issue = normalized(issueJson(), [
    historyJson(3, [
      {
        field: 'project',
        fieldId: 'project',
        from: '90',
        fromString: 'Old',
        to: '100',
        toString: 'Payments',
      },
      { field: 'Key', from: null, fromString: 'OLD-7', to: null, toString: 'PAY-1' },
    ]),
  ]);
  expect(issue.id).toBe('10001');
  const before = asOf(issue, CREATED + 2 * HOUR);
  expect(before?.events.filter(({ field }) => field === 'project' || field === 'key')).toMatchObject([
    { to: '90', toName: 'Old', origin: 'inferred' },
    { to: 'OLD-7', origin: 'inferred' },
  ]);
});

describe('the present values', () => {
  test('are read of every field that means something to us', () => {
    const issue = normalized(
      issueJson({
        assignee: { accountId: 'bob', displayName: 'Bob Example' },
        reporter: { accountId: 'ann', displayName: 'Ann Example' },
        creator: { accountId: 'ann', displayName: 'Ann Example' },
        priority: { id: '2', name: 'High' },
        resolution: null,
        parent: { id: '10500', key: 'PAY-500', fields: { summary: 'Cards' } },
        duedate: '2026-04-01',
        customfield_10016: null,
        customfield_10028: 8.0,
        customfield_10021: [{ id: '10019', value: 'Impediment', self: 'x' }],
        customfield_10001: { id: 'uuid-1', name: 'Falcons' },
        components: [{ id: '70', name: 'API' }],
      }),
    );
    expect(issue.creator).toBe(ANN);
    expect(issue.createdAt).toBe(CREATED);
    expect(issue.updatedAt).toBe(CREATED + 19 * 24 * HOUR);
    expect(issue.current.scalars).toEqual({
      status: { value: '3', name: 'In Progress' },
      type: { value: '7', name: 'Story' },
      project: { value: '100', name: 'Payments' },
      key: { value: 'PAY-1' },
      title: { value: 'Pay by card' },
      assignee: { value: BOB },
      reporter: { value: ANN },
      priority: { value: '2', name: 'High' },
      parent: { value: '10500', name: 'PAY-500' },
      dueDate: { value: '2026-04-01' },
      estimate: { value: '8' },
      flagged: { value: '[10019]', name: 'Impediment' },
      team: { value: 'uuid-1', name: 'Falcons' },
    });
    expect(issue.current.sets.components).toEqual([{ value: '70', name: 'API' }]);
  });

  test('find the id of an epic that is linked only by key in the history', () => {
    const linked = [
      historyJson(1, [
        {
          field: 'Epic Link',
          fieldId: 'customfield_10014',
          from: null,
          to: '10500',
          fromString: null,
          toString: 'PAY-500',
        },
      ]),
    ];
    const epic = { customfield_10014: 'PAY-500' };
    expect(normalized(issueJson(epic), linked).current.scalars.parent).toEqual({
      value: '10500',
      name: 'PAY-500',
    });
    expect(normalized(issueJson(epic)).current.scalars.parent).toEqual({ value: 'PAY-500', name: 'PAY-500' });
  });

  test('in a shape nobody expects are left out, and the issue is kept', () => {
    const issue = normalized(
      issueJson({
        customfield_10020: 'com.atlassian.Sprint@1',
        customfield_10028: {},
        customfield_10021: 'x',
        customfield_10001: 7,
      }),
    );
    expect(Object.keys(issue.current.scalars).sort()).toEqual(['key', 'project', 'status', 'title', 'type']);
    expect(issue.current.sets.cycles).toEqual([]);
  });
});

test('no name, address or account of a person is left', () => {
  const user = (id: string) => ({
    accountId: `account-${id}`,
    displayName: `person-${id}`,
    emailAddress: `person-${id}@example.org`,
    name: `person-${id}`,
  });
  const issue = normalized(
    issueJson({
      assignee: user('a'),
      reporter: user('b'),
      creator: user('c'),
      customfield_10050: user('d'),
    }),
    [
      historyJson(
        1,
        [
          {
            field: 'assignee',
            fieldId: 'assignee',
            from: 'account-e',
            fromString: 'person-e',
            to: 'account-a',
            toString: 'person-a',
            tmpToAccountId: 'account-a',
          },
          {
            field: 'reporter',
            fieldId: 'reporter',
            from: null,
            fromString: 'person-f',
            to: 'account-b',
            toString: 'person-b',
          },
          {
            field: 'Prüfer',
            fieldId: 'customfield_10050',
            fieldtype: 'custom',
            to: 'account-d',
            toString: 'person-d',
          },
          { field: 'Comment', from: '1', fromString: 'person-g said', toString: 'person-g said more' },
        ],
        { author: user('h') },
      ),
    ],
  );
  expect(JSON.stringify(issue)).toContain(
    normalized(issueJson({ assignee: user('a') })).current.scalars.assignee?.value,
  );
  expect(JSON.stringify(issue)).not.toMatch(/person-|account-/);
});
