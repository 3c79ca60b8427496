import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { order } from './compare.ts';
import type { Reading } from './computed.ts';
import { fieldValue } from './field-value.ts';
import type { Row } from './graph.ts';

/** What rows are ordered by, most important first; the id, which comes last, makes every order total. */
export interface RowOrder {
  readonly keyOf: (row: Row, index: number) => readonly unknown[];
  readonly compare: (a: readonly unknown[], b: readonly unknown[]) => number;
}

interface Term {
  readonly read: (row: Row, index: number) => unknown;
  readonly descending: boolean;
  readonly absentFirst: boolean;
}

/**
 * The order a connection is asked for: `sort` says it field by field, `orderBy` means newest first, and without either
 * rows come by creation, newest first. Rows that were never created, such as spans of time, stay as they are.
 */
export function rowOrder(
  type: GraphQLObjectType,
  args: Readonly<Record<string, unknown>>,
  reading: Reading,
): RowOrder {
  const terms = [...sortTerms(type, args['sort'], reading)];
  if (terms.length === 0) {
    const property = args['orderBy'] === 'updatedAt' ? 'updatedAt' : 'createdAt';
    const isDated = Object.hasOwn(type.getFields(), property);
    terms.push(
      isDated
        ? { read: (row) => Reflect.get(row, property), descending: true, absentFirst: false }
        : { read: (_, index) => index, descending: false, absentFirst: false },
    );
  }
  terms.push({ read: (row) => row.id, descending: false, absentFirst: false });
  return {
    keyOf: (row, index) => terms.map(({ read }) => read(row, index)),
    compare: (a, b) => {
      let difference = 0;
      terms.some((term, position) => {
        difference = compareValues(a[position], b[position], term);
        return difference !== 0;
      });
      return difference;
    },
  };
}

/** Reads `[{ updatedAt: { order: Ascending } }, …]`; a related row sorts by its position or its name. */
function sortTerms(type: GraphQLObjectType, sort: unknown, reading: Reading): readonly Term[] {
  const inputs: readonly unknown[] = Array.isArray(sort) ? sort : [];
  return inputs
    .flatMap((input) => Object.entries(Object(input)))
    .map(([name, how]) => {
      const { order: direction, nulls }: { readonly order?: unknown; readonly nulls?: unknown } = Object(how);
      const field = type.getFields()[SORT_FIELDS.get(name) ?? name];
      const related = field === undefined ? undefined : getNamedType(field.type);
      return {
        read: (row) => {
          if (field === undefined) return undefined;
          const value = fieldValue(type, field, row, reading);
          if (!isObjectType(related) || typeof value !== 'object' || value === null) return value;
          return Reflect.get(value, 'position') ?? Reflect.get(value, 'name');
        },
        descending: direction === 'Descending',
        absentFirst: nulls === 'first',
      };
    });
}

const SORT_FIELDS: ReadonlyMap<string, string> = new Map([
  ['workflowState', 'state'],
  ['milestone', 'projectMilestone'],
  ['manual', 'sortOrder'],
]);

function compareValues(a: unknown, b: unknown, { descending, absentFirst }: Term): number {
  if (a === undefined || b === undefined) {
    if (a === b) return 0;
    return (a === undefined) === absentFirst ? -1 : 1;
  }
  const difference = order(a, b);
  if (Number.isNaN(difference)) return 0;
  return descending ? -difference : difference;
}
