import {
  type GraphQLFieldResolver,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Reading } from './computed.ts';
import { type Disorder, pageOfRows } from './connection.ts';
import { fieldValue, isConnection, nodeTypeOf } from './field-value.ts';
import { matches } from './filter.ts';
import type { Row } from './graph.ts';
import { notFound } from './linear-error.ts';
import { NOTHING, neutralValue } from './neutral.ts';
import { rowOrder } from './row-order.ts';

/** What one request is answered from. */
export interface Answering extends Reading {
  readonly disorder: Disorder | undefined;
  readonly rateLimitStatus: object;
}

/** Answers any field of the schema: from the workspace where it has the data, else with what stands for none. */
export const resolveField: GraphQLFieldResolver<unknown, Answering, Readonly<Record<string, unknown>>> = (
  source,
  args,
  answering,
  info,
) => {
  const { parentType, fieldName, returnType, schema } = info;
  const field = parentType.getFields()[fieldName];
  if (field === undefined) return undefined;
  const value =
    parentType === schema.getQueryType()
      ? rootValue(args, answering, info)
      : isRow(source)
        ? fieldValue(parentType, field, source, answering)
        : undefined;
  if (isLeafType(getNullableType(returnType))) return value ?? neutralValue(schema, returnType);
  const type = getNamedType(returnType);
  if (isObjectType(type) && isConnection(type)) {
    return connectionOf(type, Array.isArray(value) ? value : [], args, answering, info);
  }
  return value ?? neutralValue(schema, returnType);
};

function rootValue(
  args: Readonly<Record<string, unknown>>,
  { graph, rateLimitStatus }: Answering,
  { fieldName, returnType }: GraphQLResolveInfo,
): unknown {
  const type = getNamedType(returnType);
  if (!isObjectType(type)) return undefined;
  if (isConnection(type)) return graph.rows(nodeTypeOf(type)?.name ?? '');
  if (isListType(getNullableType(returnType))) return undefined;
  if (fieldName === 'rateLimitStatus') return rateLimitStatus;
  if (fieldName === 'viewer') return graph.workspace.users[0];
  if (fieldName === 'organization') return graph.workspace.organization;
  const { id } = args;
  if (typeof id !== 'string') return undefined;
  const found =
    type.name === 'Issue'
      ? graph.issueNamed(id)
      : (graph.byId(type.name, id) ??
        (type.name === 'Team' ? graph.workspace.teams.find(({ key }) => key === id) : undefined) ??
        (type.name === 'User' && id === 'me' ? graph.workspace.users[0] : undefined));
  if (found === undefined) throw notFound(type.name);
  return found;
}

function connectionOf(
  type: GraphQLObjectType,
  rows: readonly Row[],
  args: Readonly<Record<string, unknown>>,
  answering: Answering,
  info: GraphQLResolveInfo,
): object {
  const nodeType = nodeTypeOf(type);
  if (nodeType === undefined) return {};
  const known = info.parentType.getFields()[info.fieldName]?.args ?? [];
  const has = (name: string): boolean => known.some((argument) => argument.name === name);
  const filterType = known.find(({ name }) => name === 'filter')?.type;
  const filter = args['filter'];
  const reading = { ...answering, schema: info.schema };
  const shown = rows
    .filter((row) => !has('includeArchived') || args['includeArchived'] === true || !isArchived(row))
    .filter(
      (row) =>
        !has('includeDisabled') || args['includeDisabled'] === true || Reflect.get(row, 'active') !== false,
    )
    .filter(
      (row) =>
        filter === undefined ||
        filter === null ||
        matches(nodeType, row, Object(filter), inputType(filterType), reading),
    );
  return pageOfRows(shown, rows, rowOrder(nodeType, args, answering), args, answering.disorder);
}

function inputType(type: unknown): GraphQLInputObjectType {
  if (!isInputObjectType(type)) throw new TypeError('A filter argument is an input object in every schema.');
  return type;
}

function isArchived(row: Row): boolean {
  return Reflect.get(row, 'archivedAt') !== undefined;
}

function isRow(source: unknown): source is Row {
  return typeof source === 'object' && source !== null && source !== NOTHING;
}
