import { describe, expect, test } from 'vitest';
import { trackerErrorOf } from '../transport-support.ts';
import { jiraServer, page, trackerOf } from './jira-server.ts';

const BOARD = 'GET /rest/agile/1.0/board';

test('a site is asked five things of itself, three of every project and two of every board', async () => {
  await using server = await jiraServer({
    'GET /rest/api/3/project/search': () =>
      page([
        {
          id: '100',
          key: 'PAY',
          name: 'Payments',
          issueTypes: [{ id: '8', name: 'Initiative', subtask: false, hierarchyLevel: 2 }],
          insight: { totalIssueCount: 1234 },
        },
      ]),
    'GET /rest/api/3/project/100/statuses': () => [
      {
        id: '7',
        name: 'Epic',
        subtask: false,
        statuses: [
          { id: '1', name: 'Offen', statusCategory: { key: 'new' } },
          { id: '3', name: 'In Arbeit', statusCategory: { key: 'indeterminate' } },
        ],
      },
      {
        id: '9',
        name: 'Sub-task',
        subtask: true,
        statuses: [
          { id: '3', name: 'In Arbeit', statusCategory: { key: 'indeterminate' } },
          { id: '5', name: 'Fertig', statusCategory: { key: 'done' } },
          { id: '6', name: 'Seltsam', statusCategory: { key: 'undefined' } },
        ],
      },
    ],
    'GET /rest/api/3/project/100/version': () =>
      page([
        { id: '900', name: '1.0', released: true, releaseDate: '2026-03-10' },
        { id: '901', name: '2.0', released: false },
      ]),
    [BOARD]: () =>
      page([
        { id: 4, name: 'Payments', type: 'scrum', location: { projectId: 100, projectKey: 'PAY' } },
        { id: 5, name: 'Support', type: 'kanban' },
      ]),
    'GET /rest/agile/1.0/board/4/configuration': () => ({
      columnConfig: { columns: [{ name: 'Doing', statuses: [{ id: '3' }, { id: 5 }] }] },
      estimation: { type: 'field', field: { fieldId: 'customfield_10070' } },
    }),
    'GET /rest/agile/1.0/board/4/sprint': () =>
      page([
        {
          id: 21,
          name: 'One',
          state: 'closed',
          startDate: '2026-03-01T00:00:00.000Z',
          endDate: '2026-03-08T00:00:00.000Z',
          completeDate: '2026-03-09T00:00:00.000Z',
        },
        { id: 22, name: 'Two', state: 'future' },
      ]),
  });
  await using tracker = trackerOf(server);

  const { reference, ...rest } = await tracker.overview();
  const { notes, ...shown } = reference;
  const overview = { ...rest, reference: shown };

  const day = (date: number) => Date.UTC(2026, 2, date);
  expect(overview).toEqual({
    trackerNow: day(30),
    parts: [{ id: '100', name: 'PAY', expected: 1234 }],
    reference: {
      source: 'acme',
      siteUrl: 'https://acme.atlassian.net',
      projects: [{ id: '100', key: 'PAY', name: 'Payments' }],
      statuses: [
        { id: '1', name: 'Offen', category: 'todo' },
        { id: '3', name: 'In Arbeit', category: 'in_progress' },
        { id: '5', name: 'Fertig', category: 'done' },
        { id: '6', name: 'Seltsam', category: 'todo' },
      ],
      types: [
        { id: '7', name: 'Epic', level: 1 },
        { id: '9', name: 'Sub-task', level: -1 },
        { id: '8', name: 'Initiative', level: 2 },
      ],
      versions: [
        { id: '900', projectId: '100', name: '1.0', released: true, releaseDay: '2026-03-10' },
        { id: '901', projectId: '100', name: '2.0', released: false },
      ],
      cycles: [
        { id: '21', name: 'One', startAt: day(1), plannedEndAt: day(8), endedAt: day(9), boardId: '4' },
        { id: '22', name: 'Two', boardId: '4' },
      ],
      boards: [
        {
          id: '4',
          name: 'Payments',
          projectId: '100',
          columns: [{ name: 'Doing', statusIds: ['3', '5'] }],
        },
        { id: '5', name: 'Support' },
      ],
    },
  });
  expect(notes).toMatchObject({ parts: ['100'], estimates: ['customfield_10070'], isWide: false });
  expect(server.asked.map(({ what }) => what).sort()).toEqual([
    'GET /rest/agile/1.0/board',
    'GET /rest/agile/1.0/board/4/configuration',
    'GET /rest/agile/1.0/board/4/sprint',
    'GET /rest/agile/1.0/board/5/configuration',
    'GET /rest/api/3/field',
    'GET /rest/api/3/myself',
    'GET /rest/api/3/project/100/statuses',
    'GET /rest/api/3/project/100/version',
    'GET /rest/api/3/project/search',
    'GET /rest/api/3/serverInfo',
    'POST /rest/api/3/issue/bulkfetch',
  ]);
  expect(tracker.spend).toMatchObject({ requests: 11, retries: 0 });
});

test.each([401, 403, 404, 410])(
  'a site that answers %i about boards is read without them',
  async (status) => {
    await using server = await jiraServer({ [BOARD]: () => status });
    await using tracker = trackerOf(server);
    const { reference, parts } = await tracker.overview();
    expect(reference.cycles).toEqual([]);
    expect(parts).toEqual([{ id: '100', name: 'PAY' }]);
    // Once for the project and once for the site, however many projects there are.
    expect(server.count(BOARD)).toBe(2);
    // A site that has no boards to show is not one that keeps them back.
    expect(reference.boardsUnread).toEqual(status === 401 || status === 403 ? ['100'] : undefined);
  },
);

test('a board that has no sprints does not hide those of another', async () => {
  await using server = await jiraServer({
    [BOARD]: () =>
      page([
        { id: 4, type: 'simple' },
        { id: 6, type: 'simple' },
      ]),
    'GET /rest/agile/1.0/board/4/sprint': () => 400,
    'GET /rest/agile/1.0/board/6/sprint': () => page([{ id: 23, name: 'Three' }]),
  });
  await using tracker = trackerOf(server);
  expect((await tracker.overview()).reference.cycles).toEqual([{ id: '23', name: 'Three', boardId: '6' }]);
});

test('boards that cannot be read for now are an error, not an absence', async () => {
  await using server = await jiraServer({ [BOARD]: () => 503 });
  await using tracker = trackerOf(server);
  expect(await trackerErrorOf(tracker.overview())).toMatchObject({ kind: 'unavailable', source: 'acme' });
});

describe('a list that comes in pages', () => {
  const sprints = Array.from({ length: 120 }, (_, i) => ({ id: i + 1, name: `Sprint ${i + 1}` }));
  const sprintPage = (startAt: number) => ({
    startAt,
    isLast: startAt + 50 >= sprints.length,
    values: sprints.slice(startAt, startAt + 50),
  });
  const BOARD_4 = { [BOARD]: () => page([{ id: 4, type: 'scrum' }]) };
  const SPRINTS = 'GET /rest/agile/1.0/board/4/sprint';

  test('is read to its end, however few rows a page has', async () => {
    await using server = await jiraServer({
      ...BOARD_4,
      [SPRINTS]: ({ query }) => sprintPage(Number(query.get('startAt'))),
    });
    await using tracker = trackerOf(server);
    const { cycles } = (await tracker.overview()).reference;
    expect(cycles.map(({ id }) => Number(id))).toEqual(sprints.map(({ id }) => id));
    expect(server.count(SPRINTS)).toBe(3);
  });

  test('loses nothing when a page is given twice', async () => {
    await using server = await jiraServer({
      ...BOARD_4,
      [SPRINTS]: ({ query }, times) => sprintPage(times === 2 ? 0 : Number(query.get('startAt'))),
    });
    await using tracker = trackerOf(server);
    expect((await tracker.overview()).reference.cycles).toHaveLength(120);
  });
});

describe('the projects', () => {
  test('named in the configuration are asked for by key, in capitals as Jira writes them', async () => {
    await using server = await jiraServer();
    await using tracker = trackerOf(server, { projects: ['pay'] });
    expect((await tracker.overview()).parts).toEqual([{ id: '100', name: 'PAY' }]);
    expect(server.asked.find(({ query }) => query.has('keys'))?.query.getAll('keys')).toEqual(['PAY']);
  });

  test('named but not visible are named in the error, beside those that are', async () => {
    await using server = await jiraServer();
    await using tracker = trackerOf(server, { projects: ['PAY', 'OPS', 'LAB'] });
    const error = await trackerErrorOf(tracker.overview());
    expect(error).toMatchObject({ kind: 'not_found', source: 'acme' });
    expect(error.message).toBe(
      'acme shows no project OPS, LAB to its user, who can see PAY. ' +
        'Correct the key, or give that user the right to browse the project.',
    );
  });

  test('that Jira does not find at all, it answers with 404', async () => {
    await using server = await jiraServer({
      'GET /rest/api/3/project/search': ({ query }) =>
        query.has('keys') ? 404 : page([{ id: '100', key: 'PAY', name: 'Payments' }]),
    });
    await using tracker = trackerOf(server, { projects: ['OPS'] });
    expect((await trackerErrorOf(tracker.overview())).message).toContain('OPS to its user, who can see PAY');
  });

  test('may not be none: a user who sees nothing would look like a site without issues', async () => {
    await using server = await jiraServer({ 'GET /rest/api/3/project/search': () => page([]) });
    await using tracker = trackerOf(server);
    expect(await trackerErrorOf(tracker.overview())).toMatchObject({ kind: 'not_found' });
  });
});

test('a refused login is tried once and names the two values to check', async () => {
  await using server = await jiraServer({ 'GET /rest/api/3/myself': () => 401 });
  await using tracker = trackerOf(server);
  const error = await trackerErrorOf(tracker.overview());
  expect(error).toMatchObject({ kind: 'unauthorized', status: 401 });
  expect(error.message).toContain('auth.email and auth.apiToken');
  expect(error.message).not.toContain('a-secret-token');
  expect(server.asked.map(({ what }) => what)).toEqual(['GET /rest/api/3/myself']);
});

test('a site whose answers carry no date is asked for its server time', async () => {
  await using server = await jiraServer({}, '');
  await using tracker = trackerOf(server);
  expect((await tracker.overview()).trackerNow).toBe(Date.UTC(2026, 2, 29));
});
