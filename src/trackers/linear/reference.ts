import { parseDay } from '#domain/calendar.ts';
import { goalFacts } from '#domain/goal-text.ts';
import type { Instant } from '#domain/issue.ts';
import type {
  Cycle,
  Health,
  HealthUpdate,
  Initiative,
  Project,
  Reference,
  Version,
  WorkflowStatus,
} from '#domain/reference.ts';
import { isLoopback } from '../../loopback.ts';
import { goalProse } from '../goal-prose.ts';
import { notesOf } from './names.ts';
import type { NodeOf } from './reference-kinds.ts';
import { versionOfRelease } from './releases.ts';
import type { NamedTeams } from './teams.ts';
import type { Workspace } from './workspace.ts';

/**
 * The workspace in our words. `url` is the address of the API, `upTo` the newest change that is in it, `named` which teams
 * the configuration means.
 */
export function referenceOf(
  source: string,
  url: string,
  workspace: Workspace,
  upTo: Instant = workspace.date,
  named?: NamedTeams,
): Reference {
  const { id, lists, urlKey, offered } = workspace;
  const { origin, hostname } = new URL(url);
  return {
    source,
    // A simulator is its own site; whatever else stands before the API, people open Linear's.
    siteUrl: isLoopback(hostname) ? origin : `https://linear.app/${urlKey}`,
    siteId: id,
    issuePath: '/issue/',
    projects: lists.projects.map(projectOf),
    statuses: lists.workflowStates.map(statusOf),
    types: [ISSUE_TYPE],
    versions: [...lists.projectMilestones.map(versionOf), ...lists.releases.map(versionOfRelease)],
    cycles: lists.cycles.map(cycleOf),
    labels: lists.issueLabels.map(({ id, name }) => ({ id, name })),
    teams: lists.teams.map(({ id, key, name }) => ({ id, key, name })),
    ...(offered.initiatives
      ? { initiatives: lists.initiatives.map((one) => initiativeOf(one, lists.initiativeToProjects)) }
      : {}),
    updates: [
      ...lists.projectUpdates.map((update) => updateOf(update, { kind: 'project', id: update.project.id })),
      ...lists.initiativeUpdates.map((update) =>
        updateOf(update, { kind: 'initiative', id: update.initiative.id }),
      ),
    ],
    notes: notesOf(workspace, upTo, named),
  };
}

/** Linear has one kind of issue. */
export const ISSUE_TYPE = { id: 'issue', name: 'Issue', level: 0 } as const;

function statusOf({ id, name, type }: NodeOf<'workflowStates'>): WorkflowStatus {
  return { id, name, ...(STATES[type] ?? { category: 'todo' }) };
}

const STATES: Readonly<Record<string, Pick<WorkflowStatus, 'category' | 'stage'> | undefined>> = {
  triage: { category: 'todo', stage: 'backlog' },
  backlog: { category: 'todo', stage: 'backlog' },
  unstarted: { category: 'todo' },
  started: { category: 'in_progress' },
  completed: { category: 'done' },
  canceled: { category: 'done', stage: 'cancelled' },
  duplicate: { category: 'done', stage: 'cancelled' },
};

const HEALTH: Readonly<Record<string, Health | undefined>> = {
  onTrack: 'on_track',
  atRisk: 'at_risk',
  offTrack: 'off_track',
};

function healthOf(value: string | null | undefined): { readonly health?: Health } {
  const health = HEALTH[value ?? ''];
  return health === undefined ? {} : { health };
}

function projectOf(project: NodeOf<'projects'>): Project {
  const { id, slugId, name, health, status, startDate, targetDate, startedAt } = project;
  const endedAt = project.completedAt ?? project.canceledAt;
  const goneSince = goneSinceOf(project);
  const startDay = parseDay(startDate ?? '');
  const targetDay = parseDay(targetDate ?? '');
  return {
    id,
    key: slugId || id,
    name,
    ...healthOf(health),
    ...(startDay === undefined ? {} : { startDay }),
    ...(targetDay === undefined ? {} : { targetDay }),
    status,
    ...(startedAt == null ? {} : { startedAt }),
    ...(endedAt == null ? {} : { endedAt }),
    ...(goneSince === undefined ? {} : { goneSince }),
    ...textsOf(project),
  };
}

/** What a project's summary and its text say of a goal. They were asked for if there is any. */
function textsOf(project: NodeOf<'projects'>): Pick<Project, 'isLed' | 'texts'> {
  const { updatedAt, description, content, lead, creator } = project;
  if (description === undefined) return {};
  const names = [lead, creator].flatMap((person) => (person ? [person.name, person.displayName] : []));
  const text = goalProse.markdown(`${description ?? ''}\n\n${content ?? ''}`);
  return { isLed: lead != null, texts: [{ since: updatedAt, facts: goalFacts(text, names) }] };
}

function versionOf({ id, name, status, targetDate, project }: NodeOf<'projectMilestones'>): Version {
  const releaseDay = parseDay(targetDate ?? '');
  return {
    id,
    projectId: project.id,
    name,
    kind: 'milestone',
    released: status === 'done',
    ...(releaseDay === undefined ? {} : { releaseDay }),
  };
}

function cycleOf(cycle: NodeOf<'cycles'>): Cycle {
  const { id, name, number, startsAt, endsAt, completedAt, scopeHistory, completedScopeHistory, team } =
    cycle;
  return {
    id,
    name: name || `Cycle ${number}`,
    startAt: startsAt,
    plannedEndAt: endsAt,
    ...(completedAt == null ? {} : { endedAt: completedAt }),
    ...(team == null ? {} : { teamId: team.id }),
    daily: { scope: scopeHistory, completed: completedScopeHistory },
  };
}

function initiativeOf(
  initiative: NodeOf<'initiatives'>,
  memberships: readonly NodeOf<'initiativeToProjects'>[],
): Initiative {
  const { id, name, status, health, targetDate } = initiative;
  const targetDay = parseDay(targetDate ?? '');
  const goneSince = goneSinceOf(initiative);
  return {
    id,
    name,
    ...(status ? { status } : {}),
    ...healthOf(health),
    ...(targetDay === undefined ? {} : { targetDay }),
    projectIds: memberships
      .filter((one) => one.initiative.id === id && one.archivedAt == null)
      .map(({ project }) => project.id),
    ...(goneSince === undefined ? {} : { goneSince }),
  };
}

/** What is in the trash is archived as well. */
function goneSinceOf({ updatedAt, archivedAt, trashed }: Gone): Instant | undefined {
  return archivedAt ?? (trashed === true ? updatedAt : undefined);
}

type Gone = Pick<NodeOf<'projects'>, 'updatedAt' | 'archivedAt' | 'trashed'>;

/** One that was taken back says nothing any more, and had said it until then. */
function updateOf(
  { id, createdAt, health, archivedAt }: Omit<NodeOf<'projectUpdates'>, 'project'>,
  about: HealthUpdate['about'],
): HealthUpdate {
  return {
    id,
    about,
    at: createdAt,
    ...healthOf(health),
    ...(archivedAt == null ? {} : { goneSince: archivedAt }),
  };
}
