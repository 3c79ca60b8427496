import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '#tests/support/shared.ts';
import { delivery, fromJira, WEBHOOK_SECRET } from '#tests/trackers/signed-delivery.ts';
import { createJiraWebhooks } from '#trackers/jira/webhook.ts';
import { WebhookRefusal } from '#trackers/webhook.ts';

const URL_OF_SITE = 'https://acme.example';
const NOW = Date.UTC(2026, 2, 20, 12);
const reader = createJiraWebhooks({ url: URL_OF_SITE, secret: WEBHOOK_SECRET });

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof WebhookRefusal) return error.kind;
    throw error;
  }
  return 'taken';
}

const body = (fields: object) => JSON.stringify({ timestamp: NOW - 1000, ...fields });
const edited = body({ webhookEvent: 'jira:issue_updated', issue: { id: '10040' } });
const read = (text: string, options = {}, now = NOW) => reader.read(delivery(fromJira(text, options)), now);

describe('what Jira tells of leads to', () => {
  test.each([
    ['an issue', { webhookEvent: 'jira:issue_created', issue: { id: '7' } }, ['7'], false],
    [
      'an issue with a numeral for an id',
      { webhookEvent: 'jira:issue_deleted', issue: { id: 7 } },
      ['7'],
      false,
    ],
    [
      'the issue of a comment',
      { webhookEvent: 'comment_updated', issue: { id: '8' }, comment: {} },
      ['8'],
      false,
    ],
    [
      'both ends of a link',
      { webhookEvent: 'issuelink_created', issueLink: { sourceIssueId: 1, destinationIssueId: 2 } },
      ['1', '2'],
      false,
    ],
    ['the issue of a worklog', { webhookEvent: 'worklog_created', worklog: { issueId: '9' } }, ['9'], false],
    ['what the site says of itself, for a sprint', { webhookEvent: 'sprint_started' }, [], true],
    ['the same for a version', { webhookEvent: 'jira:version_released' }, [], true],
    ['and for a project', { webhookEvent: 'project_updated' }, [], true],
  ])('%s', (_, fields, issues, reference) => {
    const news = read(body(fields));
    expect({ issues: news.issues, reference: news.reference }).toEqual({ issues, reference });
    expect(news.ignored).toBeUndefined();
  });

  test('nothing, with the reason, when nothing that is read can have changed', () => {
    expect(read(body({ webhookEvent: 'user_created' })).ignored).toBe(
      'Nothing that is read changes with user_created.',
    );
  });
});

describe('is refused', () => {
  test.each([
    [
      'without a signature',
      () => reader.read({ body: Buffer.from(edited), header: () => undefined }, NOW),
      'unsigned',
    ],
    ['with an algorithm that can be forged', () => read(edited, { algorithm: 'sha1' }), 'unsigned'],
    ['with the secret of another source', () => read(edited, { secret: 'the-secret-of-another' }), 'forged'],
    [
      'when one byte of it was changed',
      () => {
        const sent = fromJira(edited);
        return reader.read(delivery({ ...sent, body: Buffer.from(edited.replace('10040', '10041')) }), NOW);
      },
      'forged',
    ],
    [
      'with half a signature',
      () => {
        const sent = fromJira(edited);
        const half = sent.headers['x-hub-signature']?.slice(0, 39) ?? '';
        return reader.read(delivery({ ...sent, headers: { 'x-hub-signature': half } }), NOW);
      },
      'forged',
    ],
    ['when it is older than Jira goes on trying', () => read(edited, {}, NOW + 2 * 3_600_000), 'stale'],
    ['when it comes from the future', () => read(edited, {}, NOW - 6 * 60_000), 'stale'],
    [
      'when it does not say of when it is',
      () => read(JSON.stringify({ webhookEvent: 'jira:issue_updated', issue: { id: '1' } })),
      'stale',
    ],
    ['empty', () => read(''), 'malformed'],
    ['that is no JSON', () => read('{"timestamp":'), 'malformed'],
    [
      'that is no text',
      () => reader.read(delivery(fromJira(Buffer.from([0x22, 0xff, 0x22]))), NOW),
      'malformed',
    ],
    ['that is a list', () => read('[]'), 'malformed'],
    [
      'about an issue that it does not name',
      () => read(body({ webhookEvent: 'jira:issue_updated' })),
      'malformed',
    ],
    [
      'with an id that could be part of a query',
      () => read(body({ webhookEvent: 'jira:issue_updated', issue: { id: '1 OR 1=1' } })),
      'malformed',
    ],
    [
      'about another site',
      () =>
        read(
          body({
            webhookEvent: 'jira:issue_updated',
            issue: { id: '1', self: 'https://other.example/rest/api/2/issue/1' },
          }),
        ),
      'wrong_source',
    ],
  ])('a delivery %s', (_, work, kind) => {
    expect(refusal(work)).toBe(kind);
  });

  test.each(['version', 'sprint', 'board', 'project'])('a delivery about a %s of another site', (what) => {
    const self = `https://other.example/rest/api/2/${what}/1`;
    const webhookEvent = what === 'version' ? 'jira:version_released' : `${what}_updated`;
    expect(refusal(() => read(body({ webhookEvent, [what]: { id: 1, self } })))).toBe('wrong_source');
  });

  test('and one of our own site is taken, whatever shape the rest has', () => {
    const self = `${URL_OF_SITE}/rest/agile/1.0/sprint/1`;
    expect(read(body({ webhookEvent: 'sprint_closed', sprint: { self }, version: 7 })).reference).toBe(true);
  });

  test('and the longer algorithms are taken', () => {
    expect(read(edited, { algorithm: 'sha512' }).issues).toEqual(['10040']);
  });

  test('and one that was tried again for a while is taken', () => {
    expect(read(edited, {}, NOW + 100 * 60_000).issues).toEqual(['10040']);
  });
});

test('one is recognised by its bytes and by the id that all attempts of it have', () => {
  const [one, retry, other] = [
    read(edited, { id: 'a' }),
    read(edited.replace('10040', '10041'), { id: 'a' }),
    read(edited, { id: 'b' }),
  ];
  expect(one.marks).toHaveLength(2);
  expect(retry.marks.filter((mark) => one.marks.includes(mark))).toHaveLength(1);
  expect(other.marks.filter((mark) => one.marks.includes(mark))).toHaveLength(1);
  expect(read(edited).marks).toHaveLength(1);
});

const RECORDED = sharedPath('data/webhooks/jira');

/** Every recorded body: what it leads to. All are from 2019 and 2020, so only by the clock of their day. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  'webhook-cloud-comment-created-mention-user.json': ['10040'],
  'webhook-cloud-comment-deleted.json': ['10357'],
  'webhook-cloud-issue-created-many-fields.json': ['10509'],
  'webhook-issue-comment-created-indentation.json': ['10101'],
  'webhook-issue-created-no-description-nor-relevant-fields.json': ['10040'],
  'webhook-issue-created-no-description.json': ['10040'],
  'webhook-issue-created-no-relevant-fields.json': ['10040'],
  'webhook-issue-created.json': ['10040'],
  'webhook-issue-deleted.json': ['10303'],
  'webhook-issue-updated-assigned-nobody.json': ['10040'],
  'webhook-issue-updated-assigned-on-server.json': ['10226'],
  'webhook-issue-updated-assigned.json': ['10040'],
  'webhook-issue-updated-attachments.json': ['10040'],
  'webhook-issue-updated-fix-version.json': ['10040'],
  'webhook-issue-updated-labels.json': ['10040'],
  'webhook-issue-updated-multiple-custom-fields.json': ['10040'],
  'webhook-issue-updated-raised-priority.json': ['10040'],
  'webhook-issue-updated-reopened.json': ['10040'],
  'webhook-issue-updated-sprint.json': ['10040'],
  'webhook-issue-updated-started-working.json': ['10040'],
  // A deleted comment without its issue, which the comment's address names.
  'webhook-server-comment-deleted.json': ['10013'],
  'webhook-server-issue-updated-closed.json': ['10300'],
  'webhook-server-issue-updated-comment-edited.json': ['10013'],
  'webhook-server-issue-updated-commented-1.json': ['10013'],
  'webhook-server-issue-updated-commented-2.json': ['10231'],
  'webhook-server-issue-updated-commented-3.json': ['10231'],
  'webhook-server-issue-updated-commented-mention-user.json': ['10013'],
  'webhook-server-issue-updated-in-progress.json': ['10300'],
  'webhook-server-issue-updated-reopened.json': ['10300'],
  'webhook-server-issue-updated-resolved.json': ['10300'],
  'webhook-server-old-issue-updated-no-event-type-comment-edited.json': ['10013'],
  'webhook-server-old-issue-updated-no-event-type-commented.json': ['10013'],
  'webhook-server-old-issue-updated-no-event-type-edited.json': ['10040'],
};

describe.skipIf(RECORDED === undefined)(
  'recorded bodies (skipped where they are not beside the project)',
  () => {
    const folder = RECORDED ?? '';
    test('are all in the table', () => {
      expect(readdirSync(folder).toSorted()).toEqual(Object.keys(MEANINGS).toSorted());
    });

    test.each(Object.entries(MEANINGS))(
      '%s leads to its issue, in its day and from its site',
      (file, issues) => {
        const text = readFileSync(join(folder, file), 'utf8');
        const { timestamp, issue, comment } = JSON.parse(text);
        const { origin } = new URL(issue?.self ?? comment.self);
        const own = createJiraWebhooks({ url: origin, secret: WEBHOOK_SECRET });
        const sent = delivery(fromJira(text));
        expect(own.read(sent, timestamp + 1000)).toMatchObject({ issues, reference: false });
        expect(refusal(() => own.read(sent, NOW))).toBe('stale');
        expect(refusal(() => reader.read(sent, timestamp + 1000))).toBe('wrong_source');
        expect(refusal(() => own.read(delivery(fromJira(text, { secret: 'forged' })), timestamp))).toBe(
          'forged',
        );
      },
    );
  },
);
