import type { Compute, Reading } from './computed.ts';
import type { Row } from './graph.ts';
import type { LinearIssue, LinearProject } from './model.ts';

/**
 * What only filters know, as `Type.field`: times in milliseconds, texts that are searched, and rows that lead there. Of
 * what the workspace has no data for there is none, which a comparator sees as absent, a count as 0, and a question
 * whether there is one as no.
 */
export function filterOnly(name: string, conditionType: string): Compute {
  return FILTER_ONLY.get(name) ?? (() => ABSENT.get(conditionType));
}

const ABSENT: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['RelationExistsComparator', false],
  ['BooleanComparator', false],
  ['NumberComparator', 0],
]);

type Span = readonly [from: number | undefined, to: number | undefined];

const lasting =
  (span: (issue: LinearIssue, now: number) => Span): Compute =>
  (row, { now }) => {
    const [from, to] = span(row as LinearIssue, now);
    return from === undefined || to === undefined ? undefined : to - from;
  };

const FILTER_ONLY: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  // An issue that has ended is no older for it.
  [
    'Issue.ageTime',
    lasting(({ createdAt, completedAt, canceledAt }, now) => [
      createdAt,
      completedAt === undefined && canceledAt === undefined ? now : undefined,
    ]),
  ],
  ['Issue.leadTime', lasting(({ createdAt, completedAt }) => [createdAt, completedAt])],
  ['Issue.cycleTime', lasting(({ startedAt, completedAt }) => [startedAt, completedAt])],
  ['Issue.triageTime', lasting(({ startedTriageAt, triagedAt }) => [startedTriageAt, triagedAt])],
  ['Issue.searchableContent', (row) => textsOf(row, 'title', 'description')],
  ['Project.searchableContent', (row) => textsOf(row, 'name', 'description', 'content')],
  ['Project.accessibleTeams', (row, reading) => rowsNamed(reading, 'Team', (row as LinearProject).teamIds)],
  ['Project.nextProjectMilestone', (row, reading) => milestones(row, reading, false)[0]],
  ['Project.completedProjectMilestones', (row, reading) => milestones(row, reading, true)],
  ['Project.healthWithAge', (row) => (row as LinearProject).health],
  ['Initiative.healthWithAge', (row) => Reflect.get(row, 'health')],
  ['Initiative.teams', (row, reading) => rowsNamed(reading, 'Team', teamsOf(row, reading))],
  ['ProjectStatus.projects', ({ id }, { graph }) => graph.referring('Project', 'statusId', id)],
  ['Team.users', (_, { graph }) => graph.rows('User')],
]);

function textsOf(row: Row, ...properties: readonly string[]): string {
  return properties.map((property) => String(Reflect.get(row, property) ?? '')).join('\n');
}

function rowsNamed({ graph }: Reading, type: string, ids: readonly string[]): readonly Row[] {
  return ids.flatMap((id) => graph.byId(type, id) ?? []);
}

/** Of the teams whose projects an initiative has. */
function teamsOf({ id }: Row, { graph }: Reading): readonly string[] {
  const projects = graph.workspace.initiativeToProjects
    .filter(({ initiativeId }) => initiativeId === id)
    .map(({ projectId }) => graph.byId('Project', projectId));
  return [...new Set(projects.flatMap((project) => (project as LinearProject | undefined)?.teamIds ?? []))];
}

function milestones({ id }: Row, { graph }: Reading, areDone: boolean): readonly Row[] {
  return graph.referring('ProjectMilestone', 'projectId', id).filter((milestone) => {
    const issues = graph.referring('Issue', 'projectMilestoneId', milestone.id);
    return isDone(issues) === areDone;
  });
}

function isDone(issues: readonly Row[]): boolean {
  return issues.length > 0 && issues.every((issue) => Reflect.get(issue, 'completedAt') !== undefined);
}
