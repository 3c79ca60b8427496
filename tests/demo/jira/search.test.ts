import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createJiraSimulator } from '#demo/jira/server.ts';
import { ask, askFor, issuePage, refusal } from './ask.ts';
import { history, MINUTE, START, smallIssue, smallSite, statusItem } from './small-site.ts';

const SEARCH = '/rest/api/3/search/jql';
const DAY = 86_400_000;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const manyIssues = smallSite(numbers(250).map((number) => smallIssue(number)));

describe('search/jql', () => {
  test('gives ids and nothing else unless fields are named', async () => {
    await using jira = await createJiraSimulator(smallSite([smallIssue(1)]));
    const page = await askFor(jira, z.unknown(), SEARCH, { jql: 'project = PAY' });
    expect(page).toEqual({ issues: [{ id: '1001' }], isLast: true });
  });

  test('gives 5,000 identities a page, but only 100 issues with any field', async () => {
    await using jira = await createJiraSimulator(manyIssues);
    const jql = 'project = PAY ORDER BY id ASC';
    const ids = await askFor(jira, issuePage, SEARCH, { jql, maxResults: 5000, fields: ['id', 'key'] });
    expect(ids.issues).toHaveLength(250);
    expect(ids.issues[9]).toEqual({ id: '1010', key: 'PAY-10' });
    const issues = await askFor(jira, issuePage, SEARCH, { jql, maxResults: 5000, fields: ['summary'] });
    expect([issues.issues.length, issues.isLast]).toEqual([100, false]);
    const unasked = await askFor(jira, issuePage, SEARCH, { jql });
    expect(unasked.issues).toHaveLength(50);
  });

  test('walks by token to a last page without one, meeting every issue once', async () => {
    await using jira = await createJiraSimulator(manyIssues);
    const request = {
      jql: 'project = PAY ORDER BY created ASC, id ASC',
      maxResults: 100,
      fields: ['summary'],
    };
    const seen: string[] = [];
    const sizes: number[] = [];
    let token: string | undefined;
    do {
      const page = await askFor(jira, issuePage, SEARCH, {
        ...request,
        ...(token && { nextPageToken: token }),
      });
      seen.push(...page.issues.map(({ id }) => id));
      sizes.push(page.issues.length);
      expect(page.isLast).toBe(page.nextPageToken === undefined);
      token = page.nextPageToken;
    } while (token !== undefined);
    expect(sizes).toEqual([100, 100, 50]);
    expect(seen).toEqual(numbers(250).map((number) => String(1000 + number)));
  });

  test('takes the same token again, for seven days, and only for the same query', async () => {
    await using jira = await createJiraSimulator(manyIssues);
    const jql = 'project = PAY ORDER BY id ASC';
    const { nextPageToken } = await askFor(jira, issuePage, SEARCH, { jql });
    const second = await askFor(jira, issuePage, SEARCH, { jql, nextPageToken });
    jira.clock.advance(7 * DAY);
    expect(await askFor(jira, issuePage, SEARCH, { jql, nextPageToken })).toMatchObject({
      issues: second.issues,
    });
    jira.clock.advance(1);
    for (const request of [
      { jql, nextPageToken },
      { jql: 'project = PAY', nextPageToken: second.nextPageToken },
      { jql, nextPageToken: 'made up' },
    ]) {
      expect(await refusal(await ask(jira, SEARCH, request))).toBe(
        '400 The provided next page token is invalid or has expired.',
      );
    }
  });

  test('is answered the same by GET with commas as by POST', async () => {
    await using jira = await createJiraSimulator(manyIssues);
    const query = new URLSearchParams({ jql: 'project in (PAY)', fields: 'summary,status', maxResults: '7' });
    const got = await askFor(jira, issuePage, `${SEARCH}?${query.toString()}`);
    const posted = await askFor(jira, issuePage, SEARCH, {
      jql: 'project in (PAY)',
      fields: ['summary', 'status'],
      maxResults: 7,
    });
    expect(got).toEqual(posted);
  });

  test('understands projects by key or id, instants in milliseconds, and orders', async () => {
    await using jira = await createJiraSimulator(
      smallSite([smallIssue(1, { updated: START + 9 * MINUTE }), smallIssue(2), smallIssue(10)]),
    );
    const keysOf = async (jql: string): Promise<readonly unknown[]> =>
      (await askFor(jira, issuePage, SEARCH, { jql, fields: ['key'] })).issues.map(({ key }) => key);
    expect(await keysOf('project = 100 ORDER BY key DESC')).toEqual(['PAY-10', 'PAY-2', 'PAY-1']);
    expect(await keysOf('project in ("PAY", 100) order by id')).toEqual(['PAY-1', 'PAY-2', 'PAY-10']);
    expect(await keysOf(`project = PAY AND updated >= ${START + 3 * MINUTE} ORDER BY updated ASC`)).toEqual([
      'PAY-1',
      'PAY-10',
    ]);
    expect(await keysOf(`created >= ${START + 2 * MINUTE} ORDER BY created DESC`)).toEqual([
      'PAY-10',
      'PAY-2',
    ]);
    const at = START + 9 * MINUTE;
    expect(
      await keysOf(`project = PAY AND NOT (updated in (1, ${at}) AND id in (1001, 1002)) order by id`),
    ).toEqual(['PAY-2', 'PAY-10']);
    expect(await keysOf(`project = PAY AND updated in (${at}) AND NOT (id in (1002))`)).toEqual(['PAY-1']);
  });

  test.each([
    ['order by key desc', 'Unbounded JQL queries are not allowed here'],
    ['', 'Unbounded JQL queries are not allowed here'],
    ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
    ['project in (PAY, OLD)', "The value 'OLD' does not exist for the field 'project'."],
    ['project = PAY AND id in (1001, 77)', "A value with ID '77' does not exist for the field 'id'."],
    ['assignee = currentUser()', "does not understand 'assignee = currentUser()'"],
    ['updated >= "2026-03-01 00:00"', 'does not understand'],
    ['project = PAY ORDER BY rank', "cannot order by 'rank'"],
    [`project = PAY ORDER BY ${Array.from({ length: 8 }, () => 'id').join(', ')}`, 'orders by 8 fields'],
  ])('refuses %j', async (jql, message) => {
    await using jira = await createJiraSimulator(smallSite([smallIssue(1)]));
    expect(await refusal(await ask(jira, SEARCH, { jql }))).toContain(message);
  });

  test('shows named fields in Cloud form: instants in the zone of the site, null for what is empty', async () => {
    // Amsterdam is one hour ahead of UTC in early March.
    await using jira = await createJiraSimulator(smallSite([smallIssue(1)], { zone: 'Europe/Amsterdam' }));
    const fields = [
      'created',
      'updated',
      'status',
      'assignee',
      'fixVersions',
      'customfield_10016',
      'unheard-of',
    ];
    const page = await askFor(jira, issuePage, SEARCH, { jql: 'project = PAY', fields });
    expect(page.issues[0]).toMatchObject({ id: '1001', key: 'PAY-1' });
    expect(page.issues[0]?.['fields']).toEqual({
      created: '2026-03-01T01:01:00.000+0100',
      updated: '2026-03-01T01:01:00.000+0100',
      status: {
        self: `${jira.url}/rest/api/3/status/3`,
        id: '3',
        name: 'In Progress',
        statusCategory: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
      },
      assignee: null,
      fixVersions: [],
      customfield_10016: null,
    });
  });

  test('expands only the 40 newest histories, but tells how many there are', async () => {
    const histories = numbers(45).map((number) => history(String(number), number, statusItem('3')));
    await using jira = await createJiraSimulator(smallSite([smallIssue(1, { histories })]));
    const { issues } = await askFor(jira, issuePage, SEARCH, {
      jql: 'project = PAY',
      fields: ['summary'],
      expand: 'names,changelog',
    });
    const inline = z.looseObject({
      total: z.number(),
      histories: z.array(z.looseObject({ id: z.string() })),
    });
    const changelog = inline.parse(issues[0]?.['changelog']);
    expect([changelog.total, changelog.histories.length]).toEqual([45, 40]);
    expect([changelog.histories[0]?.id, changelog.histories[39]?.id]).toEqual(['45', '6']);
    expect(changelog.histories[0]?.['created']).toBe('2026-03-01T00:45:00.000+0000');
  });

  test('counts approximately, which here is exactly', async () => {
    await using jira = await createJiraSimulator(manyIssues);
    const count = await askFor(jira, z.unknown(), '/rest/api/3/search/approximate-count', {
      jql: 'project = PAY',
    });
    expect(count).toEqual({ count: 250 });
  });

  test('hears of changes late when the index lags, unless told to reconcile', async () => {
    const changed = smallIssue(1, {
      updated: START + 10 * MINUTE,
      histories: [history('1', 5, statusItem('3')), history('2', 10, statusItem('5'))],
    });
    const site = smallSite([changed, smallIssue(9)], { now: START + 10 * MINUTE });
    await using jira = await createJiraSimulator(site, { indexLagSeconds: 120 });
    const since = async (minute: number, more: object = {}): Promise<readonly string[]> => {
      const jql = `updated >= ${START + minute * MINUTE}`;
      return (await askFor(jira, issuePage, SEARCH, { jql, ...more })).issues.map(({ id }) => id);
    };
    // At minute 10 the index stands at minute 8: issue 1001 was last touched at 5, issue 1009 is not there yet.
    expect(await since(0)).toEqual(['1001']);
    expect(await since(6)).toEqual([]);
    expect(await since(6, { reconcileIssues: [1001] })).toEqual(['1001']);
    jira.clock.advance(2 * MINUTE);
    expect(await since(6)).toEqual(['1009', '1001']);
  });
});
