import { readFileSync } from 'node:fs';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { staticComplexity } from '#demo/linear/complexity.ts';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { ask, refusal } from './ask.ts';
import { smallIssue, smallWorkspace } from './small-workspace.ts';

const schema = buildSchema(
  readFileSync(new URL('../../../src/demo/linear/schema.graphql', import.meta.url), 'utf8'),
);
const path = sharedPath('linear-queries.graphql');

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}, name?: string): number {
  const document = parse(query);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error(`No operation ${name}`);
  return staticComplexity(schema, document, operation, variables);
}

describe('what a query costs', () => {
  // The three examples of linear.app/developers/rate-limiting.
  test.each([
    ['an object and a property', '{ user(id: "me") { name } }', 2],
    ['fifty rows unless told', '{ user(id: "me") { createdIssues { nodes { id title createdAt } } } }', 66],
    [
      'as many rows as asked',
      '{ user(id: "me") { createdIssues(first: 10) { nodes { id title createdAt } } } }',
      14,
    ],
  ])('%s', (_, query, points) => {
    expect(costOf(query)).toBe(points);
  });

  test('counts rows asked for by a variable, through fragments, and `pageInfo` once', () => {
    const query =
      'query Q($n: Int!) { issues(last: $n) { ...Page } } ' +
      'fragment Page on IssueConnection { nodes { id ... on Issue { state { id } } } pageInfo { hasNextPage endCursor } }';
    // 100 × (1 + 0.1 + 1 + 0.1) + 1.2
    expect(costOf(query, { n: 100 })).toBe(222);
  });

  test('edges cost what nodes do, and a cursor more', () => {
    // 10 × (0.1 + 1 + 0.1)
    expect(costOf('{ issues(first: 10) { edges { cursor node { id } } } }')).toBe(12);
  });

  // As worked out beforehand for the documents of a sync.
  test.skipIf(path === undefined).each([
    ['IssueCensus', { first: 250 }, 327],
    ['HistoryTail', {}, 1428],
    ['IssueRelations', { first: 250 }, 927],
    ['Attachments', { first: 250 }, 752],
    ['Comments', { first: 250 }, 702],
    ['Cycles', { first: 250 }, 902],
    ['Projects', { first: 250 }, 4777],
    ['InitiativeUpdates', { first: 250 }, 977],
    ['Reference', {}, 2311],
    ['Poll', { issues: 50, hist: 10, small: 20 }, 4386],
  ])('%s of ../shared/linear-queries.graphql', (name, variables, points) => {
    expect(costOf(readFileSync(path ?? '', 'utf8'), variables, name)).toBe(points);
  });
});

describe('the most a query may cost', () => {
  const workspace = smallWorkspace([smallIssue(1)]);
  const greedy = '{ issues(first: 250) { nodes { id children(first: 250) { nodes { id } } } } }';

  test('is what it could cost, whatever its rows are', async () => {
    await using linear = await createLinearSimulator(workspace);
    // 250 × (1.1 + 250 × 1.1)
    expect(await refusal(await ask(linear, greedy))).toBe(
      '400 INPUT_ERROR The query is too complex. Complexity: 69025. Maximum allowed complexity: 10000.',
    );
    expect(linear.requests.map(({ complexity }) => complexity)).toEqual([0]);
  });

  test('or, if so chosen, what its answer did', async () => {
    await using linear = await createLinearSimulator(workspace, { cap: 'actual' });
    const response = await ask(linear, greedy);
    expect([response.status, response.headers.get('x-complexity')]).toEqual([200, '2']);
    expect(linear.requests.map(({ complexity }) => complexity)).toEqual([2]);
  });
});
