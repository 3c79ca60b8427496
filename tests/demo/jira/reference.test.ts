import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { ask, askFor, refusal } from './ask.ts';
import { smallIssue, smallSite } from './small-site.ts';

const values = z.object({ total: z.number(), isLast: z.boolean(), values: z.array(z.looseObject({})) });

describe('the simulated site', () => {
  test('lets in only the right email and token, and says why it does not', async () => {
    await using jira = await createJiraSimulator(smallSite([]), { email: 'me@x.org', apiToken: 's3' });
    const wrong = await ask(jira, '/rest/api/3/myself');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
    const headers = { authorization: `Basic ${Buffer.from('me@x.org:s3').toString('base64')}` };
    const right = await fetch(`${jira.url}/rest/api/3/myself`, { headers });
    expect(await right.json()).toMatchObject({ emailAddress: 'me@x.org', timeZone: 'UTC' });
    expect((await fetch(`${jira.url}/_edge/tenant_info`)).status).toBe(200);
  });

  test('lives by its own clock and keeps a log of requests', async () => {
    await using jira = await createJiraSimulator(smallSite([]));
    const first = await ask(jira, '/rest/api/3/serverInfo?x=1');
    // The small site's present is 30 days after 2026-03-01.
    expect(first.headers.get('date')).toBe('Tue, 31 Mar 2026 00:00:00 GMT');
    jira.clock.advance(3_600_000);
    const second = await ask(jira, '/rest/api/3/field');
    expect(second.headers.get('date')).toBe('Tue, 31 Mar 2026 01:00:00 GMT');
    expect(jira.requests).toEqual([
      { method: 'GET', path: '/rest/api/3/serverInfo', at: Date.UTC(2026, 2, 31) },
      { method: 'GET', path: '/rest/api/3/field', at: Date.UTC(2026, 2, 31, 1) },
    ]);
  });

  test('stops listening when it is closed', async () => {
    const jira = await createJiraSimulator(smallSite([]));
    await jira.close();
    await expect(ask(jira, '/rest/api/3/myself')).rejects.toThrow('fetch failed');
  });

  test('describes fields by schema', async () => {
    await using jira = await createJiraSimulator(smallSite([]));
    const fields = await askFor(jira, z.array(z.looseObject({ id: z.string() })), '/rest/api/3/field');
    expect(fields.find(({ id }) => id === 'customfield_10020')).toMatchObject({
      custom: true,
      schema: { type: 'array', custom: 'com.pyxis.greenhopper.jira:gh-sprint', customId: 10_020 },
    });
    expect(fields.find(({ id }) => id === 'duedate')).toMatchObject({
      custom: false,
      schema: { type: 'date' },
    });
  });

  test('lists live projects 50 at a time, archived ones on request', async () => {
    const projects = Array.from({ length: 60 }, (_, index) => ({
      id: `${index}`,
      key: `P${index}`,
      name: 'x',
    }));
    await using jira = await createJiraSimulator(
      smallSite([], { projects: [...projects, { id: '101', key: 'OLD', name: 'Old', state: 'archived' }] }),
    );
    const page = await askFor(jira, values, '/rest/api/3/project/search?maxResults=500&startAt=0');
    expect([page.values.length, page.total, page.isLast]).toEqual([50, 60, false]);
    const rest = await askFor(jira, values, '/rest/api/3/project/search?startAt=50');
    expect([rest.values.length, rest.isLast]).toEqual([10, true]);
    const archived = await askFor(jira, values, '/rest/api/3/project/search?status=archived&status=deleted');
    expect(archived.values).toMatchObject([{ key: 'OLD', archived: true }]);
  });

  test('counts the issues of a project, and names its issue types, when asked to', async () => {
    await using jira = await createJiraSimulator(smallSite([smallIssue(1), smallIssue(2)]));
    const page = await askFor(jira, values, '/rest/api/3/project/search?expand=issueTypes,insight');
    expect(page.values).toMatchObject([
      { key: 'PAY', issueTypes: [{ id: '7', hierarchyLevel: 0 }], insight: { totalIssueCount: 2 } },
    ]);
  });

  test('knows a project by its statuses and versions, and no other project', async () => {
    await using jira = await createJiraSimulator(smallSite([smallIssue(1)]));
    const statuses = await askFor(jira, z.unknown(), '/rest/api/3/project/PAY/statuses');
    expect(statuses).toMatchObject([
      {
        name: 'Story',
        subtask: false,
        statuses: [
          { id: '1', statusCategory: { key: 'new' } },
          { id: '3', statusCategory: { key: 'indeterminate' } },
          { id: '5', statusCategory: { key: 'done' } },
        ],
      },
    ]);
    const versions = await askFor(jira, values, '/rest/api/3/project/100/version');
    expect(versions.values).toMatchObject([{ id: '900', released: false, overdue: true, projectId: 100 }]);
    expect(await refusal(await ask(jira, '/rest/api/3/project/OLD/statuses'))).toBe(
      "404 No project could be found with key 'OLD'.",
    );
  });

  test('has boards and sprints, 50 at a time', async () => {
    const sprints = Array.from(
      { length: 60 },
      (_, id) => ({ id, name: 's', state: 'closed', boardId: 4 }) as const,
    );
    await using jira = await createJiraSimulator(smallSite([], { sprints }));
    const boards = await askFor(jira, values, '/rest/agile/1.0/board?projectKeyOrId=PAY&type=scrum');
    expect(boards.values).toMatchObject([{ id: 4, location: { projectKey: 'PAY', projectId: 100 } }]);
    expect(await askFor(jira, z.unknown(), '/rest/agile/1.0/board/4/configuration')).toMatchObject({
      columnConfig: { columns: [{ name: 'Doing', statuses: [{ id: '3' }] }] },
      estimation: { field: { fieldId: 'customfield_10016' } },
    });
    const page = await askFor(jira, values, '/rest/agile/1.0/board/4/sprint?maxResults=500');
    expect([page.values.length, page.isLast]).toEqual([50, false]);
    expect(await refusal(await ask(jira, '/rest/agile/1.0/board/5/sprint'))).toBe(
      '400 The board does not support sprints',
    );
    expect((await ask(jira, '/rest/agile/1.0/board/77/configuration')).status).toBe(404);
  });

  test('shows a sprint with the dates it has', async () => {
    await using jira = await createJiraSimulator(smallSite([]));
    expect(await askFor(jira, z.unknown(), '/rest/agile/1.0/sprint/21')).toMatchObject({
      id: 21,
      state: 'closed',
      originBoardId: 4,
      startDate: '2026-03-01T00:00:00.000Z',
      completeDate: '2026-03-01T00:01:00.000Z',
    });
    const future = await askFor(jira, z.looseObject({}), '/rest/agile/1.0/sprint/22');
    expect('startDate' in future).toBe(false);
    expect((await ask(jira, '/rest/agile/1.0/sprint/9')).status).toBe(404);
  });

  test.each([
    '/rest/api/3/search',
    '/rest/api/2/search',
    '/rest/agile/1.0/board/4/issue',
    '/rest/agile/1.0/board/4/backlog',
    '/rest/agile/1.0/board/4/sprint/21/issue',
    '/rest/agile/1.0/sprint/21/issue',
  ])('no longer has %s, and says what took its place', async (path) => {
    await using jira = await createJiraSimulator(smallSite([]));
    expect(await refusal(await ask(jira, path))).toMatch(
      /^410 The requested API has been removed\. Please migrate to the \/rest\/\S+ API\./,
    );
  });
});
