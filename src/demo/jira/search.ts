import { z } from 'zod';
import { shuffled } from '../faults.ts';
import { type Disorder, readInput, type Simulation } from './call.ts';
import { JiraHttpError } from './http-error.ts';
import { type JqlCondition, type JqlOrder, type JqlQuery, parseJql } from './jql.ts';
import type { JiraIssue, JiraSite } from './model.ts';
import { readPageToken, writePageToken } from './page-token.ts';
import { chooseFields, type FieldChoice, shownIssue } from './shown-issue.ts';
import { sightOf } from './sight.ts';

/** `GET` and `POST /rest/api/3/search/jql`, with the input of either. */
export function searchIssues(simulation: Simulation, input: unknown, disorder?: Disorder): object {
  const request = readInput(searchRequest, input);
  const choice = chooseFields(request.fields);
  const expand = request.expand ?? '';
  const rows = indexRows(simulation, request.jql ?? '', new Set(request.reconcileIssues?.map(String)));
  const query = [request.jql, request.fields, expand, request.reconcileIssues];
  const now = simulation.clock.now();
  const token =
    request.nextPageToken === undefined ? undefined : readPageToken(request.nextPageToken, query, now);
  const from = (disorder?.kind === 'repeat_page' ? token?.from : token?.next) ?? 0;
  const next =
    disorder?.kind === 'repeat_page' && token !== undefined ? token.next : from + pageSize(request, choice);
  const page = rows.slice(from, next);
  return {
    issues: (disorder?.kind === 'shuffled' ? shuffled(page, disorder.seed) : page).map((row) =>
      shownIssue(simulation, row.issue, row.updated, choice, expand.split(',')),
    ),
    isLast: next >= rows.length,
    ...(next < rows.length ? { nextPageToken: writePageToken({ from, next }, query, now) } : {}),
  };
}

/** `POST /rest/api/3/search/approximate-count`. */
export function countIssues(simulation: Simulation, input: unknown): object {
  const { jql } = readInput(z.strictObject({ jql: z.string() }), input);
  return { count: indexRows(simulation, jql, new Set()).length };
}

/** A query string knows only text: lists come repeated or with commas, numbers as digits. */
const list = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',') : value),
  z.array(z.string()).optional(),
);
const searchRequest = z.strictObject({
  jql: z.string().optional(),
  nextPageToken: z
    .string()
    .nullish()
    .transform((token) => token ?? undefined),
  maxResults: z.coerce.number().int().min(0).optional(),
  fields: list,
  expand: z.string().optional(),
  properties: list,
  fieldsByKeys: z.unknown().optional(),
  failFast: z.unknown().optional(),
  reconcileIssues: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(z.coerce.number().int()).max(50).optional(),
  ),
});

/** Any field beyond the identity shrinks the page, whatever was asked. */
const MOST_ROWS = { identity: 5000, fields: 100 } as const;

function pageSize(request: { readonly maxResults?: number | undefined }, choice: FieldChoice): number {
  const asked = request.maxResults === undefined || request.maxResults === 0 ? 50 : request.maxResults;
  return Math.min(asked, MOST_ROWS[choice.kind]);
}

interface IndexRow {
  readonly issue: JiraIssue;
  /** As the index knows it. */
  readonly updated: number;
}

/** The pages of one search follow one another: what the last few were about is kept for as long as the site is the same. */
const found = new WeakMap<JiraSite, Map<string, readonly IndexRow[]>>();
const MOST_KEPT = 8;

function indexRows(
  simulation: Simulation,
  jql: string,
  reconciled: ReadonlySet<string>,
): readonly IndexRow[] {
  const kept = found.get(simulation.site) ?? new Map<string, readonly IndexRow[]>();
  found.set(simulation.site, kept);
  const question = JSON.stringify([jql, simulation.clock.now() - simulation.indexLag, [...reconciled]]);
  const rows = kept.get(question) ?? sortedRows(simulation, jql, reconciled);
  kept.delete(question);
  kept.set(question, rows);
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  return rows;
}

function sortedRows(
  simulation: Simulation,
  jql: string,
  reconciled: ReadonlySet<string>,
): readonly IndexRow[] {
  const query = parseJql(jql);
  const matches = matcherOf(simulation, query);
  return simulation.site.issues
    .flatMap((issue) => {
      const updated = reconciled.has(issue.id) ? issue.updated : indexedUpdate(simulation, issue);
      return updated === undefined ? [] : [{ issue, updated }];
    })
    .filter(matches)
    .toSorted(inOrder(query.order));
}

/** The issue's `updated` as the index knows it; undefined while it has not heard of the issue. */
function indexedUpdate({ clock, indexLag }: Simulation, issue: JiraIssue): number | undefined {
  const horizon = clock.now() - indexLag;
  if (issue.updated <= horizon) return issue.updated;
  const known = [issue.created, ...issue.histories.map(({ created }) => created)].filter(
    (at) => at <= horizon,
  );
  return issue.created > horizon ? undefined : Math.max(...known);
}

function matcherOf({ site }: Simulation, { conditions }: JqlQuery): (row: IndexRow) => boolean {
  const isShown = sightOf(site);
  const live = site.projects.filter(({ state = 'live' }) => state === 'live');
  const projectIds = ({ projects }: Extract<JqlCondition, { readonly kind: 'project' }>) =>
    new Set(
      projects.map((name) => {
        const found = live.find(({ id, key }) => id === name || key.toLowerCase() === name.toLowerCase());
        if (found !== undefined) return found.id;
        throw new JiraHttpError(400, `The value '${name}' does not exist for the field 'project'.`);
      }),
    );
  const testOf = (condition: JqlCondition): ((row: IndexRow) => boolean) => {
    switch (condition.kind) {
      case 'project': {
        const ids = projectIds(condition);
        return ({ issue }) => ids.has(issue.fields.project.id);
      }
      case 'updated':
        return ({ updated }) => condition.instants.has(updated);
      case 'id': {
        const shown = new Set(site.issues.filter(isShown).map(({ id }) => id));
        const missing = [...condition.ids].find((id) => !shown.has(id));
        if (missing === undefined) return ({ issue }) => condition.ids.has(issue.id);
        throw new JiraHttpError(400, `A value with ID '${missing}' does not exist for the field 'id'.`);
      }
      case 'not': {
        const all = condition.all.map(testOf);
        return (row) => !all.every((test) => test(row));
      }
      case 'since':
      case 'until': {
        const { field, kind, instant } = condition;
        return ({ issue, updated }) => {
          const value = field === 'created' ? issue.created : updated;
          return kind === 'since' ? value >= instant : value <= instant;
        };
      }
      default:
        return condition satisfies never;
    }
  };
  const tests = conditions.map(testOf);
  return (row) => isShown(row.issue) && tests.every((test) => test(row));
}

function inOrder(order: readonly JqlOrder[]): (a: IndexRow, b: IndexRow) => number {
  const orders: readonly JqlOrder[] = order.length === 0 ? [{ field: 'created', direction: 'desc' }] : order;
  return (a, b) => {
    for (const { field, direction } of orders) {
      const difference = compare(a, b, field);
      if (difference !== 0) return direction === 'asc' ? difference : -difference;
    }
    return compare(a, b, 'id');
  };
}

function compare(a: IndexRow, b: IndexRow, field: JqlOrder['field']): number {
  switch (field) {
    case 'created':
      return a.issue.created - b.issue.created;
    case 'updated':
      return a.updated - b.updated;
    case 'id':
      return Number(a.issue.id) - Number(b.issue.id);
    case 'key':
      return a.issue.key.localeCompare(b.issue.key, 'en', { numeric: true });
    default:
      return field satisfies never;
  }
}
