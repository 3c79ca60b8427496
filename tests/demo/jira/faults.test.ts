import { describe, expect, test } from 'vitest';
import { createFaults, FAULT_KINDS, type FaultKind, MOST_FAULTS_IN_A_ROW } from '#demo/faults.ts';
import { createJiraSimulator, type JiraSimulator, type JiraSimulatorOptions } from '#demo/jira/server.ts';
import { ask, askFor, historyPage, issuePage } from './ask.ts';
import { history, smallIssue, smallSite, statusItem } from './small-site.ts';

const SEARCH = '/rest/api/3/search/jql';
const HISTORIES = '/rest/api/3/changelog/bulkfetch';
const site = smallSite(
  Array.from({ length: 30 }, (_, index) =>
    smallIssue(index + 1, {
      histories: [
        history(String(2 * index), 2 * index, statusItem('3')),
        history(String(2 * index + 1), 60, statusItem('5')),
      ],
    }),
  ),
);
const request = { jql: 'project = PAY ORDER BY id ASC', fields: ['summary'], maxResults: 10 };
const idsFrom = (first: number): readonly string[] =>
  Array.from({ length: 10 }, (_, index) => String(first + index));

/** A simulator whose first request goes wrong in this way, and whose second does not. */
async function failing(fault: FaultKind, options: JiraSimulatorOptions = {}): Promise<JiraSimulator> {
  const jira = await createJiraSimulator(site, options);
  jira.faults.set({ kind: 'at', request: 1, fault });
  return jira;
}

const search = async (jira: JiraSimulator, signal?: AbortSignal): Promise<Response> =>
  ask(jira, SEARCH, request, signal);

describe('a fault on request', () => {
  test('429 of the tracker says how long to wait', async () => {
    await using jira = await failing('429_retry_after', { retryAfterSeconds: 3 });
    const response = await search(jira);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '3']);
    expect(response.headers.get('ratelimit-reason')).toBe('jira-burst-based');
    expect((await search(jira)).status).toBe(200);
    expect(jira.faults.injected).toEqual([{ kind: '429_retry_after', path: SEARCH }]);
  });

  test('429 of the gateway does not, except by an instant of the simulated clock', async () => {
    await using jira = await failing('429_bare');
    const response = await search(jira);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, null]);
    expect(response.headers.get('x-failure-category')).toBe('FAILURE CLIENT RATE LIMITED');
    expect(response.headers.get('x-ratelimit-reset')).toBe('2026-03-31T00:00:01.000Z');
    expect(response.headers.get('content-type')).toContain('text/plain');
  });

  test.each(['500', '502', '503'] as const)('%s has that status', async (kind) => {
    await using jira = await failing(kind);
    expect((await search(jira)).status).toBe(Number(kind));
  });

  test('a login page comes with status 200', async () => {
    await using jira = await failing('html_200');
    const response = await search(jira);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html;charset=UTF-8']);
    expect(await response.text()).toContain('Log in');
  });

  test('truncated JSON comes with status 200 and a length that agrees with it', async () => {
    await using jira = await failing('truncated_json_200');
    const [broken, whole] = [await search(jira), await search(jira)];
    const [half, all] = [await broken.text(), await whole.text()];
    expect([broken.status, Number(broken.headers.get('content-length'))]).toEqual([200, half.length]);
    expect(all.startsWith(half)).toBe(true);
    expect(() => {
      JSON.parse(half);
    }).toThrow(SyntaxError);
  });

  test('an empty body comes with status 200', async () => {
    await using jira = await failing('empty_200');
    const response = await search(jira);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json;charset=UTF-8',
      '',
    ]);
  });

  test('slow headers outlast an impatient client, and are right for a patient one', async () => {
    await using impatient = await failing('slow_headers', { stallMilliseconds: 2000 });
    await expect(search(impatient, AbortSignal.timeout(50))).rejects.toThrow('aborted due to timeout');
    await using patient = await failing('slow_headers', { stallMilliseconds: 20 });
    expect(issuePage.parse(await (await search(patient)).json()).issues).toHaveLength(10);
  });

  test('a slow body has its headers at once and stalls in the middle', async () => {
    await using impatient = await failing('slow_body', { stallMilliseconds: 2000 });
    const response = await search(impatient, AbortSignal.timeout(300));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('aborted due to timeout');
    await using patient = await failing('slow_body', { stallMilliseconds: 20 });
    expect(issuePage.parse(await (await search(patient)).json()).issues).toHaveLength(10);
  });

  test('a cut connection breaks off in the middle of the body', async () => {
    await using jira = await failing('cut_connection');
    const response = await search(jira);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  test.each([
    ['issues', SEARCH, request, issuePage],
    ['histories', HISTORIES, { issueIdsOrKeys: idsFrom(1001), maxResults: 7 }, historyPage],
  ])('a page of %s arrives twice, and asking again leads on', async (_, path, body, schema) => {
    await using jira = await createJiraSimulator(site);
    const first = await askFor(jira, schema, path, body);
    const next = { ...body, nextPageToken: first.nextPageToken };
    jira.faults.set({ kind: 'at', request: 1, fault: 'repeat_page' });
    expect(await askFor(jira, schema, path, next)).toEqual(first);
    const second = await askFor(jira, schema, path, next);
    expect(second).not.toEqual(first);
    expect(second.nextPageToken).not.toBe(first.nextPageToken);
  });

  test('a first page cannot arrive twice, so it passes', async () => {
    await using jira = await failing('repeat_page');
    expect((await search(jira)).status).toBe(200);
    expect(jira.faults.injected).toEqual([]);
  });

  test('a shuffled page has the right issues in a wrong order', async () => {
    await using jira = await failing('shuffled');
    const ids = issuePage.parse(await (await search(jira)).json()).issues.map(({ id }) => id);
    expect(ids).not.toEqual(idsFrom(1001));
    expect(ids.toSorted()).toEqual(idsFrom(1001));
  });

  test('a shuffled page of histories goes newest first', async () => {
    await using jira = await failing('shuffled');
    const page = await askFor(jira, historyPage, HISTORIES, { issueIdsOrKeys: ['1002', '1001'] });
    // Issue 1001 has histories 0 and 1 at minutes 0 and 60, issue 1002 has 2 and 3 at minutes 2 and 60.
    expect(page.issueChangeLogs.map((log) => [log.issueId, log.changeHistories.map(({ id }) => id)])).toEqual(
      [
        ['1002', ['3', '2']],
        ['1001', ['1', '0']],
      ],
    );
  });

  test('hits exactly the request it is planned for', async () => {
    await using jira = await createJiraSimulator(site);
    jira.faults.set({ kind: 'at', request: 3, fault: '500' });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await search(jira)).status);
    expect(statuses).toEqual([200, 200, 500, 200]);
  });
});

describe('faults at a rate', () => {
  const kindsOf = (seed: number, rate = 0.1): readonly (FaultKind | undefined)[] => {
    const faults = createFaults();
    faults.set({ kind: 'rate', rate, seed });
    return Array.from({ length: 1000 }, (_, index) =>
      faults.next({ signature: String(index), followsPage: true, hasRows: true }, '/'),
    );
  };

  test('are the same for the same seed, others for another, about as many as asked, and of every kind', () => {
    expect(kindsOf(1)).toEqual(kindsOf(1));
    expect(kindsOf(1)).not.toEqual(kindsOf(2));
    const kinds = kindsOf(1).filter((kind) => kind !== undefined);
    // 1,000 draws at 0.1: expected 100, standard deviation 9.5; four of them to either side.
    expect(kinds.length).toBeGreaterThan(62);
    expect(kinds.length).toBeLessThan(138);
    expect(new Set(kinds)).toEqual(new Set(FAULT_KINDS));
  });

  test('never hit one request more than twice in a row, whatever the rate', async () => {
    await using jira = await createJiraSimulator(site);
    jira.faults.set({ kind: 'rate', rate: 1, seed: 1, faults: ['500', '503'] });
    const outcomes: boolean[] = [];
    for (let count = 0; count < 6; count += 1) outcomes.push((await search(jira)).ok);
    expect(MOST_FAULTS_IN_A_ROW).toBe(2);
    expect(outcomes).toEqual([false, false, true, false, false, true]);
  });

  test('end when the plan is taken away', async () => {
    await using jira = await createJiraSimulator(site);
    jira.faults.set({ kind: 'rate', rate: 1, seed: 1, faults: ['500'] });
    expect((await search(jira)).status).toBe(500);
    jira.faults.set(undefined);
    expect((await search(jira)).status).toBe(200);
  });
});
