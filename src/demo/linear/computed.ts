import type { GraphQLSchema } from 'graphql';
import type { Graph, Row } from './graph.ts';
import { notEntitled } from './linear-error.ts';
import type { LinearComment, LinearCycle, LinearIssue, LinearProject } from './model.ts';
import { stateSpans } from './state-spans.ts';

/** What a field is worked out from. */
export interface Reading {
  readonly graph: Graph;
  readonly now: number;
  /** Absent where no filter is judged. */
  readonly schema?: GraphQLSchema;
  /** Where the simulator listens, without a slash at the end. */
  readonly baseUrl: string;
}

export type Compute = (row: Row, reading: Reading) => unknown;
type FieldsOf<Entity extends Row> = Readonly<Record<string, (row: Entity, reading: Reading) => unknown>>;

/** Fields that follow from other data, and some that only a filter knows, as `Type.field`. */
export function computedField(name: string): Compute | undefined {
  return COMPUTED.get(name);
}

/** Rows that refer to this one, as `Type.field`: the type they have and the property that refers. */
export const INVERSE: ReadonlyMap<string, readonly [type: string, property: string]> = new Map([
  ['Team.issues', ['Issue', 'teamId']],
  ['Team.states', ['WorkflowState', 'teamId']],
  ['Team.cycles', ['Cycle', 'teamId']],
  ['Team.labels', ['IssueLabel', 'teamId']],
  ['Team.projects', ['Project', 'teamIds']],
  ['Team.children', ['Team', 'parentId']],
  ['WorkflowState.issues', ['Issue', 'stateId']],
  ['User.assignedIssues', ['Issue', 'assigneeId']],
  ['User.createdIssues', ['Issue', 'creatorId']],
  ['User.delegatedIssues', ['Issue', 'delegateId']],
  ['IssueLabel.issues', ['Issue', 'labelIds']],
  ['IssueLabel.children', ['IssueLabel', 'parentId']],
  ['Cycle.issues', ['Issue', 'cycleId']],
  ['Project.issues', ['Issue', 'projectId']],
  ['Project.projectMilestones', ['ProjectMilestone', 'projectId']],
  ['Project.projectUpdates', ['ProjectUpdate', 'projectId']],
  ['Project.initiativeToProjects', ['InitiativeToProject', 'projectId']],
  ['ProjectMilestone.issues', ['Issue', 'projectMilestoneId']],
  ['Initiative.initiativeUpdates', ['InitiativeUpdate', 'initiativeId']],
  ['Initiative.initiativeToProjects', ['InitiativeToProject', 'initiativeId']],
  ['Release.issues', ['Issue', 'releaseIds']],
  ['Issue.children', ['Issue', 'parentId']],
  ['Issue.relations', ['IssueRelation', 'issueId']],
  ['Issue.inverseRelations', ['IssueRelation', 'relatedIssueId']],
  ['Issue.attachments', ['Attachment', 'issueId']],
  ['Issue.comments', ['Comment', 'issueId']],
]);

const PRIORITY_LABELS = ['No priority', 'Urgent', 'High', 'Medium', 'Low'];

const COMPUTED: ReadonlyMap<string, Compute> = new Map([
  ...fieldsOf<LinearIssue>('Issue', {
    identifier: (issue, { graph }) => graph.identifierOf(issue),
    url: (issue, { graph, baseUrl }) => `${baseUrl}/issue/${graph.identifierOf(issue)}`,
    branchName: (issue, { graph }) => graph.identifierOf(issue).toLowerCase(),
    priorityLabel: ({ priority }) => PRIORITY_LABELS[priority] ?? '',
    stateHistory: (issue) => stateSpans(issue),
    // Only filters know these.
    hasBlockingRelations: ({ id }, { graph }) => relates(graph, 'issueId', id, 'blocks'),
    hasBlockedByRelations: ({ id }, { graph }) => relates(graph, 'relatedIssueId', id, 'blocks'),
    hasDuplicateRelations: ({ id }, { graph }) => relates(graph, 'issueId', id, 'duplicate'),
    hasRelatedRelations: ({ id }, { graph }) =>
      relates(graph, 'issueId', id, 'related') || relates(graph, 'relatedIssueId', id, 'related'),
    slaStatus: ({ slaBreachesAt, completedAt }, { now }) => {
      if (slaBreachesAt === undefined) return undefined;
      if (completedAt !== undefined) return completedAt > slaBreachesAt ? 'Failed' : 'Completed';
      return slaBreachesAt < now ? 'Breached' : 'LowRisk';
    },
  }),
  ...fieldsOf<Row>('IssueHistory', { issue: ({ id }, { graph }) => graph.issueOfEntry(id) }),
  ...fieldsOf<LinearCycle>('Cycle', {
    isActive: (cycle, { now }) => isActive(cycle, now),
    isFuture: ({ startsAt }, { now }) => startsAt > now,
    isPast: (cycle, { now }) => cycle.startsAt <= now && !isActive(cycle, now),
  }),
  ...fieldsOf<LinearProject>('Project', {
    identifier: () => {
      throw notEntitled('Project.identifier');
    },
    url: ({ slugId }, { baseUrl }) => `${baseUrl}/project/${slugId}`,
    state: ({ statusId }, { graph }) =>
      graph.workspace.projectStatuses.find(({ id }) => id === statusId)?.type,
    initiatives: ({ id }, { graph }) =>
      graph.workspace.initiativeToProjects
        .filter(({ projectId }) => projectId === id)
        .map(({ initiativeId }) => graph.byId('Initiative', initiativeId)),
  }),
  ...fieldsOf<LinearComment>('Comment', {
    url: ({ id, issueId }, { graph, baseUrl }) => {
      const issue = graph.issueNamed(issueId);
      const place = issue === undefined ? '' : graph.identifierOf(issue);
      return `${baseUrl}/issue/${place}#comment-${id.slice(0, 8)}`;
    },
  }),
  ...fieldsOf<Row>('Initiative', {
    identifier: () => {
      throw notEntitled('Initiative.identifier');
    },
    projects: ({ id }, { graph }) =>
      graph.workspace.initiativeToProjects
        .filter(({ initiativeId }) => initiativeId === id)
        .map(({ projectId }) => graph.byId('Project', projectId)),
  }),
  ...fieldsOf<Row>('User', {
    isMe: ({ id }, { graph }) => id === graph.workspace.users[0]?.id,
  }),
  ...fieldsOf<Row & { readonly name: string }>('Team', {
    displayName: ({ name }) => name,
    issueCount: ({ id }, { graph }) => graph.referring('Issue', 'teamId', id).length,
    members: (_, { graph }) => graph.rows('User'),
  }),
  ...fieldsOf<Row>('Organization', {
    teams: (_, { graph }) => graph.rows('Team'),
    users: (_, { graph }) => graph.rows('User'),
    labels: (_, { graph }) => graph.rows('IssueLabel'),
    projectStatuses: (_, { graph }) => graph.rows('ProjectStatus'),
    createdIssueCount: (_, { graph }) => graph.rows('Issue').length,
    userCount: (_, { graph }) => graph.rows('User').length,
  }),
]);

function fieldsOf<Entity extends Row>(
  type: string,
  fields: FieldsOf<Entity>,
): readonly (readonly [string, Compute])[] {
  return Object.entries<FieldsOf<Entity>[string]>(fields).map(([field, compute]) => [
    `${type}.${field}`,
    // Tables and types are paired in `graph.ts`: a row of this type is an `Entity`.
    (row, reading) => compute(row as Entity, reading),
  ]);
}

function relates(graph: Graph, property: string, id: string, type: string): boolean {
  return graph.referring('IssueRelation', property, id).some((row) => Reflect.get(row, 'type') === type);
}

function isActive({ startsAt, endsAt, completedAt }: LinearCycle, now: number): boolean {
  return startsAt <= now && now < (completedAt ?? endsAt);
}
