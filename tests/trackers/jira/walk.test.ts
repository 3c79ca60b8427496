import { describe, expect, test } from 'vitest';
import type { IssueBatch, Tracker } from '#trackers/tracker.ts';
import { trackerErrorOf } from '../transport-support.ts';
import { CREATED, HOUR, issueJson } from './jira-json.ts';
import { type Answer, HISTORIES, jiraServer, SEARCH, trackerOf } from './jira-server.ts';

const PART = { id: '100', name: 'PAY' };

async function walk(tracker: Tracker, resume?: string): Promise<readonly IssueBatch[]> {
  const batches: IssueBatch[] = [];
  for await (const batch of tracker.walk(PART, resume)) batches.push(batch);
  return batches;
}

const idsOf = (batches: readonly IssueBatch[]): readonly string[] =>
  batches.flatMap(({ issues }) => issues.map(({ id }) => id));

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(10_001 + i));

/** A search over so many issues, 100 a page; the token is where the next page begins. */
function searchOver(count: number): Answer {
  return ({ body }) => searchPage(count, Number(body.nextPageToken ?? 0));
}

function searchPage(count: number, from: number) {
  const isLast = from + 100 >= count;
  return {
    issues: ids(count)
      .slice(from, from + 100)
      .map((id) => issueJson({}, id)),
    isLast,
    ...(isLast ? {} : { nextPageToken: String(from + 100) }),
  };
}

function statusChange(id: number, to: string) {
  return {
    id: String(id),
    author: { accountId: 'ann' },
    created: CREATED + id * HOUR,
    items: [{ field: 'status', fieldId: 'status', from: '1', to }],
  };
}

describe('a project of 2,345 issues', () => {
  test('takes a search for every 100, and a question for the histories of every 1,000', async () => {
    await using server = await jiraServer({ [SEARCH]: searchOver(2345) });
    await using tracker = trackerOf(server);
    await tracker.overview();

    const batches = await walk(tracker);

    expect(idsOf(batches)).toEqual(ids(2345));
    expect(batches.map(({ issues, resume }) => [issues.length, resume])).toEqual([
      [1000, '1000'],
      [1000, '2000'],
      [345, undefined],
    ]);
    expect([server.count(SEARCH), server.count(HISTORIES)]).toEqual([24, 3]);
  });

  test('is asked for by its id, oldest first, with named fields and without the inline history', async () => {
    await using server = await jiraServer({ [SEARCH]: searchOver(1) });
    await using tracker = trackerOf(server);
    await walk(tracker);
    const search = server.asked.find(({ what }) => what === SEARCH)?.body;
    expect(search).toMatchObject({ jql: 'project = 100 ORDER BY created ASC, key ASC', maxResults: 100 });
    expect(search).not.toHaveProperty('expand');
    expect(search?.fields).toEqual(expect.arrayContaining(['updated', 'parent', 'customfield_10020']));
    expect(search?.fields).not.toContain('description');
    expect(server.asked.find(({ what }) => what === HISTORIES)?.body).toEqual({
      issueIdsOrKeys: ['10001'],
      maxResults: 10_000,
    });
  });

  test('resumes behind the last batch that was taken', async () => {
    await using server = await jiraServer({ [SEARCH]: searchOver(2345) });
    await using tracker = trackerOf(server);
    expect(idsOf(await walk(tracker, '2000'))).toEqual(ids(2345).slice(2000));
    expect([server.count(SEARCH), server.count(HISTORIES)]).toEqual([4, 1]);
  });
});

test('a resume that Jira no longer accepts starts the project over', async () => {
  await using server = await jiraServer({
    [SEARCH]: (asked, times) =>
      asked.body.nextPageToken === 'too old' ? 400 : searchOver(150)(asked, times),
  });
  await using tracker = trackerOf(server);
  expect(idsOf(await walk(tracker, 'too old'))).toEqual(ids(150));
});

test('a token that dies in the middle of a walk starts the project over, once', async () => {
  await using server = await jiraServer({
    [SEARCH]: (asked, times) => (times === 2 ? 400 : searchOver(150)(asked, times)),
  });
  await using tracker = trackerOf(server);
  expect(idsOf(await walk(tracker))).toEqual(ids(150));

  await using refusing = await jiraServer({
    [SEARCH]: (asked, times) =>
      asked.body.nextPageToken === undefined ? searchOver(150)(asked, times) : 400,
  });
  await using hopeless = trackerOf(refusing);
  expect(await trackerErrorOf(walk(hopeless))).toMatchObject({ kind: 'rejected', status: 400 });
});

test('a search that is refused without a token is an error', async () => {
  await using server = await jiraServer({ [SEARCH]: () => 400 });
  await using tracker = trackerOf(server);
  expect(await trackerErrorOf(walk(tracker))).toMatchObject({ kind: 'rejected' });
  expect(server.count(SEARCH)).toBe(1);
});

test('a page given twice adds nothing and loses nothing', async () => {
  await using server = await jiraServer({
    // The third answer is the second once more, with the token it had.
    [SEARCH]: (asked, times) => (times === 3 ? searchPage(350, 100) : searchOver(350)(asked, times)),
  });
  await using tracker = trackerOf(server);
  expect(idsOf(await walk(tracker))).toEqual(ids(350));
});

test('a walk that would never end is given up', async () => {
  await using server = await jiraServer({ [SEARCH]: () => searchPage(350, 100) });
  await using tracker = trackerOf(server);
  const error = await trackerErrorOf(walk(tracker));
  expect(error).toMatchObject({ kind: 'unexpected_response' });
  expect(error.message).toContain('issues of PAY');
});

test('an empty project is one last empty batch, and no question for histories', async () => {
  await using server = await jiraServer();
  await using tracker = trackerOf(server);
  expect(await walk(tracker)).toEqual([{ issues: [] }]);
  expect(server.count(HISTORIES)).toBe(0);
});

describe('the histories of a batch', () => {
  test('are put together from all pages, each once', async () => {
    const first = {
      issueChangeLogs: [
        { issueId: '10001', changeHistories: [statusChange(1, '2'), statusChange(2, '3')] },
        { issueId: '10002', changeHistories: [statusChange(3, '2')] },
      ],
      nextPageToken: 'second',
    };
    const second = {
      issueChangeLogs: [
        { issueId: 10_001, changeHistories: [statusChange(2, '3'), statusChange(4, '5')] },
        { issueId: '66666', changeHistories: [statusChange(5, '9')] },
      ],
    };
    await using server = await jiraServer({
      [SEARCH]: searchOver(3),
      [HISTORIES]: ({ body }) => (body.nextPageToken === 'second' ? second : first),
    });
    await using tracker = trackerOf(server);
    const [batch] = await walk(tracker);
    const changes = batch?.issues.map((issue) =>
      issue.events.filter(({ origin }) => origin === 'recorded').map(({ eventId, to }) => [eventId, to]),
    );
    expect(changes).toEqual([
      [
        ['1', '2'],
        ['2', '3'],
        ['4', '5'],
      ],
      [['3', '2']],
      [],
    ]);
    expect(server.count(HISTORIES)).toBe(2);
  });

  test('that never come to an end are given up', async () => {
    await using server = await jiraServer({
      [SEARCH]: searchOver(1),
      [HISTORIES]: () => ({
        issueChangeLogs: [{ issueId: '10001', changeHistories: [statusChange(1, '2')] }],
        nextPageToken: 'again',
      }),
    });
    await using tracker = trackerOf(server);
    expect(await trackerErrorOf(walk(tracker))).toMatchObject({ kind: 'unexpected_response' });
  });
});

describe('an answer of the wrong shape', () => {
  test.each([
    ['a search without issues', SEARCH, { isLast: true }],
    ['a search that says more follows but not where', SEARCH, { issues: [], isLast: false }],
    [
      'an issue without its status',
      SEARCH,
      { issues: [{ id: '1', key: 'PAY-1', fields: {} }], isLast: true },
    ],
    ['an answer without histories', HISTORIES, { nextPageToken: null }],
    [
      'a history without an instant',
      HISTORIES,
      {
        issueChangeLogs: [{ issueId: '10001', changeHistories: [{ id: '1', created: 'today', items: [] }] }],
      },
    ],
  ])('%s is asked for again, and no empty page', async (_title, what, wrong) => {
    const usual: Readonly<Record<string, Answer>> = {
      [SEARCH]: searchOver(1),
      [HISTORIES]: () => ({ issueChangeLogs: [] }),
    };
    await using once = await jiraServer({
      ...usual,
      [what]: (asked, times) => (times === 1 ? wrong : (usual[what] ?? (() => 404))(asked, times)),
    });
    await using patient = trackerOf(once);
    expect(idsOf(await walk(patient))).toEqual(['10001']);

    await using always = await jiraServer({ ...usual, [what]: () => wrong });
    await using disappointed = trackerOf(always);
    const error = await trackerErrorOf(walk(disappointed));
    expect(error).toMatchObject({ kind: 'unexpected_response', source: 'acme' });
    expect(error.message).toContain(what);
    expect(always.count(what)).toBe(3);
  });
});

test('progress is told after every page', async () => {
  await using server = await jiraServer({ [SEARCH]: searchOver(250) });
  const told: unknown[] = [];
  await using tracker = trackerOf(server, { onProgress: (progress) => told.push(progress) });
  await walk(tracker);
  expect(told).toEqual([100, 200, 250].map((issues) => ({ part: 'PAY', issues })));
});

test('an aborted walk stops with the signal’s reason', async () => {
  await using server = await jiraServer({ [SEARCH]: searchOver(2345) });
  await using tracker = trackerOf(server);
  const stop = new AbortController();
  const reason = new Error('enough');
  const stopped = (async () => {
    for await (const _batch of tracker.walk(PART, undefined, stop.signal)) stop.abort(reason);
  })();
  await expect(stopped).rejects.toBe(reason);
});
