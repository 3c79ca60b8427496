import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '#tests/support/shared.ts';
import { delivery, fromLinear, WEBHOOK_SECRET } from '#tests/trackers/signed-delivery.ts';
import { createLinearWebhooks } from '#trackers/linear/webhook.ts';
import { personHasher } from '#trackers/person.ts';
import { WebhookRefusal } from '#trackers/webhook.ts';

const NOW = Date.UTC(2026, 2, 20, 12);
const DELIVERY = '0a1b2c3d-0000-4000-8000-000000000001';
const reader = createLinearWebhooks({ source: 'labs', secret: WEBHOOK_SECRET, salt: 'salt' });

function isTaken(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof WebhookRefusal) return error.kind;
    throw error;
  }
  return 'taken';
}

const text = (fields: object) =>
  JSON.stringify({ webhookTimestamp: NOW - 1000, action: 'update', ...fields });
const read = (fields: object, now = NOW) =>
  reader.read(delivery(fromLinear(text(fields), { id: DELIVERY })), now);

describe('what Linear tells of leads to', () => {
  test.each([
    ['an issue', { type: 'Issue', data: { id: 'i1' } }, ['i1'], false],
    ['the issue of a comment', { type: 'Comment', data: { id: 'c1', issueId: 'i1' } }, ['i1'], false],
    [
      'both ends of a link',
      { type: 'IssueRelation', data: { id: 'r1', issueId: 'i1', relatedIssueId: 'i2' } },
      ['i1', 'i2'],
      false,
    ],
    ['what the workspace says of itself, for a cycle', { type: 'Cycle', data: { id: 'c1' } }, [], true],
    ['the same for a project', { type: 'Project', data: { id: 'p1' } }, [], true],
    ['and for an initiative', { type: 'Initiative', data: { id: 'n1' } }, [], true],
    [
      'the issue whose service level is at risk',
      { type: 'IssueSLA', action: 'highRisk', issueData: { id: 'i1' } },
      ['i1'],
      false,
    ],
    ['and for a label', { type: 'IssueLabel', data: { id: 'l1' } }, [], true],
  ])('%s', (_, fields, issues, reference) => {
    const news = read(fields);
    expect({ issues: news.issues, reference: news.reference }).toEqual({ issues, reference });
    expect(news.ignored).toBeUndefined();
  });

  test.each([
    [
      'nothing that is read can have changed',
      { type: 'Customer', data: { id: 'x' } },
      'Nothing that is read changes with Customer.',
    ],
    [
      'nobody knows its type or its shape',
      { type: 'AgentSessionEvent', data: [{ id: {} }] },
      'Nothing that is read changes with AgentSessionEvent.',
    ],
    ['it has no data', { type: 'OAuthApp', action: 'revoked' }, 'It names nothing of OAuthApp.'],
    ['it has none of an issue', { type: 'Issue', data: null }, 'It names nothing of Issue.'],
  ])('nothing, with the reason, when %s', (_, fields, reason) => {
    expect(read(fields)).toMatchObject({ issues: [], reference: false, ignored: reason });
  });
});

test.each([
  [
    'without a signature',
    () => reader.read({ body: Buffer.from('{}'), header: () => undefined }, NOW),
    'unsigned',
  ],
  [
    'with the secret of another source',
    () =>
      reader.read(delivery(fromLinear(text({ type: 'Issue', data: { id: '1' } }), { secret: 'other' })), NOW),
    'forged',
  ],
  ['older than a minute', () => read({ type: 'Issue', data: { id: '1' } }, NOW + 60_000), 'stale'],
  ['from the future', () => read({ type: 'Issue', data: { id: '1' } }, NOW - 62_000), 'stale'],
  [
    'whose date stands in a header alone, which nobody signed',
    () => {
      const sent = fromLinear(JSON.stringify({ action: 'update', type: 'Issue', data: { id: '1' } }));
      const headers = { ...sent.headers, 'linear-timestamp': String(NOW) };
      return reader.read(delivery({ ...sent, headers }), NOW);
    },
    'stale',
  ],
  ['empty', () => reader.read(delivery(fromLinear('')), NOW), 'malformed'],
  ['about an issue without an id', () => read({ type: 'Issue', data: {} }), 'malformed'],
  ['with an id that is none', () => read({ type: 'Issue', data: { id: '"}){x' } }), 'malformed'],
])('a delivery %s is refused', (_, work, kind) => {
  expect(refusal(work)).toBe(kind);
});

test('what Linear’s own helper takes and refuses, we take and refuse', () => {
  const helper = new LinearWebhookClient(WEBHOOK_SECRET);
  const now = Date.now();
  const agree = (fields: object, secret = WEBHOOK_SECRET) => {
    const sent = fromLinear(
      JSON.stringify({ action: 'update', type: 'Issue', data: { id: '1' }, ...fields }),
      {
        secret,
      },
    );
    const ours = refusal(() => reader.read(delivery(sent), now));
    expect(isTaken(() => helper.verify(sent.body, sent.headers['linear-signature'] ?? ''))).toBe(
      ours === 'taken',
    );
    return ours;
  };
  expect(agree({ webhookTimestamp: now })).toBe('taken');
  expect(agree({ webhookTimestamp: now }, 'other')).toBe('forged');
  expect(agree({ webhookTimestamp: now - 90_000 })).toBe('stale');
});

test('what it says of its workspace is told, for the workspace to be compared', () => {
  const about = { type: 'Issue', data: { id: 'i1' } };
  expect(read({ ...about, organizationId: 'o1' }).siteId).toBe('o1');
  expect(read(about).siteId).toBeUndefined();
});

describe('the values before', () => {
  const created = '2026-03-20T11:58:00.000Z';
  const edit = (after: object, before: object, at = '2026-03-20T11:59:30.000Z') =>
    read({
      type: 'Issue',
      createdAt: at,
      actor: { id: 'u1', type: 'user' },
      data: { id: 'i1', createdAt: created, ...after },
      updatedFrom: { updatedAt: created, ...before },
    }).told.get('i1') ?? [];

  test('of a change in the first three minutes become events, in the places of the history’s', () => {
    const hash = personHasher('labs', 'salt');
    const events = edit(
      {
        stateId: 's2',
        state: { id: 's2', name: 'Doing' },
        assigneeId: 'u2',
        priority: 2,
        labelIds: ['b', 'c'],
        labels: [{ id: 'c', name: 'Chore' }],
        title: 'Same',
      },
      { stateId: 's1', assigneeId: null, priority: 0, labelIds: ['a', 'b'] },
    );
    const common = {
      at: Date.parse('2026-03-20T11:59:30.000Z'),
      eventId: `webhook:${DELIVERY}`,
      actor: hash('u1'),
      origin: 'inferred',
    };
    expect(events).toEqual([
      { ...common, itemIndex: 0, field: 'status', from: 's1', to: 's2', toName: 'Doing' },
      { ...common, itemIndex: 1, field: 'assignee', to: hash('u2') },
      {
        ...common,
        itemIndex: 6,
        field: 'priority',
        from: '0',
        to: '2',
        fromName: 'No priority',
        toName: 'High',
      },
      { ...common, itemIndex: 100, field: 'labels', from: 'a' },
      { ...common, itemIndex: 101, field: 'labels', to: 'c' },
    ]);
  });

  test('of a later change are left to the history', () => {
    expect(edit({ stateId: 's2' }, { stateId: 's1' }, '2026-03-20T12:01:00.001Z')).toEqual([]);
    expect(edit({ stateId: 's2' }, { stateId: 's1' }, '2026-03-20T12:01:00.000Z')).toHaveLength(1);
  });

  test('that cannot be read are left out, and the issue is read all the same', () => {
    const news = read({
      type: 'Issue',
      createdAt: 'yesterday',
      data: { id: 'i1', createdAt: created, stateId: 's2' },
      updatedFrom: { stateId: 's1' },
    });
    expect(news.told.size).toBe(0);
    expect(news.issues).toEqual(['i1']);
  });
});

const RECORDED = sharedPath('data/webhooks/linear');

/** Every recorded body, once it is dated: which fields it tells the first three minutes of, and where it leads. */
const MEANINGS: Readonly<
  Record<string, { readonly issues?: number; readonly reference?: true; readonly told?: readonly string[] }>
> = {
  'createProjectForAllSetting.json': { reference: true },
  'createProjectForDefault.json': { reference: true },
  'removeComment.json': { issues: 1 },
  'removeIssue.json': { issues: 1 },
  'updateComment.json': { issues: 1 },
  'updateCycleForChangeStartTime.json': { reference: true },
  'updateCycleForRename.json': { reference: true },
  // Made at 11:19:39 and edited at 11:22:06.
  'updateIssueAssign.json': { issues: 1, told: ['assignee'] },
  // The others were edited at 11:24:17.
  'updateIssueCycle.json': { issues: 1 },
  'updateIssueDueDate.json': { issues: 1 },
  'updateIssueForLabel.json': { issues: 1 },
  'updateIssueLabel.json': { reference: true },
};

describe.skipIf(RECORDED === undefined)(
  'recorded bodies (skipped where they are not beside the project)',
  () => {
    const folder = RECORDED ?? '';
    test('are all in the table', () => {
      expect(readdirSync(folder).toSorted()).toEqual(Object.keys(MEANINGS).toSorted());
    });

    test.each(Object.entries(MEANINGS))('%s', (file, { issues = 0, reference = false, told = [] }) => {
      const recorded = readFileSync(join(folder, file), 'utf8');
      // They are from before Linear dated its deliveries.
      expect(refusal(() => reader.read(delivery(fromLinear(recorded)), NOW))).toBe('stale');
      const dated = JSON.stringify({ ...JSON.parse(recorded), webhookTimestamp: NOW - 500 });
      const news = reader.read(delivery(fromLinear(dated)), NOW);
      expect(news.issues).toHaveLength(issues);
      expect(news.reference).toBe(reference);
      expect([...news.told.values()].flat().map(({ field }) => field)).toEqual(told);
      expect(refusal(() => reader.read(delivery(fromLinear(dated)), NOW + 3_600_000))).toBe('stale');
      expect(refusal(() => reader.read(delivery(fromLinear(dated, { secret: 'forged' })), NOW))).toBe(
        'forged',
      );
    });
  },
);
