import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { ask, askFor, refusal } from './ask.ts';
import { NEWEST_SCHEMA } from './schemas.ts';
import { DAY, entry, PROJECT, START, smallIssue, smallWorkspace, TODO } from './small-workspace.ts';

const anything = z.record(z.string(), z.unknown());
const workspace = smallWorkspace([
  smallIssue(1, {
    projectId: PROJECT,
    previousIdentifiers: ['OLD-9'],
    history: [entry('71', 5, { toTitle: 'x' })],
  }),
]);

describe('an answer', () => {
  test('is read off the workspace', async () => {
    await using linear = await createLinearSimulator(workspace);
    const query = `{ issue(id: "pay-1") {
      identifier priorityLabel createdAt dueDate url
      state { id name type } team { key issueCount } creator { name isMe } project { name lead { name } initiatives { nodes { name } } }
      history { nodes { toTitle issue { identifier } } }
    } }`;
    const { issue } = await askFor(linear, anything, query);
    expect(issue).toEqual({
      identifier: 'PAY-1',
      priorityLabel: 'No priority',
      createdAt: '2026-03-01T00:01:00.000Z',
      dueDate: null,
      url: linear.url.replace('/graphql', '/issue/PAY-1'),
      state: { id: TODO, name: 'Todo', type: 'unstarted' },
      team: { key: 'PAY', issueCount: 1 },
      creator: { name: 'Ann', isMe: true },
      project: { name: 'Checkout', lead: { name: 'Ann' }, initiatives: { nodes: [{ name: 'Grow' }] } },
      history: { nodes: [{ toTitle: 'x', issue: { identifier: 'PAY-1' } }] },
    });
  });

  test('is refused where a question holds two operations and names none', async () => {
    await using linear = await createLinearSimulator(workspace);
    const query = 'query A { viewer { id } } query B { teams { nodes { key } } }';
    const response = await ask(linear, query);
    expect(await refusal(response)).toContain('400 OPERATION_RESOLUTION_FAILURE');
    const named = await ask(linear, '', {}, { body: JSON.stringify({ query, operationName: 'B' }) });
    expect(await named.json()).toMatchObject({
      data: { teams: { nodes: [{ key: 'PAY' }, { key: 'OPS' }] } },
    });
    // What is asked for is told by name all the same.
    await ask(linear, 'query Alone { viewer { id } }');
    expect(linear.requests.map(({ operation }) => operation)).toEqual(['A', 'B', 'Alone']);
  });

  test('finds a moved issue by the identifier it had, and says when there is none', async () => {
    await using linear = await createLinearSimulator(workspace);
    expect(await askFor(linear, anything, '{ issue(id: "OLD-9") { number } }')).toEqual({
      issue: { number: 1 },
    });
    expect(await refusal(await ask(linear, '{ issue(id: "PAY-7") { id } }'))).toBe(
      '200 INPUT_ERROR Could not find referenced Issue.',
    );
  });

  test.skipIf(NEWEST_SCHEMA === undefined)(
    'to any other valid question is empty but well formed (needs ../shared/data/schemas)',
    async () => {
      await using linear = await createLinearSimulator(workspace, { schema: NEWEST_SCHEMA ?? '' });
      const query = `{
        customers { nodes { id } } documents(first: 1) { edges { node { title } } pageInfo { hasNextPage endCursor } }
        applicationInfo(clientId: "x") { name } organization { name subscription { type } projectUpdateRemindersHour }
        issues { nodes { boardOrder reactions { emoji } sharedAccess { isShared } summary { content } needs { nodes { id } } } }
        projects { nodes { frequencyResolution progressHistory facets { id } } }
        __type(name: "Issue") { name }
        comment { url }
      }`;
      expect(await askFor(linear, anything, query)).toEqual({
        customers: { nodes: [] },
        documents: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
        applicationInfo: { name: '' },
        organization: { name: 'Acme', subscription: null, projectUpdateRemindersHour: 0 },
        issues: {
          nodes: [
            {
              boardOrder: 0,
              reactions: [],
              sharedAccess: { isShared: false },
              summary: null,
              needs: { nodes: [] },
            },
          ],
        },
        projects: { nodes: [{ frequencyResolution: expect.any(String), progressHistory: {}, facets: [] }] },
        __type: { name: 'Issue' },
        comment: { url: '' },
      });
    },
  );

  test.skipIf(NEWEST_SCHEMA === undefined).each(['projects', 'initiatives'])(
    'is partial when the plan lacks a field of %s (needs ../shared/data/schemas)',
    async (list) => {
      await using linear = await createLinearSimulator(workspace, { schema: NEWEST_SCHEMA ?? '' });
      const response = await ask(linear, `{ ${list} { nodes { name identifier } } }`);
      const { data, errors } = z
        .object({ data: anything, errors: z.array(z.looseObject({ path: z.array(z.unknown()) })) })
        .parse(await response.json());
      expect([response.status, errors.map(({ path }) => path)]).toEqual([
        200,
        [[list, 'nodes', 0, 'identifier']],
      ]);
      expect(data).toEqual({ [list]: { nodes: [{ name: expect.any(String), identifier: null }] } });
    },
  );
});

describe('a question that is none', () => {
  test.each([
    ['not GraphQL', '{ issues {', '400 GRAPHQL_VALIDATION_FAILED Syntax Error: Expected Name, found <EOF>.'],
    [
      'of a field that is not there',
      '{ issues { nodes { nope } } }',
      '400 GRAPHQL_VALIDATION_FAILED Cannot query field "nope" on type "Issue".',
    ],
    [
      'without a variable it needs',
      'query ($n: Int!) { issues(first: $n) { nodes { id } } }',
      '400 BAD_USER_INPUT Variable "$n" has invalid value: Expected a value of non-null type "Int!" to be provided.',
    ],
  ])('%s, is refused with status 400', async (_, query, expected) => {
    await using linear = await createLinearSimulator(workspace);
    expect((await refusal(await ask(linear, query))).slice(0, expected.length)).toBe(expected);
  });

  test.each([
    ['not JSON', '{'],
    ['no query', '{"variables":{}}'],
  ])('%s, is refused with status 400', async (_, body) => {
    await using linear = await createLinearSimulator(workspace);
    expect(await refusal(await ask(linear, '', {}, { body }))).toMatch(/^400 INPUT_ERROR /);
  });
});

describe('a credential', () => {
  test.each([
    ['a wrong key', 'lin_api_wrong', '401 AUTHENTICATION_ERROR Authentication required, not authenticated'],
    ['none', '', '401 AUTHENTICATION_ERROR Authentication required, not authenticated'],
    [
      'a key behind `Bearer`',
      'Bearer lin_api_simulated',
      "401 AUTHENTICATION_ERROR It looks like you're trying to use",
    ],
  ])('that is %s is refused', async (_, authorization, expected) => {
    await using linear = await createLinearSimulator(workspace);
    const response = await ask(linear, '{ viewer { id } }', {}, { headers: { authorization } });
    expect((await refusal(response)).slice(0, expected.length)).toBe(expected);
    expect(linear.requests.map(({ status }) => status)).toEqual([401]);
  });

  test('may be an access token, behind `Bearer`', async () => {
    await using linear = await createLinearSimulator(workspace, { accessToken: 'tok' });
    const headers = { authorization: 'Bearer tok' };
    expect((await ask(linear, '{ viewer { id } }', {}, { headers })).status).toBe(200);
  });
});

describe('allowances', () => {
  const cheap = '{ viewer { id } }';
  const headersOf = (response: Response, name: string): readonly (string | null)[] =>
    ['limit', 'remaining', 'reset'].map((part) => response.headers.get(`x-ratelimit-${name}-${part}`));

  test('are told with every answer, by the simulated clock', async () => {
    await using linear = await createLinearSimulator(workspace);
    const response = await ask(linear, cheap);
    expect(response.headers.get('date')).toBe('Tue, 31 Mar 2026 00:00:00 GMT');
    expect(response.headers.get('x-complexity')).toBe('2');
    // One of 2,500 an hour is made up for in 1,440 ms; two of 3,000,000 in 2.4 ms.
    const now = START + 30 * DAY;
    expect(headersOf(response, 'requests')).toEqual(['2500', '2499', String(now + 1440)]);
    expect(headersOf(response, 'complexity')).toEqual(['3000000', '2999998', String(now + 3)]);
  });

  test.each([400, 429, 200] as const)(
    'that are used up are answered with %i, until they flow back',
    async (status) => {
      const limits = { requests: 2, complexity: 1000 };
      await using linear = await createLinearSimulator(workspace, { limits, limitedStatus: status });
      const statuses = [(await ask(linear, cheap)).status, (await ask(linear, cheap)).status];
      const limited = await ask(linear, cheap);
      expect(headersOf(limited, 'requests')).toEqual(['2', '0', String(START + 30 * DAY + 3_600_000)]);
      expect([...statuses, await refusal(limited)]).toEqual([
        200,
        200,
        `${status} RATELIMITED Rate limit exceeded. The requests of an hour are used up.`,
      ]);
      linear.clock.advance(1_799_999);
      expect((await refusal(await ask(linear, cheap))).slice(0, 15)).toBe(`${status} RATELIMITED`);
      linear.clock.advance(1);
      expect(z.looseObject({ data: anything }).parse(await (await ask(linear, cheap)).json())).toBeDefined();
    },
  );

  test('are of points, too', async () => {
    await using linear = await createLinearSimulator(workspace, { limits: { requests: 10, complexity: 3 } });
    await ask(linear, cheap);
    await ask(linear, cheap);
    expect(await refusal(await ask(linear, cheap))).toBe(
      '400 RATELIMITED Rate limit exceeded. The complexity of an hour are used up.',
    );
  });

  test('can be asked for', async () => {
    await using linear = await createLinearSimulator(workspace);
    const query =
      '{ rateLimitStatus { kind limits { type allowedAmount remainingAmount requestedAmount period } } }';
    expect(await askFor(linear, anything, query)).toEqual({
      rateLimitStatus: {
        kind: 'apiKey',
        limits: [
          {
            type: 'requests',
            allowedAmount: 2500,
            remainingAmount: 2499,
            requestedAmount: 1,
            period: 3_600_000,
          },
          {
            type: 'complexity',
            allowedAmount: 3_000_000,
            remainingAmount: 3_000_000,
            requestedAmount: 0,
            period: 3_600_000,
          },
        ],
      },
    });
  });
});

test('a link in a report leads to a page with the issue and its history, escaped', async () => {
  const hostile = smallIssue(1, {
    title: '<img src=x onerror=alert(1)>',
    history: [
      entry('71', 5, {
        fromStateId: TODO,
        toStateId: TODO,
        addedLabelIds: ['gone'],
        fromPriority: 1,
        toPriority: 2,
      }),
    ],
  });
  await using linear = await createLinearSimulator(smallWorkspace([hostile]));
  const base = linear.url.replace('/graphql', '');
  const page = await fetch(`${base}/issue/PAY-1`);
  const text = await page.text();
  expect(page.status).toBe(200);
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text).not.toContain('<img');
  expect(text).toContain('<td>State</td><td>Todo</td>');
  expect(text).toContain('<td>Priority</td><td>1</td><td>2</td>');
  expect((await fetch(`${base}/issue/NOPE-1`)).status).toBe(404);
});
