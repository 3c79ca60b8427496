import { z } from 'zod';
import { shuffled } from '../faults.ts';
import { type Disorder, readInput, type Simulation } from './call.ts';
import { JiraHttpError } from './http-error.ts';
import type { JiraHistory, JiraIssue, JiraSite } from './model.ts';
import { readPageToken, writePageToken } from './page-token.ts';
import { pageOf } from './pages.ts';
import { chooseFields, shownIssue } from './shown-issue.ts';
import { sightOf } from './sight.ts';

/**
 * `POST /rest/api/3/changelog/bulkfetch`: histories of up to 1,000 issues, by date and then by issue, so that one
 * issue's spread over pages. Unknown ids are passed over.
 */
export function bulkHistories(simulation: Simulation, input: unknown, disorder?: Disorder): object {
  const request = readInput(historiesRequest, input);
  const rows = findIssues(simulation.site, request.issueIdsOrKeys)
    .flatMap((issue) => issue.histories.map((history) => ({ issueId: issue.id, history })))
    .flatMap(({ issueId, history }) => {
      const kept = withFields(history, request.fieldIds);
      return kept === undefined ? [] : [{ issueId, history: kept }];
    })
    .toSorted(
      (a, b) =>
        a.history.created - b.history.created ||
        Number(a.issueId) - Number(b.issueId) ||
        Number(a.history.id) - Number(b.history.id),
    );
  const query = [request.issueIdsOrKeys, request.fieldIds];
  const now = simulation.clock.now();
  const token =
    request.nextPageToken === undefined ? undefined : readPageToken(request.nextPageToken, query, now);
  const from = (disorder?.kind === 'repeat_page' ? token?.from : token?.next) ?? 0;
  const next =
    disorder?.kind === 'repeat_page' && token !== undefined ? token.next : from + request.maxResults;
  const page = rows.slice(from, next);
  const byIssue = new Map<string, JiraHistory[]>();
  for (const { issueId, history } of disorder?.kind === 'shuffled' ? page.toReversed() : page) {
    const histories = byIssue.get(issueId) ?? [];
    byIssue.set(issueId, histories);
    histories.push(history);
  }
  return {
    issueChangeLogs: [...byIssue].map(([issueId, histories]) => ({
      issueId,
      changeHistories: histories.map((history) => simulation.render.history(history, 'number')),
    })),
    nextPageToken: next < rows.length ? writePageToken({ from, next }, query, now) : null,
  };
}

/** `GET /rest/api/3/issue/{id}/changelog`: one issue's histories, oldest first, at most 100 a page. */
export function issueHistories(
  simulation: Simulation,
  idOrKey: string,
  input: unknown,
  disorder?: Disorder,
): object {
  const query = readInput(startAtQuery, input);
  const [issue] = findIssues(simulation.site, [idOrKey]);
  if (issue === undefined) {
    throw new JiraHttpError(404, 'Issue does not exist or you do not have permission to see it.');
  }
  const page = pageOf(issue.histories, { maxResults: 100, ...query }, 100);
  const values = page.values.map((history) => simulation.render.history(history, 'text'));
  return { ...page, values: disorder?.kind === 'shuffled' ? values.toReversed() : values };
}

/** `GET /rest/api/3/issue/{id}/comment`: the comments of an issue, oldest first. */
export function issueComments(simulation: Simulation, idOrKey: string, query: unknown): object {
  const request = readInput(startAtQuery, query);
  const [issue] = findIssues(simulation.site, [idOrKey]);
  if (issue === undefined) {
    throw new JiraHttpError(404, 'Issue does not exist or you do not have permission to see it.');
  }
  const { values, ...page } = pageOf(issue.comments ?? [], { maxResults: 100, ...request }, 100);
  return { ...page, comments: values.map((comment) => simulation.render.comment(issue, comment)) };
}

/** `POST /rest/api/3/issue/bulkfetch`: issues by id, in order of id. What cannot be seen is left out without a word. */
export function bulkIssues(simulation: Simulation, input: unknown, disorder?: Disorder): object {
  const request = readInput(issuesRequest, input);
  const most = mayFetchThousand(simulation, request) ? 1000 : 100;
  if (request.issueIdsOrKeys.length > most) {
    throw new JiraHttpError(400, `The number of issues requested exceeds the limit of ${most}.`);
  }
  const issues = findIssues(simulation.site, request.issueIdsOrKeys).toSorted(
    (a, b) => Number(a.id) - Number(b.id),
  );
  const choice = chooseFields(request.fields ?? ['*navigable']);
  return {
    issues: (disorder?.kind === 'shuffled' ? shuffled(issues, disorder.seed) : issues).map((issue) =>
      shownIssue(simulation, issue, issue.updated, choice, request.expand ?? []),
    ),
    issueErrors: [],
  };
}

export const startAtQuery = z.looseObject({
  startAt: z.coerce.number().int().min(0).optional(),
  maxResults: z.coerce.number().int().min(1).optional(),
});

const historiesRequest = z.strictObject({
  issueIdsOrKeys: z.array(z.string()).min(1).max(1000),
  fieldIds: z.array(z.string()).max(10).optional(),
  maxResults: z.number().int().min(1).max(10_000).default(1000),
  nextPageToken: z
    .string()
    .nullish()
    .transform((token) => token ?? undefined),
});

const issuesRequest = z.strictObject({
  issueIdsOrKeys: z.array(z.string()).min(1),
  fields: z.array(z.string()).optional(),
  expand: z.array(z.string()).optional(),
  fieldsByKeys: z.boolean().optional(),
  properties: z.array(z.string()).optional(),
});

/** Issues by id, by key, or by a key they had before they were moved; each once, only those the reader is shown. */
function findIssues(site: JiraSite, idsOrKeys: readonly string[]): readonly JiraIssue[] {
  const wanted = new Set(idsOrKeys);
  const isShown = sightOf(site);
  const oldKeys = ({ histories }: JiraIssue): readonly (string | null | undefined)[] =>
    histories.flatMap(({ items }) =>
      items.filter(({ field }) => field === 'Key').map((item) => item.fromString),
    );
  return site.issues.filter(
    (issue) =>
      isShown(issue) &&
      (wanted.has(issue.id) ||
        wanted.has(issue.key) ||
        oldKeys(issue).some((key) => typeof key === 'string' && wanted.has(key))),
  );
}

/** The history with only the items of the named fields: those without a field id are lost, as in Jira. */
function withFields(history: JiraHistory, fieldIds: readonly string[] | undefined): JiraHistory | undefined {
  if (fieldIds === undefined || fieldIds.length === 0) return history;
  const items = history.items.filter(({ fieldId }) => fieldId !== undefined && fieldIds.includes(fieldId));
  return items.length === 0 ? undefined : { ...history, items };
}

/**
 * Only few plain fields, and nothing expanded, may be had for 1,000 issues at once. Whether lists of options count as
 * plain, Jira does not say.
 */
function mayFetchThousand(
  { site, isWide }: Simulation,
  { fields = [], expand = [] }: z.infer<typeof issuesRequest>,
): boolean {
  const many = new Set(site.fields.filter(({ schema }) => schema.type === 'array').map(({ id }) => id));
  return (
    fields.length > 0 &&
    fields.length <= 100 &&
    expand.length === 0 &&
    fields.every(
      (field) => !/^[-*]|^(comment|worklog|attachment)$/.test(field) && (isWide || !many.has(field)),
    )
  );
}
