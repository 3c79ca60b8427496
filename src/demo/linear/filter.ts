import {
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { satisfies } from './compare.ts';
import { computedField, type Reading } from './computed.ts';
import { fieldValue, isConnection, nodeTypeOf } from './field-value.ts';
import { filterOnly } from './filter-only.ts';
import type { Row } from './graph.ts';

type Filter = Readonly<Record<string, unknown>>;

/** Whether a row satisfies a filter of the schema; conditions on data the simulator does not have see it absent. */
export function matches(
  type: GraphQLObjectType,
  row: Row,
  filter: Filter,
  filterType: GraphQLInputObjectType,
  reading: Reading,
): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    if (condition === null || condition === undefined || key === 'null') return true;
    if (key === 'and' || key === 'or') {
      const parts = filtersIn(condition).map((part) => matches(type, row, part, filterType, reading));
      return key === 'and' ? parts.every(Boolean) : parts.some(Boolean);
    }
    const conditionType = inputOf(filterType, key);
    if (conditionType === undefined) return true;
    const { value, valueType } = valueFor(type, key, row, reading, conditionType);
    const inner = Object(condition) as Filter;
    if (conditionType.name.endsWith('Comparator')) {
      return satisfies(value, inner, conditionType.name, reading.now);
    }
    if (conditionType.name.endsWith('CollectionFilter')) {
      return matchesAll(valueType, rowsIn(value), inner, conditionType, reading);
    }
    const [related] = rowsIn(value);
    if (typeof inner['null'] === 'boolean' && (related === undefined) !== inner['null']) return false;
    if (related !== undefined && valueType !== undefined) {
      return matches(valueType, related, inner, conditionType, reading);
    }
    return inner['null'] === true || Object.keys(inner).length === 0;
  });
}

function matchesAll(
  type: GraphQLObjectType | undefined,
  rows: readonly Row[],
  filter: Filter,
  filterType: GraphQLInputObjectType,
  reading: Reading,
): boolean {
  const one = (row: Row, part: unknown, partType: GraphQLInputObjectType | undefined): boolean =>
    type !== undefined && partType !== undefined && matches(type, row, Object(part), partType, reading);
  return Object.entries(filter).every(([key, condition]) => {
    if (condition === null || condition === undefined) return true;
    const partType = inputOf(filterType, key);
    switch (key) {
      case 'some':
        return rows.some((row) => one(row, condition, partType));
      case 'every':
        return rows.every((row) => one(row, condition, partType));
      case 'length':
        return satisfies(rows.length, Object(condition), 'NumberComparator', reading.now);
      case 'null':
        return (rows.length === 0) === condition;
      case 'and':
        return filtersIn(condition).every((part) => matchesAll(type, rows, part, filterType, reading));
      case 'or':
        return filtersIn(condition).some((part) => matchesAll(type, rows, part, filterType, reading));
      default:
        // A condition on the collection itself is one that some row of it satisfies.
        return rows.some((row) => one(row, { [key]: condition }, filterType));
    }
  });
}

function valueFor(
  type: GraphQLObjectType,
  key: string,
  row: Row,
  reading: Reading,
  conditionType: GraphQLInputObjectType,
): { readonly value: unknown; readonly valueType?: GraphQLObjectType } {
  const field = type.getFields()[key];
  if (field === undefined) {
    const name = `${type.name}.${key}`;
    const value = (computedField(name) ?? filterOnly(name, conditionType.name))(row, reading);
    const rows = reading.schema?.getType(conditionType.name.replace(/^Nullable|(Collection)?Filter$/g, ''));
    return isObjectType(rows) ? { value, valueType: rows } : { value };
  }
  const named = getNamedType(field.type);
  const valueType = isObjectType(named) && isConnection(named) ? nodeTypeOf(named) : named;
  const value = fieldValue(type, field, row, reading);
  return isObjectType(valueType) ? { value, valueType } : { value };
}

function inputOf(filterType: GraphQLInputObjectType, key: string): GraphQLInputObjectType | undefined {
  const field = filterType.getFields()[key];
  const type = field === undefined ? undefined : getNamedType(field.type);
  return isInputObjectType(type) ? type : undefined;
}

function filtersIn(condition: unknown): readonly Filter[] {
  return [condition].flat().map((part) => Object(part) as Filter);
}

function rowsIn(value: unknown): readonly Row[] {
  return [value].flat().filter((one): one is Row => typeof one === 'object' && one !== null);
}
