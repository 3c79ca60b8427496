import { JiraHttpError } from './http-error.ts';

/** A search the simulated site understands: all conditions hold, rows come in the stated order. */
export interface JqlQuery {
  readonly conditions: readonly JqlCondition[];
  readonly order: readonly JqlOrder[];
}

export type JqlCondition =
  | { readonly kind: 'project'; readonly projects: readonly string[] }
  | { readonly kind: 'since'; readonly field: 'created' | 'updated'; readonly instant: number };

export interface JqlOrder {
  readonly field: 'created' | 'updated' | 'key' | 'id';
  readonly direction: 'asc' | 'desc';
}

/**
 * Reads the part of JQL that a sync needs: `project = X`, `project in (X, Y)`, `created >= ms`, `updated >= ms`,
 * joined by `AND`, and `ORDER BY` up to seven of `created`, `updated`, `key`, `id`. Instants are bare epoch
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
    conditions: where.split(/\band\b/i).map((clause) => parseCondition(clause.trim())),
    order: order === undefined ? [] : parseOrder(order),
  };
}

const MOST_ORDER_FIELDS = 7;

function parseCondition(clause: string): JqlCondition {
  const [, one, many] =
    /^project\s*(?:=\s*([^\s,()]+|"[^"]*"|'[^']*')|in\s*\(([^()]*)\))$/i.exec(clause) ?? [];
  const projects = (one ?? many)?.split(',').map((value) => value.trim().replaceAll(/^["']|["']$/g, ''));
  if (projects !== undefined && !projects.includes('')) return { kind: 'project', projects };
  const [, name, instant] = /^(created|updated)\s*>=\s*(\d+)$/i.exec(clause) ?? [];
  if (instant !== undefined) {
    return { kind: 'since', field: /^c/i.test(name ?? '') ? 'created' : 'updated', instant: Number(instant) };
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
