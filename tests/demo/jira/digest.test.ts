import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { digest, digestLines } from '#demo/jira/digest.ts';
import type { JiraHistoryItem } from '#demo/jira/model.ts';
import { history, START, smallIssue, smallSite } from './small-site.ts';

const identity = { sourceId: 'acme', salt: 'pepper' };

// From `printf acme:acc-ann | openssl dgst -sha256 -hmac pepper`, first 16 characters; likewise the others.
const ANN = '2c9a1c88f76b4092';
const BOB = '55104e7535c66d5e';
const REVIEWER = '820804d716c2f6af';

/** The field, from and to of the one event that this item makes. */
function eventOf(item: JiraHistoryItem): unknown {
  const site = smallSite([smallIssue(1, { histories: [history('50', 2, item)] })]);
  const [line = ''] = digestLines(site, identity);
  const { events }: { events: readonly (readonly unknown[])[] } = JSON.parse(line);
  return events[0]?.slice(3);
}

const item = (field: string, rest: Omit<JiraHistoryItem, 'field' | 'fieldtype'> = {}): JiraHistoryItem => ({
  field,
  fieldtype: 'jira',
  ...rest,
});

describe('the digest of a site', () => {
  test('has one line per issue, by id as text, with keys, lists and events in a fixed order', () => {
    const plain = smallIssue(1);
    const rich = smallIssue(2, {
      id: '999',
      fields: {
        ...smallIssue(2).fields,
        assignee: { accountId: 'acc-ann', displayName: 'Ann' },
        parent: { id: '1001', key: 'PAY-1' },
        fixVersions: [
          { id: '901', name: 'b' },
          { id: '1000', name: 'a' },
        ],
        labels: ['b', 'B', 'a'],
        duedate: '2026-04-01',
        customfield_10020: [{ id: 22 }, { id: 21 }, { id: 22 }],
      },
      histories: [
        history(
          '100',
          3,
          item('status', { fieldId: 'status', from: '1', to: '3' }),
          item('Key', { toString: 'PAY-2' }),
        ),
        history('99', 3, item('assignee', { fieldId: 'assignee', from: null, to: 'acc-ann' })),
        history(
          '98',
          2,
          item('labels', { fieldId: 'labels', from: null, fromString: '', to: null, toString: 'a' }),
        ),
      ],
    });
    const lines = digestLines(smallSite([rich, plain]), identity);
    expect(lines).toEqual([
      // "1001" comes before "999" as text. Created one minute after the start.
      `{"id":"1001","key":"PAY-1","type":"Story","createdAt":${START + 60_000},"statusId":"3","assigneeHash":null,` +
        '"parentId":null,"versions":[],"labels":[],"cycles":[],"dueDate":null,"events":[]}',
      // Versions "1000" before "901" as text; events 98, then 99 before 100 as numbers at the same instant.
      `{"id":"999","key":"PAY-2","type":"Story","createdAt":${START + 120_000},"statusId":"3","assigneeHash":"${ANN}",` +
        '"parentId":"1001","versions":["1000","901"],"labels":["B","a","b"],"cycles":["21","22"],' +
        `"dueDate":"2026-04-01","events":[[${START + 120_000},"98",0,"labels",null,"a"],` +
        `[${START + 180_000},"99",0,"assignee",null,"${ANN}"],[${START + 180_000},"100",0,"status","1","3"],` +
        `[${START + 180_000},"100",1,"key",null,"PAY-2"]]}`,
    ]);
    const text = `${lines[0]}\n${lines[1]}\n`;
    expect(digest(smallSite([rich, plain]), identity)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('tells a site with one change less from the whole', () => {
    const whole = smallSite([smallIssue(1, { histories: [history('5', 2, item('status', { to: '3' }))] })]);
    expect(digest(smallSite([smallIssue(1)]), identity)).not.toBe(digest(whole, identity));
  });

  test.each([
    ['Fix Version', 'fixVersions', 'versions'],
    ['Fix Version', undefined, 'versions'],
    ['Version', 'versions', 'affectsVersions'],
    ['Version', undefined, 'affectsVersions'],
    ['Component', 'components', 'components'],
    ['issuetype', 'issuetype', 'type'],
    ['Sprint', 'customfield_10020', 'cycles'],
    ['Sprint', undefined, 'cycles'],
    ['Points', 'customfield_10016', 'estimate'],
    ['Story Points', undefined, 'estimate'],
    ['Story point estimate', 'customfield_1', 'estimate'],
    ['IssueParentAssociation', undefined, 'parent'],
    ['Parent', undefined, 'parent'],
    ['Epic Link', 'customfield_2', 'parent'],
    ['Flagged', 'customfield_3', 'flagged'],
    ['Link', undefined, 'links'],
    ['Key', undefined, 'key'],
    ['Project', undefined, 'project'],
    ['duedate', 'duedate', 'dueDate'],
    ['Rank', 'customfield_9', 'customfield_9'],
    ['RemoteIssueLink', undefined, 'RemoteIssueLink'],
  ])('calls a change of %s (field id %s) %s', (field, fieldId, word) => {
    expect(
      eventOf(item(field, { ...(fieldId === undefined ? {} : { fieldId }), from: 'a', to: 'b' })),
    ).toEqual([word, 'a', 'b']);
  });

  test('takes the id of a value, else its text, else nothing', () => {
    expect(eventOf(item('status', { from: '1', fromString: 'To Do', to: null, toString: 'Done' }))).toEqual([
      'status',
      '1',
      'Done',
    ]);
    expect(eventOf(item('status', { fromString: '' }))).toEqual(['status', null, null]);
  });

  test('shows people only as hashes, also in custom fields, and never by name', () => {
    expect(eventOf(item('assignee', { from: 'acc-ann', fromString: 'Ann', to: 'acc-bob' }))).toEqual([
      'assignee',
      ANN,
      BOB,
    ]);
    expect(eventOf(item('reporter', { from: null, fromString: 'Ann', to: 'acc-bob' }))).toEqual([
      'reporter',
      null,
      BOB,
    ]);
    expect(eventOf(item('Reviewers', { fieldId: 'customfield_10050', to: 'acc-rev1' }))).toEqual([
      'customfield_10050',
      null,
      REVIEWER,
    ]);
  });

  test('shows what a custom field held that is no longer listed only as a hash: it may have been a person', () => {
    const gone: JiraHistoryItem = {
      field: 'Status',
      fieldtype: 'custom',
      fieldId: 'customfield_9',
      to: 'acc-ann',
    };
    expect(eventOf(gone)).toEqual(['customfield_9', null, ANN]);
    expect(eventOf({ field: 'Helper', fieldtype: 'custom', toString: 'Ann', to: '' })).toEqual([
      'Helper',
      null,
      null,
    ]);
    expect(eventOf({ field: 'Flagged', fieldtype: 'custom', to: '[1]' })).toEqual(['flagged', null, '[1]']);
  });

  test('shows descriptions, and values of more than 255 characters, only as hashes', () => {
    // From `printf 'Pay by card' | sha256sum`, and the same of 256 times the letter x.
    expect(eventOf(item('description', { fieldId: 'description', toString: 'Pay by card' }))).toEqual([
      'description',
      null,
      'sha256:40c5f174c552d5c6d3571815ffd4621720f7c3bf1345b700fd403505e64841cf',
    ]);
    expect(eventOf(item('Rank', { from: 'x'.repeat(255), to: 'x'.repeat(256) }))).toEqual([
      'Rank',
      'x'.repeat(255),
      'sha256:85e62acd750c4eb56b7b6a1d66dca5bfaac5f062608a1a893410d0288936c09a',
    ]);
  });
});
