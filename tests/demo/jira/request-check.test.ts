import { describe, expect, test } from 'vitest';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { ask } from './ask.ts';
import { smallIssue, smallSite } from './small-site.ts';

const documents = [
  'jira-cloud-platform-v3.openapi.json.gz',
  'jira-cloud-software-subset.derived.openapi.json.gz',
]
  .map((name) => sharedPath(`data/schemas/${name}`))
  .filter((path) => path !== undefined);

describe.skipIf(documents.length < 2)(
  'requests held to the published OpenAPI (skipped when ../shared/data/schemas is absent)',
  () => {
    test.each([
      ['/rest/api/3/search/jql', { jql: 'project = PAY', startAt: 50 }, /additional properties/],
      ['/rest/api/3/search/jql', { jql: 'project = PAY', expand: ['changelog'] }, /expand must be string/],
      ['/rest/api/3/changelog/bulkfetch', { issueIdsOrKeys: [] }, /issueIdsOrKeys must NOT have fewer/],
      [
        '/rest/api/3/changelog/bulkfetch',
        { issueIdsOrKeys: ['1'], maxResults: 10_001 },
        /maxResults must be <= 10000/,
      ],
      ['/rest/agile/1.0/board?startAt=first', undefined, /startAt must be integer/],
    ])('%s with %j is refused and recorded', async (path, body, complaint) => {
      await using jira = await createJiraSimulator(smallSite([smallIssue(1)]), { openapi: documents });
      expect((await ask(jira, path, body)).status).toBe(400);
      expect(jira.violations).toHaveLength(1);
      expect(jira.violations[0]).toMatchObject({ path: path.split('?')[0] });
      expect(jira.violations[0]?.errors.join()).toMatch(complaint);
    });

    test('everything a sync asks for is as documented', async () => {
      await using jira = await createJiraSimulator(smallSite([smallIssue(1)]), { openapi: documents });
      const requests: readonly (readonly [path: string, body?: object])[] = [
        ['/rest/api/3/myself'],
        ['/rest/api/3/field'],
        ['/rest/api/3/project/search?status=live&status=archived&startAt=0&maxResults=50'],
        ['/rest/api/3/project/PAY/statuses'],
        ['/rest/api/3/project/PAY/version?startAt=0&maxResults=500'],
        ['/rest/api/3/search/jql', { jql: 'project = PAY', fields: ['summary'], maxResults: 100 }],
        ['/rest/api/3/search/jql?jql=project%20%3D%20PAY&fields=summary&fields=status&maxResults=5000'],
        ['/rest/api/3/search/approximate-count', { jql: 'project = PAY' }],
        ['/rest/api/3/changelog/bulkfetch', { issueIdsOrKeys: ['1001'], maxResults: 10_000 }],
        ['/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: ['1001'], fields: ['summary'] }],
        ['/rest/api/3/issue/1001/changelog?startAt=0&maxResults=100'],
        ['/rest/agile/1.0/board?projectKeyOrId=PAY&startAt=0'],
        ['/rest/agile/1.0/board/4/configuration'],
        ['/rest/agile/1.0/board/4/sprint?state=active,closed'],
        ['/rest/agile/1.0/sprint/21'],
      ];
      for (const [path, body] of requests)
        expect([path, (await ask(jira, path, body)).status]).toEqual([path, 200]);
      expect(jira.violations).toEqual([]);
    });
  },
);

test('without documents a wrong request is refused all the same, but not counted as a violation', async () => {
  await using jira = await createJiraSimulator(smallSite([]));
  expect((await ask(jira, '/rest/api/3/search/jql', { jql: 'project = PAY', startAt: 50 })).status).toBe(400);
  expect(jira.violations).toEqual([]);
});
