import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
  type ValueNode,
} from 'graphql';

/**
 * Points of a query by Linear's published formula, before anything is read: a property 0.1, an object 1, a connection
 * its nodes times `first` (50 when not given), and the sum rounded up.
 */
export function pointsOf(
  schema: GraphQLSchema,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): number {
  const document: DocumentNode = parse(query);
  const fragments = new Map(
    document.definitions.flatMap((part) =>
      part.kind === Kind.FRAGMENT_DEFINITION
        ? [[part.name.value, part.selectionSet.selections] as const]
        : [],
    ),
  );
  const operation = document.definitions.find((part) => part.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new RangeError('no operation');
  return Math.ceil(Math.round(sum('Query', operation.selectionSet.selections) * 10) / 10);

  function sum(type: string, selections: readonly SelectionNode[]): number {
    return selections.reduce((points, selection) => points + one(type, selection), 0);
  }
  function one(type: string, selection: SelectionNode): number {
    if (selection.kind === Kind.INLINE_FRAGMENT) throw new RangeError('our documents have none');
    if (selection.kind === Kind.FRAGMENT_SPREAD) return sum(type, fragments.get(selection.name.value) ?? []);
    const inner = selection.selectionSet?.selections;
    if (inner === undefined) return 0.1;
    const of = schema.getType(type);
    const field = isObjectType(of) ? of.getFields()[selection.name.value] : undefined;
    if (field === undefined) throw new RangeError(`${type} has no ${selection.name.value}`);
    const target = getNamedType(field.type).name;
    if (!target.endsWith('Connection')) return 1 + sum(target, inner);
    return inner.reduce((points, part) => {
      const isNodes = part.kind === Kind.FIELD && part.name.value === 'nodes';
      return points + (isNodes ? rows(selection) * one(target, part) : one(target, part));
    }, 0);
  }
  function rows(field: FieldNode): number {
    const first = field.arguments?.find(({ name }) => name.value === 'first')?.value;
    return first === undefined ? 50 : Number(valueOf(first));
  }
  function valueOf(value: ValueNode): unknown {
    if (value.kind === Kind.VARIABLE) return variables[value.name.value];
    return value.kind === Kind.INT ? value.value : Number.NaN;
  }
}
