import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** One question for every condition on one field that the filters of a schema's lists know, one relation deep. */
export function everyFilter(schema: GraphQLSchema): readonly string[] {
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  return roots.flatMap(({ name, args }) => {
    const filter = args.find((argument) => argument.name === 'filter');
    const needsMore = args.some(
      ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined,
    );
    if (filter === undefined || needsMore) return [];
    return conditionsIn(filter.type, 1).map(
      (condition) => `${name}(first: 1, filter: ${condition}) { __typename }`,
    );
  });
}

function conditionsIn(type: GraphQLInputType, depth: number): readonly string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => {
    if (field.name === 'and' || field.name === 'or') return [];
    const isFilter = getNamedType(field.type).name.endsWith('Filter');
    const inner = isFilter && depth > 0 ? conditionsIn(field.type, depth - 1) : [literal(field.type)];
    return inner.map((condition) => `{ ${field.name}: ${condition} }`);
  });
}

/** Any value of a type: of an object its simplest condition. */
function literal(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literal(nullable.ofType)}]`;
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? '';
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter(({ name }) => name !== 'and' && name !== 'or');
    const simple = fields.find(({ name }) => ['eq', 'null', 'length'].includes(name)) ?? fields[0];
    return simple === undefined ? '{}' : `{ ${simple.name}: ${literal(simple.type)} }`;
  }
  return SCALARS.get(nullable.name) ?? '"00000000-0000-4000-8000-000000000001"';
}

const SCALARS: ReadonlyMap<string, string> = new Map([
  ['Int', '1'],
  ['Float', '1'],
  ['Boolean', 'true'],
  ['DateTime', '"2026-01-01"'],
  ['DateTimeOrDuration', '"2026-01-01"'],
  ['TimelessDate', '"2026-01-01"'],
  ['TimelessDateOrDuration', '"2026-01-01"'],
  ['Duration', '"P1D"'],
]);
