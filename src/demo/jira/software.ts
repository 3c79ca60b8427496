import { z } from 'zod';
import { readInput, type Simulation } from './call.ts';
import { JiraHttpError } from './http-error.ts';
import type { JiraIssue, JiraSprintValue } from './model.ts';
import { readPageToken, writePageToken } from './page-token.ts';
import { chooseFields, shownIssue } from './shown-issue.ts';
import { sightOf } from './sight.ts';

/** Which issues a list of `/rest/software/1.0` is about. A board shows what its project holds. */
export interface IssueList {
  readonly boardId?: string;
  readonly sprintId?: string;
  /** Only what is in no sprint that is under way or to come. */
  readonly isBacklog?: boolean;
}

/** The lists of issues that moved from `/rest/agile/1.0`: by page token, 50 a page unless asked, at most 5,000. */
export function softwareIssues(simulation: Simulation, list: IssueList, input: unknown): object {
  const request = readInput(query, input);
  const issues = issuesOf(simulation, list);
  const asked = [list, request.fields];
  const now = simulation.clock.now();
  const from =
    request.nextPageToken === undefined ? 0 : readPageToken(request.nextPageToken, asked, now).next;
  const next = from + Math.min(request.maxResults ?? 50, 5000);
  const choice = chooseFields(request.fields ?? ['*navigable']);
  return {
    issues: issues
      .slice(from, next)
      .map((issue) => shownIssue(simulation, issue, issue.updated, choice, request.expand?.split(',') ?? [])),
    isLast: next >= issues.length,
    ...(next < issues.length ? { nextPageToken: writePageToken({ from, next }, asked, now) } : {}),
  };
}

/** How many issues such a list has. */
export function softwareCount(simulation: Simulation, list: IssueList): object {
  return { count: issuesOf(simulation, list).length };
}

const query = z.looseObject({
  nextPageToken: z.string().optional(),
  maxResults: z.coerce.number().int().min(1).optional(),
  fields: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',') : value),
    z.array(z.string()).optional(),
  ),
  expand: z.string().optional(),
});

function issuesOf({ site }: Simulation, { boardId, sprintId, isBacklog }: IssueList): readonly JiraIssue[] {
  const board = site.boards.find(({ id }) => String(id) === boardId);
  const sprint = site.sprints.find(({ id }) => String(id) === sprintId);
  const isMissing = (id: string | undefined, row: unknown): boolean => id !== undefined && row === undefined;
  if (isMissing(boardId, board) || isMissing(sprintId, sprint)) {
    throw new JiraHttpError(404, 'It does not exist or you do not have permission to view it.');
  }
  const field = site.fields.find(({ schema }) => schema.custom?.endsWith(':gh-sprint'))?.id ?? '';
  const sprintsOf = (issue: JiraIssue): readonly JiraSprintValue[] =>
    Array.isArray(issue.fields[field]) ? (issue.fields[field] as readonly JiraSprintValue[]) : [];
  const open = new Set(site.sprints.filter(({ state }) => state !== 'closed').map(({ id }) => id));
  return site.issues
    .filter(sightOf(site))
    .filter((issue) => board === undefined || issue.fields.project.id === board.projectId)
    .filter((issue) => sprint === undefined || sprintsOf(issue).some(({ id }) => id === sprint.id))
    .filter((issue) => isBacklog !== true || !sprintsOf(issue).some(({ id }) => open.has(id)));
}
