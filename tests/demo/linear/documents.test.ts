import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { ask } from './ask.ts';
import { LINEAR_SCHEMAS, schemaAt } from './schemas.ts';
import { CYCLE, DOING, entry, smallIssue, smallWorkspace, TODO } from './small-workspace.ts';

const path = sharedPath('linear-queries.graphql');
const text = path === undefined ? '' : readFileSync(path, 'utf8');
const operations = [...text.matchAll(/^query (\w+)/gm)].map(([, name]) => name ?? '');
const history = [entry('71', 5, { fromStateId: TODO, toStateId: DOING })];
const workspace = smallWorkspace([smallIssue(1, { history })]);
const variables = {
  first: 20,
  gte: '2026-01-01T00:00:00.000Z',
  lte: '2026-12-31T00:00:00.000Z',
  hist: 5,
  spans: 5,
  issues: 20,
  small: 10,
};

describe.each(LINEAR_SCHEMAS)('the documents of a sync, by Linear %s', (_, schema) => {
  test.skipIf(path === undefined || schema === undefined)('are valid (needs ../shared)', () => {
    expect(validate(schemaAt(schema ?? ''), parse(text))).toEqual([]);
  });
});

describe.each([['our own selection', undefined] as const, ...LINEAR_SCHEMAS])(
  'the documents of a sync, by the schema %s',
  (version, schema) => {
    const isAbsent = path === undefined || (schema === undefined && version !== 'our own selection');

    test.skipIf(isAbsent)('are answered without an error (needs ../shared)', async () => {
      expect(operations).toHaveLength(22);
      await using linear = await createLinearSimulator(workspace, schema === undefined ? {} : { schema });
      for (const operationName of operations) {
        const id = operationName === 'CycleRollover' ? CYCLE : 'PAY-1';
        const body = JSON.stringify({ query: text, operationName, variables: { ...variables, id } });
        const response = await ask(linear, '', {}, { body });
        expect([operationName, response.status, await response.json()]).toEqual([
          operationName,
          200,
          { data: expect.any(Object) },
        ]);
      }
      expect(linear.requests.map(({ operation }) => operation)).toEqual(operations);
      expect(linear.violations).toEqual([]);
    });
  },
);
