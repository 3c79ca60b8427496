import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  validateSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { LINEAR_SCHEMAS, schemaAt } from './schemas.ts';

const own = buildSchema(
  readFileSync(new URL('../../../src/demo/linear/schema.graphql', import.meta.url), 'utf8'),
);

test('our own selection of the schema is a valid schema', () => {
  expect(validateSchema(own)).toEqual([]);
});

describe.each(LINEAR_SCHEMAS)('our own selection beside Linear %s', (_, path) => {
  test.skipIf(path === undefined)('says nothing that Linear does not (needs ../shared/data/schemas)', () => {
    const linear = schemaAt(path ?? '');
    const coordinates = Object.values(own.getTypeMap()).flatMap((type) => partsOf(type));
    expect(coordinates.length).toBeGreaterThan(600);
    const theirs = new Set(Object.values(linear.getTypeMap()).flatMap((type) => partsOf(type)));
    expect(coordinates.filter((part) => !theirs.has(part))).toEqual([]);
  });

  test.skipIf(path === undefined)('a planted difference is caught (needs ../shared/data/schemas)', () => {
    const theirs = typesOf(schemaAt(path ?? ''), 'IssueHistory');
    expect(theirs).toContain('IssueHistory.fromStateId: String');
    expect(theirs).not.toContain('IssueHistory.fromStateId: String!');
  });
});

function typesOf(schema: GraphQLSchema, name: string): readonly string[] {
  const type = schema.getType(name);
  return type === undefined ? [] : partsOf(type);
}

/** Everything a type says, one line each: its fields, their types, and their arguments. */
function partsOf(type: GraphQLNamedType): readonly string[] {
  const { name } = type;
  if (isEnumType(type)) return type.getValues().map((value) => `${name}.${value.name}`);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map(
      (field) => `input ${name}.${field.name}: ${String(field.type)}`,
    );
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [name];
  return Object.values(type.getFields()).flatMap((field) => [
    `${name}.${field.name}: ${String(field.type)}`,
    ...field.args.map((argument) => `${name}.${field.name}(${argument.name}: ${String(argument.type)})`),
  ]);
}
