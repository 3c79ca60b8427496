import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';

/**
 * What stands for data the simulator does not have: null where that is allowed, else nothing, zero, the first word of
 * an enumeration, or an object whose fields are as empty. An abstract type is stood for by one that implements it.
 */
export function neutralValue(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return undefined;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isScalarType(inner)) return NEUTRAL_SCALARS.get(inner.name) ?? '';
  if (isEnumType(inner)) return inner.getValues()[0]?.value;
  if (isAbstractType(inner)) return { __typename: schema.getPossibleTypes(inner)[0]?.name };
  return isObjectType(inner) ? NOTHING : undefined;
}

/** What stands for an object: nothing can be worked out from it. */
export const NOTHING: object = Object.freeze({});

const NEUTRAL_SCALARS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['ID', '00000000-0000-4000-8000-000000000000'],
  ['Int', 0],
  ['Float', 0],
  ['Boolean', false],
  ['DateTime', 0],
  ['TimelessDate', '1970-01-01'],
  ['JSON', {}],
  ['JSONObject', {}],
]);
