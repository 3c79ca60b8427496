import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { ask, askFor, historyPage, issuePage, refusal } from './ask.ts';
import { history, MINUTE, START, smallIssue, smallSite, statusItem } from './small-site.ts';

const HISTORIES = '/rest/api/3/changelog/bulkfetch';
const ISSUES = '/rest/api/3/issue/bulkfetch';
const manyIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(1001 + index));

const link = { field: 'Link', fieldtype: 'jira', from: null, to: 'PAY-9', toString: 'blocks PAY-9' } as const;
const version = { field: 'Fix Version', fieldtype: 'jira', fieldId: 'fixVersions' } as const;
const interleaved = smallSite([
  smallIssue(1, {
    histories: [history('11', 1, statusItem('3')), history('13', 3, link, statusItem('5'))],
  }),
  smallIssue(2, {
    histories: [
      {
        ...history('12', 2, { ...version, from: '1' }, { ...version, to: '2' }),
        author: { accountId: 'a', displayName: 'A' },
      },
      history('14', 3, statusItem('5')),
    ],
  }),
]);

describe('changelog/bulkfetch', () => {
  test('goes by date and then by issue, so that the histories of one issue spread over pages', async () => {
    await using jira = await createJiraSimulator(interleaved);
    const request = { issueIdsOrKeys: ['1002', '1001'], maxResults: 3 };
    const first = await askFor(jira, historyPage, HISTORIES, request);
    expect(
      first.issueChangeLogs.map((log) => [log.issueId, log.changeHistories.map(({ id }) => id)]),
    ).toEqual([
      ['1001', ['11', '13']],
      ['1002', ['12']],
    ]);
    const second = await askFor(jira, historyPage, HISTORIES, {
      ...request,
      nextPageToken: first.nextPageToken,
    });
    expect(
      second.issueChangeLogs.map((log) => [log.issueId, log.changeHistories.map(({ id }) => id)]),
    ).toEqual([['1002', ['14']]]);
    expect(second.nextPageToken).toBeNull();
  });

  test('gives created as a number, nobody as null, several items of one field, and links without a field id', async () => {
    await using jira = await createJiraSimulator(interleaved);
    const page = await askFor(jira, historyPage, HISTORIES, { issueIdsOrKeys: ['1001', '1002'] });
    const [eleven, thirteen] = page.issueChangeLogs[0]?.changeHistories ?? [];
    expect(eleven).toMatchObject({ created: START + MINUTE, author: null });
    expect(thirteen).toMatchObject({ items: [link, { fieldId: 'status' }] });
    expect(page.issueChangeLogs[1]?.changeHistories[0]).toMatchObject({
      author: { accountId: 'a', displayName: 'A' },
      items: [
        { field: 'Fix Version', from: '1' },
        { field: 'Fix Version', to: '2' },
      ],
    });
  });

  test('loses what has no field id when fields are named', async () => {
    await using jira = await createJiraSimulator(interleaved);
    const page = await askFor(jira, historyPage, HISTORIES, {
      issueIdsOrKeys: ['1001'],
      fieldIds: ['status'],
    });
    expect(page.issueChangeLogs[0]?.changeHistories.map(({ items }) => items)).toEqual([
      [statusItem('3')],
      [statusItem('5')],
    ]);
  });

  test('passes over unknown ids and refuses more than it may', async () => {
    await using jira = await createJiraSimulator(interleaved);
    const page = await askFor(jira, historyPage, HISTORIES, { issueIdsOrKeys: ['4711', 'PAY-1'] });
    expect(page.issueChangeLogs.map(({ issueId }) => issueId)).toEqual(['1001']);
    for (const request of [
      { issueIdsOrKeys: [] },
      { issueIdsOrKeys: manyIds(1001) },
      { issueIdsOrKeys: ['1001'], maxResults: 10_001 },
      { issueIdsOrKeys: ['1001'], fieldIds: manyIds(11) },
      { issueIdsOrKeys: ['1001'], nextPageToken: 'made up' },
    ]) {
      expect(await refusal(await ask(jira, HISTORIES, request))).toMatch(/^400 /);
    }
  });
});

describe('issue/{id}/changelog', () => {
  test('gives one issue oldest first, with created as text', async () => {
    await using jira = await createJiraSimulator(interleaved);
    const page = await askFor(jira, z.unknown(), '/rest/api/3/issue/PAY-1/changelog?maxResults=1&startAt=1');
    expect(page).toMatchObject({
      startAt: 1,
      maxResults: 1,
      total: 2,
      isLast: true,
      values: [{ id: '13', created: '2026-03-01T00:03:00.000+0000' }],
    });
    expect(await refusal(await ask(jira, '/rest/api/3/issue/PAY-77/changelog'))).toMatch(
      /^404 Issue does not exist/,
    );
  });
});

describe('issue/bulkfetch', () => {
  test('goes by id, finds an issue by the key it had before, and leaves out what it cannot see', async () => {
    const moved = smallIssue(1, {
      histories: [
        history('1', 2, { field: 'Key', fieldtype: 'jira', fromString: 'PRE-5', toString: 'PAY-1' }),
      ],
    });
    const project = { id: '101', key: 'OLD', name: 'Old things' };
    const archived = smallIssue(3, { fields: { ...smallIssue(3).fields, project } });
    await using jira = await createJiraSimulator(smallSite([smallIssue(2), moved, archived]));
    const body = { issueIdsOrKeys: ['1002', 'PRE-5', '4711', '1003'], fields: ['summary'] };
    const { issues } = await askFor(jira, issuePage.pick({ issues: true }), ISSUES, body);
    expect(issues.map(({ id }) => id)).toEqual(['1001', '1002']);
  });

  test('takes 1,000 ids for single-valued fields, otherwise 100', async () => {
    await using jira = await createJiraSimulator(smallSite([smallIssue(1)]));
    const status = async (body: object): Promise<number> => (await ask(jira, ISSUES, body)).status;
    expect(await status({ issueIdsOrKeys: manyIds(1000), fields: ['summary', 'status'] })).toBe(200);
    expect(await status({ issueIdsOrKeys: manyIds(1001), fields: ['summary'] })).toBe(400);
    expect(await status({ issueIdsOrKeys: manyIds(100) })).toBe(200);
    for (const more of [
      {},
      { fields: ['*all'] },
      { fields: ['labels'] },
      { fields: ['summary'], expand: ['changelog'] },
    ]) {
      expect(await status({ issueIdsOrKeys: manyIds(101), ...more })).toBe(400);
    }
  });
});
