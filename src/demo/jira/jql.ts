import { JiraHttpError } from './http-error.ts';

/** A search the simulated site understands: all conditions hold, rows come in the stated order. */
export interface JqlQuery {
  readonly conditions: readonly JqlCondition[];
  readonly order: readonly JqlOrder[];
}

export type JqlCondition =
  | { readonly kind: 'project'; readonly projects: readonly string[] }
  | {
      readonly kind: 'since' | 'until';
      readonly field: 'created' | 'updated';
      readonly instant: number;
    }
  | { readonly kind: 'updated'; readonly instants: ReadonlySet<number> }
  | { readonly kind: 'id'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'not'; readonly all: readonly JqlCondition[] };

export interface JqlOrder {
  readonly field: 'created' | 'updated' | 'key' | 'id';
  readonly direction: 'asc' | 'desc';
}

/**
 * Reads the part of JQL that a sync needs: `project = X`, `project in (X, Y)`, `created` and `updated` with `>= ms` or
 * `<= ms`, `updated in (ms, …)`, `id in (…)`, joined by `AND`, `NOT (…)` of these, and `ORDER BY` up to seven of `created`, `updated`, `key`, `id`. Instants are bare epoch
 * milliseconds: Jira reads a quoted date in the zone of whoever asks, which no sync should rely on.
 *
 * @throws JiraHttpError 400 for anything else, and for a search without a restriction.
 */
export function parseJql(jql: string): JqlQuery {
  const [, where = '', order] = /^(.*?)(?:\border\s+by\b(.*))?$/is.exec(jql.trim()) ?? [];
  if (where.trim() === '') {
    throw new JiraHttpError(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  }
  return {
    conditions: parseAll(where),
    order: order === undefined ? [] : parseOrder(order),
  };
}

const MOST_ORDER_FIELDS = 7;

function parseAll(text: string): readonly JqlCondition[] {
  return clausesIn(text).map((clause) => {
    const [, inner] = /^not\s*\((.*)\)$/is.exec(clause) ?? [];
    return inner === undefined ? parseCondition(clause) : { kind: 'not', all: parseAll(inner) };
  });
}

/** What `AND` joins, outside of parentheses. */
function clausesIn(text: string): readonly string[] {
  const clauses = [''];
  let depth = 0;
  for (const part of text.split(/([()]|\band\b)/i)) {
    if (part === '(') depth += 1;
    if (part === ')') depth -= 1;
    if (depth === 0 && /^and$/i.test(part)) clauses.push('');
    else clauses.push((clauses.pop() ?? '') + part);
  }
  return clauses.map((clause) => clause.trim());
}

function parseCondition(clause: string): JqlCondition {
  const [, listed, values = ''] = /^(updated|id)\s+in\s*\(\s*(\d+(?:\s*,\s*\d+)*)\s*\)$/i.exec(clause) ?? [];
  if (listed !== undefined) {
    const some = values.split(',').map((value) => value.trim());
    return /^u/i.test(listed)
      ? { kind: 'updated', instants: new Set(some.map(Number)) }
      : { kind: 'id', ids: new Set(some) };
  }
  const [, one, many] =
    /^project\s*(?:=\s*([^\s,()]+|"[^"]*"|'[^']*')|in\s*\(([^()]*)\))$/i.exec(clause) ?? [];
  const projects = (one ?? many)?.split(',').map((value) => value.trim().replaceAll(/^["']|["']$/g, ''));
  if (projects !== undefined && !projects.includes('')) return { kind: 'project', projects };
  const [, name, operator, instant] = /^(created|updated)\s*([<>]=)\s*(\d+)$/i.exec(clause) ?? [];
  if (instant !== undefined) {
    return {
      kind: operator === '<=' ? 'until' : 'since',
      field: /^c/i.test(name ?? '') ? 'created' : 'updated',
      instant: Number(instant),
    };
  }
  throw new JiraHttpError(
    400,
    `Error in the JQL Query: this simulated site does not understand '${clause}'.`,
  );
}

function parseOrder(text: string): readonly JqlOrder[] {
  const order = text.split(',').map((part): JqlOrder => {
    const [, field, direction] = /^\s*(created|updated|key|id)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    if (field === undefined)
      throw new JiraHttpError(400, `Error in the JQL Query: cannot order by '${part.trim()}'.`);
    return {
      field: ORDER_FIELDS[field.toLowerCase()] ?? 'id',
      direction: /^d/i.test(direction ?? '') ? 'desc' : 'asc',
    };
  });
  if (order.length > MOST_ORDER_FIELDS) {
    throw new JiraHttpError(
      400,
      `The JQL query orders by ${order.length} fields; ${MOST_ORDER_FIELDS} are allowed.`,
    );
  }
  return order;
}

const ORDER_FIELDS: Readonly<Record<string, JqlOrder['field']>> = {
  created: 'created',
  updated: 'updated',
  key: 'key',
  id: 'id',
};
