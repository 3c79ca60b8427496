import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { type Compute, computedField, INVERSE, type Reading } from './computed.ts';
import type { Row } from './graph.ts';

/**
 * The value of a field, for an answer or for a filter: a scalar, a row, or all rows of a list or connection, not yet
 * paged. Undefined when the simulator has no data for it.
 */
export function fieldValue(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  row: Row,
  reading: Reading,
): unknown {
  if (Object.hasOwn(row, field.name)) return Reflect.get(row, field.name);
  const { compute, inverse, reference } = sourceOf(type, field);
  if (compute !== undefined) return compute(row, reading);
  if (inverse !== undefined) return reading.graph.referring(inverse[0], inverse[1], row.id);
  if (reference === undefined) return undefined;
  const held: unknown = Reflect.get(row, reference.property);
  if (typeof held === 'string') return reading.graph.byId(reference.type, held);
  return Array.isArray(held)
    ? held.map((id) => reading.graph.byId(reference.type, String(id))).filter((found) => found !== undefined)
    : undefined;
}

export function isConnection(type: GraphQLObjectType): boolean {
  return type.name.endsWith('Connection') && Object.hasOwn(type.getFields(), 'nodes');
}

/** What the nodes of a connection are. */
export function nodeTypeOf(connection: GraphQLObjectType): GraphQLObjectType | undefined {
  const nodes = connection.getFields()['nodes'];
  const type = nodes === undefined ? undefined : getNamedType(nodes.type);
  return isObjectType(type) ? type : undefined;
}

/** Where a field's value comes from when the row does not have it itself. */
interface Source {
  readonly compute?: Compute;
  readonly inverse?: readonly [type: string, property: string];
  /** The property that holds the id, or ids, of what the field shows. */
  readonly reference?: { readonly type: string; readonly property: string };
}

/** Most fields of most rows are absent, so where to look for them is found out once. */
const sources = new WeakMap<object, Source>();

function sourceOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Source {
  const known = sources.get(field);
  if (known !== undefined) return known;
  const source = findSource(type, field);
  sources.set(field, source);
  return source;
}

function findSource(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Source {
  const name = `${type.name}.${field.name}`;
  const compute = computedField(name);
  if (compute !== undefined) return { compute };
  const inverse = INVERSE.get(name);
  if (inverse !== undefined) return { inverse };
  const inner = getNamedType(field.type);
  if (!isObjectType(inner)) return {};
  const isMany = isListType(getNullableType(field.type)) || isConnection(inner);
  const target = isConnection(inner) ? nodeTypeOf(inner)?.name : inner.name;
  if (target === undefined) return {};
  const property = isMany ? `${field.name.replace(/s$/, '')}Ids` : `${field.name}Id`;
  return { reference: { type: target, property } };
}
