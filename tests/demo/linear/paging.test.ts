import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { ask, askFor, connection, refusal } from './ask.ts';
import {
  BUG,
  DOING,
  entry,
  MINUTE,
  START,
  smallIssue,
  smallWorkspace,
  TODO,
  uuid,
} from './small-workspace.ts';

const numbers = z.object({ issues: connection(z.object({ number: z.number() })) });
const READ = 'nodes { number } pageInfo { hasNextPage endCursor }';

/** Issues 1 to 6, of which 3, 4 and 5 changed in one millisecond; 6 is archived. */
const workspace = smallWorkspace(
  [1, 2, 3, 4, 5, 6].map((number) => ({
    ...smallIssue(number),
    updatedAt: START + (number >= 3 && number <= 5 ? 300 : 100 + number) * MINUTE,
    ...(number === 6 ? { archivedAt: START + 500 * MINUTE } : {}),
  })),
);

describe('the order of rows', () => {
  test.each([
    ['newest first', '', [5, 4, 3, 2, 1]],
    ['newest change first, by `orderBy`', 'orderBy: updatedAt', [3, 4, 5, 2, 1]],
    ['oldest change first, by `sort`', 'sort: [{ updatedAt: { order: Ascending } }]', [1, 2, 3, 4, 5]],
    ['oldest change last, by `sort`', 'sort: [{ updatedAt: { order: Descending } }]', [3, 4, 5, 2, 1]],
    ['with the archive', 'includeArchived: true', [6, 5, 4, 3, 2, 1]],
    ['the last rows', 'last: 2', [2, 1]],
  ])('%s', async (_, args, expected) => {
    await using linear = await createLinearSimulator(workspace);
    const list = args === '' ? 'issues' : `issues(${args})`;
    const { issues } = await askFor(linear, numbers, `{ ${list} { ${READ} } }`);
    expect(issues.nodes.map(({ number }) => number)).toEqual(expected);
  });

  test('`sort` is refused where Linear has none, with status 400', async () => {
    await using linear = await createLinearSimulator(workspace);
    const query = '{ issueLabels(sort: [{ updatedAt: { order: Ascending } }]) { nodes { id } } }';
    expect(await refusal(await ask(linear, query))).toBe(
      '400 GRAPHQL_VALIDATION_FAILED Unknown argument "sort" on field "Query.issueLabels".',
    );
    expect(linear.violations.map(({ errors }) => errors)).toEqual([
      ['Unknown argument "sort" on field "Query.issueLabels".'],
    ]);
  });
});

describe('pages', () => {
  const WALK = `query ($after: String) {
    issues(first: 2, after: $after, includeArchived: true, sort: [{ updatedAt: { order: Ascending } }]) { ${READ} }
  }`;

  test('lead through all rows, also through a tie, to the last', async () => {
    await using linear = await createLinearSimulator(workspace);
    const pages: (readonly number[])[] = [];
    let after: string | undefined;
    do {
      const { issues } = await askFor(linear, numbers, WALK, after === undefined ? {} : { after });
      pages.push(issues.nodes.map(({ number }) => number));
      after = issues.pageInfo?.hasNextPage === true ? (issues.pageInfo.endCursor ?? undefined) : undefined;
    } while (after !== undefined);
    expect(pages).toEqual([
      [1, 2],
      [6, 3],
      [4, 5],
    ]);
  });

  test('go on where they ended when rows before have moved to the end meanwhile', async () => {
    await using linear = await createLinearSimulator(workspace);
    const { issues } = await askFor(linear, numbers, WALK);
    linear.edits.update(uuid('1001'), { priority: 1 });
    const next = await askFor(linear, numbers, WALK, { after: issues.pageInfo?.endCursor });
    expect(next.issues.nodes.map(({ number }) => number)).toEqual([6, 3]);
  });

  test('leap with the row that a cursor stands for, as in Linear, also out of the filter', async () => {
    await using linear = await createLinearSimulator(workspace);
    const filtered = WALK.replace(
      'first: 2,',
      'first: 2, filter: { updatedAt: { lte: "2026-03-02T00:00:00.000Z" } },',
    );
    const { issues } = await askFor(linear, numbers, filtered);
    const after = issues.pageInfo?.endCursor;
    linear.edits.update(uuid('1002'), { priority: 1 });
    expect((await askFor(linear, numbers, filtered, { after })).issues.nodes).toEqual([]);
    linear.edits.purge(uuid('1002'));
    const next = await askFor(linear, numbers, filtered, { after });
    expect(next.issues.nodes.map(({ number }) => number)).toEqual([6, 3]);
  });

  test('lead backwards from a cursor', async () => {
    await using linear = await createLinearSimulator(workspace);
    const edges = z.object({
      issues: z.object({
        edges: z.array(z.object({ cursor: z.string(), node: z.object({ number: z.number() }) })),
      }),
    });
    const { issues } = await askFor(linear, edges, '{ issues { edges { cursor node { number } } } }');
    expect(issues.edges.map(({ node }) => node.number)).toEqual([5, 4, 3, 2, 1]);
    const before = issues.edges[3]?.cursor;
    const page = await askFor(
      linear,
      numbers,
      `query ($b: String) { issues(last: 2, before: $b) { ${READ} } }`,
      {
        b: before,
      },
    );
    expect(page.issues.nodes.map(({ number }) => number)).toEqual([4, 3]);
  });

  test('have 250 rows at most: more is an error, with status 200', async () => {
    await using linear = await createLinearSimulator(workspace);
    expect(await refusal(await ask(linear, `{ issues(first: 251) { ${READ} } }`))).toBe(
      '200 INVALID_INPUT first must not be greater than 250',
    );
    expect((await ask(linear, `{ issues(first: 250) { ${READ} } }`)).status).toBe(200);
  });

  test('a cursor of another kind is an error', async () => {
    await using linear = await createLinearSimulator(workspace);
    expect(await refusal(await ask(linear, '{ issues(after: "x") { nodes { id } } }'))).toBe(
      '200 INVALID_INPUT after must be a cursor of this connection',
    );
  });
});

describe('a history', () => {
  const history = Array.from({ length: 60 }, (_, index) =>
    entry(String(2000 + index), 100 + index, {
      fromStateId: index % 2 === 0 ? TODO : DOING,
      toStateId: index % 2 === 0 ? DOING : TODO,
      addedLabelIds: [BUG],
      ...(index === 0 ? { archivedAt: START } : {}),
    }),
  );
  const long = smallWorkspace([smallIssue(1, { history })]);
  const shape = z.object({
    issue: z.object({
      history: connection(z.object({ id: z.string(), toState: z.object({ name: z.string() }) })),
    }),
  });
  const query = (args: string): string =>
    `{ issue(id: "PAY-1") { history(${args}) { nodes { id toState { name } } pageInfo { hasNextPage endCursor } } } }`;

  test('is paged like any list, newest first, without its archived entries unless asked', async () => {
    await using linear = await createLinearSimulator(long);
    const first = await askFor(linear, shape, query('first: 50, includeArchived: true'));
    const { nodes, pageInfo } = first.issue.history;
    expect([nodes.length, nodes[0], pageInfo?.hasNextPage]).toEqual([
      50,
      { id: uuid('2059'), toState: { name: 'Todo' } },
      true,
    ]);
    const rest = await askFor(
      linear,
      shape,
      query(`first: 50, includeArchived: true, after: "${pageInfo?.endCursor}"`),
    );
    expect(rest.issue.history.nodes.map(({ id }) => id)).toEqual(
      history
        .slice(0, 10)
        .map(({ id }) => id)
        .toReversed(),
    );
    const shown = await askFor(linear, shape, query('first: 250'));
    expect(shown.issue.history.nodes).toHaveLength(59);
  });

  test('has no list of its own at the root', async () => {
    await using linear = await createLinearSimulator(long);
    expect((await ask(linear, '{ issueHistories { nodes { id } } }')).status).toBe(400);
  });

  test('tells how long the issue was in each state', async () => {
    await using linear = await createLinearSimulator(
      smallWorkspace([smallIssue(1, { stateId: TODO, history: history.slice(0, 2) })]),
    );
    const spans = z.object({ issue: z.object({ stateHistory: connection(z.unknown()) }) });
    const answer = await askFor(
      linear,
      spans,
      '{ issue(id: "PAY-1") { stateHistory { nodes { stateId startedAt endedAt } } } }',
    );
    expect(answer.issue.stateHistory.nodes).toEqual([
      { stateId: TODO, startedAt: '2026-03-01T00:01:00.000Z', endedAt: '2026-03-01T01:40:00.000Z' },
      { stateId: DOING, startedAt: '2026-03-01T01:40:00.000Z', endedAt: '2026-03-01T01:41:00.000Z' },
      { stateId: TODO, startedAt: '2026-03-01T01:41:00.000Z', endedAt: null },
    ]);
  });
});
