import type { JiraIssue, JiraSite } from '../jira/model.ts';
import { uuidOf } from './ids.ts';
import type {
  LinearEntity,
  LinearLabel,
  LinearMilestone,
  LinearProject,
  LinearProjectStatus,
  LinearState,
  LinearTeam,
  LinearUser,
} from './model.ts';
import { type LabelKind, linearId, stateType, textsOf, wholeSecond, wordOf } from './recorded-words.ts';

const PROJECT_STATUSES = ['backlog', 'planned', 'started', 'paused', 'completed', 'canceled'] as const;

/** What was there from the beginning: when the first issue was made. */
export function sinceBeginning(site: JiraSite, id: string): LinearEntity {
  const first = site.issues.reduce((earliest, { created }) => Math.min(earliest, created), site.now);
  const at = wholeSecond(first);
  return { id, createdAt: at, updatedAt: at };
}

/** A team for each Jira project. */
export function teamsOf(site: JiraSite): readonly LinearTeam[] {
  return site.projects.map(({ id, key, name }) => ({
    ...sinceBeginning(site, linearId.team(id)),
    key,
    name,
    timezone: site.zone ?? 'Etc/UTC',
    cyclesEnabled: site.boards.some(({ projectId, type }) => projectId === id && type === 'scrum'),
    cycleDuration: 2,
    issueEstimationType: 'linear',
  }));
}

/** Every status for every team; one that only histories know was deleted, so its state is archived. */
export function statesOf(site: JiraSite): readonly LinearState[] {
  const former = new Map<string, string>();
  for (const item of itemsOf(site, 'status')) {
    const { before, after } = textsOf(item);
    if (item.from) former.set(item.from, before);
    if (item.to) former.set(item.to, after);
  }
  const live = site.statuses.map(({ id, name, category }) => ({ id, name, category, isLive: true }));
  const gone = [...former]
    .filter(([id]) => !live.some((status) => status.id === id))
    .map(([id, name]) => ({ id, name, category: undefined, isLive: false }));
  return site.projects.flatMap((project) =>
    [...live, ...gone].map(({ id, name, category, isLive }, position): LinearState => {
      const entity = sinceBeginning(site, linearId.state(project.id, id));
      return {
        ...entity,
        ...(isLive ? {} : { archivedAt: entity.createdAt }),
        teamId: linearId.team(project.id),
        name,
        type: stateType(name, category),
        position,
      };
    }),
  );
}

/** Everyone who ever had an issue or changed one. */
export function usersOf(site: JiraSite): readonly LinearUser[] {
  const names = new Map<string, string>();
  for (const item of itemsOf(site, 'assignee')) {
    const { before, after } = textsOf(item);
    if (item.from) names.set(item.from, before);
    if (item.to) names.set(item.to, after);
  }
  for (const { fields, histories } of site.issues) {
    for (const user of [
      fields.assignee,
      fields.reporter,
      fields.creator,
      ...histories.map(({ author }) => author),
    ]) {
      if (user !== undefined) names.set(user.accountId, user.displayName);
    }
  }
  return [...names].map(([accountId, name]) => ({
    ...sinceBeginning(site, linearId.user(accountId)),
    name,
    displayName: name,
    email: `${linearId.user(accountId)}@evenkeel.example`,
    active: true,
  }));
}

/** The labels an issue has: Jira's labels and components, and its type. */
export function labelIdsOf({ fields }: JiraIssue): readonly string[] {
  return [
    ...(fields.labels ?? []).map((name) => linearId.label('label', name)),
    ...(fields.components ?? []).map(({ name }) => linearId.label('component', name)),
    linearId.label('type', fields.issuetype.name),
  ];
}

/** Every label there is or was. */
export function labelsOf(site: JiraSite): readonly LinearLabel[] {
  const known = new Map<string, string>();
  const add = (kind: LabelKind, names: readonly string[]): void => {
    for (const name of names) if (name !== '') known.set(linearId.label(kind, name), name);
  };
  for (const { fields } of site.issues) {
    add('label', fields.labels ?? []);
    add(
      'component',
      (fields.components ?? []).map(({ name }) => name),
    );
    add('type', [fields.issuetype.name]);
  }
  for (const [word, kind] of [
    ['labels', 'label'],
    ['component', 'component'],
    ['issuetype', 'type'],
  ] as const) {
    for (const { before, after } of itemsOf(site, word).map(textsOf)) {
      add(kind, word === 'labels' ? `${before} ${after}`.split(/\s+/) : [before, after]);
    }
  }
  return [...known].map(([id, name]) => ({ ...sinceBeginning(site, id), name }));
}

export function projectStatusesOf(site: JiraSite): readonly LinearProjectStatus[] {
  return PROJECT_STATUSES.map((type, position) => ({
    ...sinceBeginning(site, uuidOf('project status', type)),
    name: type,
    type,
    position,
  }));
}

/** A project for each epic, and one for each team that delivers versions, which holds the rest of its work. */
export function projectsOf(
  site: JiraSite,
  projectIdsWithVersions: ReadonlySet<string>,
): readonly LinearProject[] {
  const epics = site.issues.filter(isEpic).map((epic): LinearProject => {
    const category = site.statuses.find(({ id }) => id === epic.fields.status.id)?.category ?? 'new';
    const at = wholeSecond(epic.created);
    const status = ({ new: 'planned', indeterminate: 'started', done: 'completed' } as const)[category];
    return {
      id: linearId.project(epic.id),
      createdAt: at,
      updatedAt: wholeSecond(epic.updated),
      name: epic.fields.summary,
      slugId: epic.key.toLowerCase(),
      statusId: uuidOf('project status', status),
      teamIds: [linearId.team(epic.fields.project.id)],
      ...(epic.fields.assignee === undefined
        ? {}
        : { leadId: linearId.user(epic.fields.assignee.accountId) }),
      ...(epic.fields.duedate === undefined ? {} : { targetDate: epic.fields.duedate }),
      progress: status === 'completed' ? 1 : 0,
      scope: site.issues.filter(({ fields }) => fields.parent?.id === epic.id).length,
    };
  });
  const rest = site.projects
    .filter(({ id }) => projectIdsWithVersions.has(id))
    .map(
      ({ id, key, name }): LinearProject => ({
        ...sinceBeginning(site, linearId.teamProject(id)),
        name,
        slugId: key.toLowerCase(),
        statusId: uuidOf('project status', 'started'),
        teamIds: [linearId.team(id)],
        progress: 0,
        scope: site.issues.filter(({ fields }) => fields.project.id === id).length,
      }),
    );
  return [...epics, ...rest];
}

/** A milestone for each version, in the project of its team. */
export function milestonesOf(site: JiraSite): readonly LinearMilestone[] {
  const today = new Date(site.now).toISOString().slice(0, 10);
  return site.versions.map(({ id, projectId, name, released, releaseDate }, sortOrder) => {
    const isOverdue = releaseDate !== undefined && releaseDate < today;
    return {
      ...sinceBeginning(site, linearId.milestone(id)),
      projectId: linearId.teamProject(projectId),
      name,
      ...(releaseDate === undefined ? {} : { targetDate: releaseDate }),
      status: released ? 'done' : isOverdue ? 'overdue' : 'unstarted',
      progress: released ? 1 : 0,
      sortOrder,
    };
  });
}

export function isEpic({ fields }: JiraIssue): boolean {
  return fields.issuetype.hierarchyLevel > 0;
}

function itemsOf(site: JiraSite, word: string) {
  return site.issues
    .flatMap(({ histories }) => histories.flatMap(({ items }) => items))
    .filter((item) => wordOf(item, site) === word);
}
