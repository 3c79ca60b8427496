import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** How many rows a connection gives unless told. */
export const DEFAULT_PAGE = 50;

/**
 * What a query costs before a row is read: a property 0.1 point, an object 1, a connection its children times `first`
 * (or `last`), whether so many rows exist or not; the sum is rounded up. `pageInfo` is not multiplied.
 */
export function staticComplexity(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = fragmentsOf(document);
  const root = schema.getRootType(operation.operation);
  if (root === undefined || root === null) return 0;
  return rounded(pointsOf(root, operation.selectionSet));

  function pointsOf(parent: GraphQLCompositeType, { selections }: SelectionSetNode, rows = 1): number {
    let points = 0;
    for (const selection of selections) {
      if (selection.kind === 'Field') {
        const name = selection.name.value;
        const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        if (field === undefined) continue;
        const type = getNamedType(field.type);
        if (!isCompositeType(type) || selection.selectionSet === undefined) {
          points += POINTS_OF_PROPERTY;
        } else if (isConnection(type)) {
          const asked = selection.arguments?.find((argument) =>
            ['first', 'last'].includes(argument.name.value),
          );
          points += pointsOf(type, selection.selectionSet, numberOf(asked?.value) ?? DEFAULT_PAGE);
        } else if (isConnection(parent)) {
          points += connectionPart(name, pointsOf(type, selection.selectionSet), rows);
        } else {
          points += POINTS_OF_OBJECT + pointsOf(type, selection.selectionSet);
        }
      } else {
        const inside = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
        const condition = inside?.typeCondition?.name.value;
        const type = condition === undefined ? parent : schema.getType(condition);
        if (inside !== undefined && isCompositeType(type))
          points += pointsOf(type, inside.selectionSet, rows);
      }
    }
    return points;
  }

  function numberOf(value: ValueNode | undefined): number | undefined {
    if (value?.kind === 'IntValue') return Number(value.value);
    const given = value?.kind === 'Variable' ? variables[value.name.value] : undefined;
    return typeof given === 'number' ? given : undefined;
  }
}

/** What the rows that an answer really holds cost. `data` is the answer, keyed as the query names it. */
export function actualComplexity(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  data: unknown,
): number {
  const fragments = fragmentsOf(document);
  const shapes = new Map<SelectionSetNode, Shape>();
  const root = schema.getRootType(operation.operation);
  if (root === undefined || root === null) return 0;
  return rounded(pointsOf(root, operation.selectionSet, data));

  function pointsOf(parent: GraphQLCompositeType, selected: SelectionSetNode, value: unknown): number {
    if (typeof value !== 'object' || value === null) return 0;
    const { properties, objects } = shapeOf(parent, selected);
    let points = properties * POINTS_OF_PROPERTY;
    for (const { key, type, selectionSet, own } of objects) {
      const inner: unknown = Reflect.get(value, key);
      if (Array.isArray(inner)) {
        for (const one of inner) points += one === null ? 0 : own + pointsOf(type, selectionSet, one);
      } else if (inner !== null && inner !== undefined) points += own + pointsOf(type, selectionSet, inner);
    }
    return points;
  }

  /** What is asked of each object, found out once and not for every row. */
  function shapeOf(parent: GraphQLCompositeType, selected: SelectionSetNode): Shape {
    const known = shapes.get(selected);
    if (known !== undefined) return known;
    let properties = 0;
    const objects: Shape['objects'][number][] = [];
    for (const selection of selected.selections) {
      if (selection.kind === 'Field') {
        const name = selection.name.value;
        const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        if (field === undefined) continue;
        const type = getNamedType(field.type);
        if (isCompositeType(type) && selection.selectionSet !== undefined) {
          const own = isConnection(type) || name === 'edges' ? 0 : POINTS_OF_OBJECT;
          objects.push({
            key: selection.alias?.value ?? name,
            type,
            selectionSet: selection.selectionSet,
            own,
          });
        } else properties += 1;
      } else {
        const inside = selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
        const condition = inside?.typeCondition?.name.value;
        const type = condition === undefined ? parent : schema.getType(condition);
        if (inside === undefined || !isCompositeType(type)) continue;
        const shape = shapeOf(type, inside.selectionSet);
        properties += shape.properties;
        objects.push(...shape.objects);
      }
    }
    const shape = { properties, objects };
    shapes.set(selected, shape);
    return shape;
  }
}

interface Shape {
  readonly properties: number;
  readonly objects: readonly {
    readonly key: string;
    readonly type: GraphQLCompositeType;
    readonly selectionSet: SelectionSetNode;
    /** Points of the object itself. */
    readonly own: number;
  }[];
}

const POINTS_OF_PROPERTY = 0.1;
const POINTS_OF_OBJECT = 1;

/** `nodes` are objects, one a row; the `node` within `edges` is one already; `pageInfo` comes once. */
function connectionPart(name: string, points: number, rows: number): number {
  if (name === 'nodes') return rows * (POINTS_OF_OBJECT + points);
  return name === 'edges' ? rows * points : POINTS_OF_OBJECT + points;
}

function isConnection(type: GraphQLCompositeType): boolean {
  return type.name.endsWith('Connection');
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((node) =>
      node.kind === 'FragmentDefinition' ? [[node.name.value, node] as const] : [],
    ),
  );
}

/** Tenths do not add up to whole numbers in binary: 1.2 + 0.1 + … must not be rounded up for its last bit. */
function rounded(points: number): number {
  return Math.ceil(Number(points.toFixed(6)));
}
