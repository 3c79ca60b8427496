import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '#tests/support/shared.ts';
import { ISSUES_A_POLL, LINKED_ISSUES_A_PAGE } from '#trackers/linear/changes.ts';
import * as documents from '#trackers/linear/documents.ts';
import { ISSUES_A_READING } from '#trackers/linear/read.ts';
import { KIND_NAMES, moreOf, referenceQuestion } from '#trackers/linear/reference-kinds.ts';
import { historyTails, relationTails } from '#trackers/linear/tail-documents.ts';
import { rowsOfTails } from '#trackers/linear/tails.ts';
import { ISSUES_A_PAGE } from '#trackers/linear/walk.ts';
import { pointsOf } from './complexity.ts';

type Asked = readonly [name: string, document: documents.LinearDocument, first: number];

/** The most rows of those that do not ask for 250. */
const ROWS: Readonly<Record<string, number>> = {
  WALK: ISSUES_A_PAGE,
  ALL_RELEASES: 100,
};

const OFFERS = [true, false].flatMap((initiatives) =>
  [true, false].map((releases) => ({ initiatives, releases })),
);

/** Every document with the most rows that we ask it for: those that stand, and those that are made. */
const DOCUMENTS: readonly Asked[] = [
  ...Object.entries(documents).flatMap(([name, found]) =>
    isDocument(found) ? [[name, found, ROWS[name] ?? 250] as const] : [],
  ),
  ...OFFERS.flatMap((offered) => {
    const what = JSON.stringify(offered);
    return [
      [`a poll, ${what}`, documents.pollQuestion(offered), ISSUES_A_POLL] as const,
      [`a poll with comments, ${what}`, documents.pollQuestion(offered, true), ISSUES_A_POLL] as const,
      [`linked issues, ${what}`, documents.linkedQuestion(offered), LINKED_ISSUES_A_PAGE] as const,
      [`issues by id, ${what}`, documents.spannedQuestion(offered), ISSUES_A_READING] as const,
      [`the reference, ${what}`, referenceQuestion(offered), 250] as const,
      [`the reference with texts, ${what}`, referenceQuestion(offered, true), 250] as const,
    ];
  }),
  ...KIND_NAMES.flatMap((kind) => [
    [`more ${kind}`, moreOf(kind), 250] as const,
    [`more ${kind} with texts`, moreOf(kind, true), 250] as const,
  ]),
  ...[1, 4, 5, 17, 50, 100].flatMap((count) => [
    [`${count} histories`, historyTails(count), rowsOfTails('histories', count)] as const,
    [`${count} lists of links`, relationTails(count, 'relations'), rowsOfTails('relations', count)] as const,
    [
      `${count} lists of links back`,
      relationTails(count, 'inverseRelations'),
      rowsOfTails('relations', count),
    ] as const,
  ]),
];

function isDocument(value: unknown): value is documents.LinearDocument {
  return typeof value === 'object' && value !== null && 'text' in value && 'data' in value;
}

test('every question that the code writes to Linear is among those that are held to the schemas', () => {
  const folder = new URL('../../../src/trackers/linear/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  const written = files.flatMap((name) =>
    [
      ...readFileSync(new URL(name, folder), 'utf8').matchAll(/`(?:query|mutation|subscription)\s+(\w+)/g),
    ].map(([, operation = '']) => operation),
  );
  // The kinds of the reference come a page at a time, each by a name that is made.
  const held = DOCUMENTS.map(([, { text }]) => /^query (More_|\w+)/.exec(text)?.[1] ?? '');
  expect(written.length).toBeGreaterThanOrEqual(14);
  expect([...new Set(held)].toSorted()).toEqual(written.toSorted());
});

const SCHEMAS = ['linear-88.3.0.official', 'linear-98.0.0.reconstructed'].map(
  (name) => [name, sharedPath(`data/schemas/${name}.graphql.gz`)] as const,
);

describe.skipIf(SCHEMAS.some(([, path]) => path === undefined))(
  'a question to Linear (skipped when ../shared/data/schemas is absent)',
  () => {
    const schemas = new Map<string, GraphQLSchema>();
    const schemaOf = (name: string, path = ''): GraphQLSchema => {
      const schema = schemas.get(name) ?? buildSchema(gunzipSync(readFileSync(path)).toString('utf8'));
      schemas.set(name, schema);
      return schema;
    };

    test.each(SCHEMAS)('is valid by %s', (name, path) => {
      const schema = schemaOf(name, path);
      const errors = DOCUMENTS.flatMap(([what, document]) =>
        validate(schema, parse(document.text)).map(({ message }) => `${what}: ${message}`),
      );
      expect(errors).toEqual([]);
    });

    test('costs at most 10,000 points by Linear’s formula, whatever the answer holds', () => {
      const [name = '', path] = SCHEMAS[0] ?? [];
      const schema = schemaOf(name, path);
      const costs = DOCUMENTS.map(
        ([what, document, first]) => [what, pointsOf(schema, document.text, { first })] as const,
      );
      expect(costs.filter(([, points]) => points > 10_000)).toEqual([]);
      // A first sync of N issues takes a request for every 137, and one that is refused after 69 of them.
      expect(ISSUES_A_PAGE).toBeGreaterThanOrEqual(139);
    });

    test('is a tenth for a property, one for an object, and that times its rows for a list', () => {
      const [name = '', path] = SCHEMAS[0] ?? [];
      const schema = schemaOf(name, path);
      expect(pointsOf(schema, 'query A { viewer { id name } }', {})).toBe(2);
      expect(pointsOf(schema, 'query B { teams { nodes { id name } } }', {})).toBe(60);
    });
  },
);

test('a question is known by its name, which every request gives', () => {
  for (const [, { text }] of DOCUMENTS) expect(text).toMatch(/^query \w+\(/);
});
