import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { ask, askFor, historyPage, issuePage } from './ask.ts';
import { MINUTE, START, smallIssue, smallSite } from './small-site.ts';

const ANN = { accountId: 'ann', displayName: 'Ann' };
const shown = z.object({
  issues: z.array(z.looseObject({ id: z.string(), key: z.string(), fields: z.looseObject({}) })),
});

async function simulator() {
  return createJiraSimulator(smallSite([smallIssue(1), smallIssue(2)]));
}

test('an edit is recorded at the simulated now, as Jira records it, and shown at once', async () => {
  await using jira = await simulator();
  jira.clock.advance(MINUTE);
  jira.edits.update(
    '1001',
    {
      statusId: '5',
      labels: ['a', 'b'],
      versionIds: ['900'],
      sprintIds: [21, 22],
      assignee: ANN,
      dueDate: '2026-04-01',
      estimate: 3,
    },
    ANN,
  );
  // In the order they were saved.
  const items: readonly object[] = [
    {
      field: 'status',
      fieldId: 'status',
      from: '3',
      fromString: 'In Progress',
      to: '5',
      toString: 'Done',
    },
    { field: 'assignee', from: null, to: 'ann' },
    { field: 'labels', from: '', fromString: '', to: '', toString: 'a b' },
    { field: 'Fix Version', fieldId: 'fixVersions', from: null, to: '900' },
    { field: 'Sprint', fieldtype: 'custom', from: '', to: '21, 22', toString: 'One, two, Next' },
    { field: 'duedate', to: '2026-04-01' },
    { field: 'Story point estimate', fieldtype: 'custom', from: null, to: null, toString: '3' },
  ];
  const { issueChangeLogs } = await askFor(jira, historyPage, '/rest/api/3/changelog/bulkfetch', {
    issueIdsOrKeys: ['1001'],
  });
  expect(issueChangeLogs[0]?.changeHistories).toMatchObject([
    {
      created: jira.clock.now(),
      author: { accountId: 'ann' },
      items,
    },
  ]);
  const { issues } = await askFor(jira, shown, '/rest/api/3/issue/bulkfetch', {
    issueIdsOrKeys: ['1001'],
    fields: ['labels', 'customfield_10016'],
  });
  expect(issues[0]?.fields).toMatchObject({ labels: ['a', 'b'], customfield_10016: 3 });
  // What is so already is no change.
  const { updated, histories } = jira.site.issues[0] ?? {};
  jira.clock.advance(MINUTE);
  jira.edits.update('1001', { statusId: '5' });
  expect(jira.site.issues[0]).toMatchObject({ updated, histories });
});

test('several issues that are edited at one go bear the same millisecond', async () => {
  await using jira = await simulator();
  jira.edits.update(['1001', '1002'], { labels: ['tidy'] });
  const { issues } = await askFor(jira, issuePage, '/rest/api/3/search/jql', {
    jql: `project = PAY AND updated >= ${jira.clock.now()} AND updated <= ${jira.clock.now()}`,
  });
  expect(issues.map(({ id }) => id)).toEqual(['1002', '1001']);
});

test('a move gives a new key, and the old one still leads to the issue', async () => {
  await using jira = await createJiraSimulator(
    smallSite([smallIssue(1)], {
      projects: [
        { id: '100', key: 'PAY', name: 'Payments' },
        { id: '102', key: 'OPS', name: 'Operations' },
      ],
    }),
  );
  jira.edits.moveToProject('1001', '102');
  const { issues } = await askFor(jira, shown, '/rest/api/3/issue/bulkfetch', {
    issueIdsOrKeys: ['PAY-1'],
    fields: ['project'],
  });
  expect(issues.map(({ id, key }) => [id, key])).toEqual([['1001', 'OPS-1']]);
  // A key is never given twice.
  jira.edits.moveToProject('1001', '100');
  expect(jira.site.issues[0]?.key).toBe('PAY-2');
});

test('a link is told by both histories under the key of the day, and shows the present one', async () => {
  await using jira = await createJiraSimulator(
    smallSite([smallIssue(1), smallIssue(2)], {
      projects: [
        { id: '100', key: 'PAY', name: 'Payments' },
        { id: '102', key: 'OPS', name: 'Operations' },
      ],
    }),
  );
  const told = () =>
    jira.site.issues.map(({ histories }) =>
      histories.flatMap(({ items }) =>
        items.filter(({ field }) => field === 'Link').map(({ from, to }) => [from, to]),
      ),
    );
  const blockers = async () => {
    const { issues } = await askFor(jira, shown, '/rest/api/3/issue/bulkfetch', {
      issueIdsOrKeys: ['1002'],
      fields: ['issuelinks'],
    });
    return issues[0]?.fields['issuelinks'];
  };
  const link = jira.edits.link('1001', '1002', ANN);
  jira.edits.update('1002', { parentId: '1001' });
  expect(await blockers()).toMatchObject([
    { id: link, type: { inward: 'is blocked by' }, inwardIssue: { id: '1001', key: 'PAY-1' } },
  ]);
  jira.clock.advance(MINUTE);
  jira.edits.moveToProject('1001', '102');
  expect(await blockers()).toMatchObject([{ inwardIssue: { id: '1001', key: 'OPS-1' } }]);
  const [, other] = jira.site.issues;
  expect([other?.fields.parent, other?.updated]).toEqual([
    { id: '1001', key: 'OPS-1' },
    jira.clock.now() - MINUTE,
  ]);
  expect(told()).toEqual([[[null, 'PAY-2']], [[null, 'PAY-1']]]);
  jira.edits.unlink(link, ANN);
  expect(await blockers()).toEqual([]);
  expect(told().map((items) => items.at(-1))).toEqual([
    ['PAY-2', null],
    ['OPS-1', null],
  ]);
  expect(() => jira.edits.unlink(link)).toThrow(RangeError);
});

test('a new issue has the next id and the next key', async () => {
  await using jira = await simulator();
  const made = jira.edits.createIssue({ projectId: '100', typeId: '7', statusId: '1', summary: 'New' }, ANN);
  expect(made).toMatchObject({ id: '1003', key: 'PAY-3', created: jira.clock.now(), histories: [] });
});

test('a sprint that is closed takes along what is not done, and issues show it as it is', async () => {
  await using jira = await simulator();
  jira.edits.save('sprints', { id: 21, name: 'One', state: 'active', boardId: 4, startDate: START });
  jira.edits.update(['1001', '1002'], { sprintIds: [21] });
  jira.edits.update('1002', { statusId: '5' });
  jira.clock.advance(MINUTE);
  jira.edits.closeSprint(21, 22);
  const sprints = jira.site.issues.map(({ fields }) => fields['customfield_10020']);
  const closed = { id: 21, state: 'closed', completeDate: new Date(jira.clock.now()).toISOString() };
  expect(sprints).toMatchObject([[closed, { id: 22, state: 'future' }], [closed]]);
  expect(jira.site.issues.map(({ updated }) => updated)).toEqual([
    jira.clock.now(),
    jira.clock.now() - MINUTE,
  ]);
});

describe('what is taken from sight', () => {
  test('is left out of every answer: a hidden issue, and those of a forbidden project', async () => {
    await using jira = await simulator();
    jira.edits.hide('1002');
    const search = () => askFor(jira, issuePage, '/rest/api/3/search/jql', { jql: 'project = PAY' });
    expect((await search()).issues.map(({ id }) => id)).toEqual(['1001']);
    const bulk = await askFor(jira, shown, '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: ['1002'] });
    expect(bulk.issues).toEqual([]);

    jira.edits.save('projects', { id: '100', key: 'PAY', name: 'Payments', state: 'forbidden' });
    expect((await ask(jira, '/rest/api/3/search/jql', { jql: 'project = PAY' })).status).toBe(400);
    const found = z.object({ values: z.array(z.object({ key: z.string() })) });
    const all = '/rest/api/3/project/search?status=live&status=archived&status=deleted';
    expect((await askFor(jira, found, all)).values.map(({ key }) => key)).toEqual(['OLD']);
  });
});

test.each([
  ['an issue', (jira: Awaited<ReturnType<typeof simulator>>) => jira.edits.touch('77')],
  [
    'a status',
    (jira: Awaited<ReturnType<typeof simulator>>) => jira.edits.update('1001', { statusId: '77' }),
  ],
  ['a sprint', (jira: Awaited<ReturnType<typeof simulator>>) => jira.edits.closeSprint(77)],
  ['a version', (jira: Awaited<ReturnType<typeof simulator>>) => jira.edits.drop('versions', '77')],
])('%s that is not there is a mistake of the caller', async (_, edit) => {
  await using jira = await simulator();
  expect(() => edit(jira)).toThrow(RangeError);
});

test('a token with scopes is taken behind the gateway alone', async () => {
  await using jira = await createJiraSimulator(smallSite([]), { isScoped: true });
  const info = z
    .object({ cloudId: z.string() })
    .parse(await (await fetch(`${jira.url}/_edge/tenant_info`)).json());
  expect((await ask(jira, '/rest/api/3/myself')).status).toBe(401);
  expect((await ask(jira, `/ex/jira/${info.cloudId}/rest/api/3/myself`)).status).toBe(200);
  expect((await ask(jira, '/ex/jira/another/rest/api/3/myself')).status).toBe(401);
});

test('the lists of issues of boards and sprints come by page token from their new place', async () => {
  const issues = Array.from({ length: 60 }, (_, i) => smallIssue(i + 1));
  await using jira = await createJiraSimulator(smallSite(issues));
  jira.edits.save('sprints', { id: 21, name: 'One', state: 'active', boardId: 4, startDate: START });
  jira.edits.update(['1001', '1002'], { sprintIds: [21] });
  const board = '/rest/software/1.0/board/4';
  const first = await askFor(jira, issuePage, `${board}/issue?fields=id`);
  const second = await askFor(
    jira,
    issuePage,
    `${board}/issue?fields=id&nextPageToken=${first.nextPageToken}`,
  );
  expect([first.issues.length, second.issues.length, second.isLast]).toEqual([50, 10, true]);
  const sprint = await askFor(jira, issuePage, `${board}/sprint/21/issue?fields=id`);
  expect(sprint.issues.map(({ id }) => id)).toEqual(['1001', '1002']);
  expect((await askFor(jira, issuePage, '/rest/software/1.0/sprint/21/issue?fields=id')).issues).toHaveLength(
    2,
  );
  const count = z.object({ count: z.number() });
  expect(await askFor(jira, count, `${board}/issue/approximate-count`)).toEqual({ count: 60 });
  expect(await askFor(jira, count, `${board}/backlog/approximate-count`)).toEqual({ count: 58 });
  expect((await askFor(jira, issuePage, `${board}/backlog?fields=id&maxResults=5000`)).issues).toHaveLength(
    58,
  );
  expect((await ask(jira, '/rest/software/1.0/board/77/issue')).status).toBe(404);
});
