import { digest, digestLines } from '#demo/jira/digest.ts';
import { customField, type IssueChanges } from '#demo/jira/issue-change.ts';
import { linksIn } from '#demo/jira/linking.ts';
import type { JiraProject, JiraSite } from '#demo/jira/model.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { PATIENCE, pick, rest, SALT, type Served, type ServedOptions, STALL_MS, TOKEN } from './served.ts';

/** A Jira site; `isWide` where it gives a thousand issues at once. */
export async function servedJira(site: JiraSite, options: ServedOptions, isWide: boolean): Promise<Served> {
  const simulator = await createJiraSimulator(site, { stallMilliseconds: STALL_MS, isWide, ...options });
  return {
    clock: simulator.clock,
    faults: simulator.faults,
    violations: simulator.violations,
    asked: () => simulator.requests.map(({ path }) => ({ what: path, points: 0 })),
    ids: () => simulator.site.issues.map(({ id }) => id),
    digest: (sourceId) => digest(simulator.site, { sourceId, salt: SALT }),
    digestLines: (sourceId) => digestLines(simulator.site, { sourceId, salt: SALT }),
    connect: (source, transport = {}) =>
      createJiraTracker({
        source,
        url: simulator.url,
        auth: SIMULATED_ACCOUNT,
        salt: SALT,
        transport: { ...PATIENCE, ...transport },
      }),
    configured: (id) => ({
      id,
      kind: 'jira',
      url: simulator.url,
      auth: { email: SIMULATED_ACCOUNT.email, apiToken: TOKEN },
    }),
    token: SIMULATED_ACCOUNT.apiToken,
    happenings: happeningsOf(simulator),
    disappearances: disappearancesOf(simulator),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

const STATES = ['archived', 'deleted', 'forbidden', 'live'] as const satisfies readonly NonNullable<
  JiraProject['state']
>[];
/** More than a page of a search holds. */
const MANY = 130;

function happeningsOf(simulator: JiraSimulator): Served['happenings'] {
  const { edits } = simulator;
  const issueAt = (n: number) => pick(simulator.site.issues, n);
  const author = () => simulator.site.issues.find(({ fields }) => fields.creator)?.fields.creator;
  const update = (issues: JiraSite['issues'], n: number) =>
    edits.update(
      issues.map(({ id }) => id),
      changesOf(simulator.site, n),
      author(),
    );
  return {
    'an issue is edited': (n) => {
      update(
        [issueAt(n)].flatMap((issue) => issue ?? []),
        rest(n),
      );
    },
    'many issues are edited in one millisecond': (n) => {
      const from = n % simulator.site.issues.length;
      update(simulator.site.issues.slice(from, from + MANY), rest(n));
    },
    'an issue is created': (n) => {
      const { projects, issueTypes, statuses } = simulator.site;
      const project = pick(projects.filter(isLive), n);
      const type = issueTypes.find(({ hierarchyLevel }) => hierarchyLevel === 0);
      const status = statuses.find(({ projectId }) => projectId === undefined);
      if (project === undefined || type === undefined || status === undefined) return;
      const fields = { projectId: project.id, typeId: type.id, statusId: status.id, summary: `New ${n}` };
      edits.createIssue(fields, author());
    },
    'an issue is commented on': (n) => {
      const issue = issueAt(n);
      if (issue !== undefined) edits.touch(issue.id);
    },
    'an issue is moved, under a new key': (n) => {
      const issue = issueAt(n);
      const project = pick(simulator.site.projects, rest(n));
      if (issue === undefined || project === undefined || issue.fields.project.id === project.id) return;
      edits.moveToProject(issue.id, project.id, author());
    },
    'two issues are linked': (n) => {
      const [one, other] = [issueAt(n), issueAt(rest(n))];
      if (one === undefined || other === undefined || one === other) return;
      edits.link(one.id, other.id, author());
    },
    'a link is removed': (n) => {
      const linked = simulator.site.issues.filter(({ fields }) => linksIn(fields).length > 0);
      const link = pick(linksIn(pick(linked, n)?.fields ?? {}), rest(n));
      if (link !== undefined) edits.unlink(link.id, author());
    },
    'an issue is deleted': (n) => {
      const issue = issueAt(n);
      if (issue !== undefined) edits.remove(issue.id);
    },
    'an issue is hidden, or shown again': (n) => {
      const issue = issueAt(n);
      if (issue !== undefined) edits.hide(issue.id, issue.isHidden !== true);
    },
    'a project is archived, forbidden, thrown away, or there again': (n) => {
      // The first one stays: a site that shows nothing at all is an error of its own.
      const project = pick(simulator.site.projects.slice(1), n);
      if (project !== undefined)
        edits.save('projects', { ...project, state: pick(STATES, rest(n)) ?? 'live' });
    },
    'a sprint ends': (n) => {
      const { sprints } = simulator.site;
      const [sprint, next] = [pick(sprints, n), pick(sprints, n + 1)];
      if (sprint === undefined || next === undefined || sprint === next) return;
      edits.closeSprint(sprint.id, next.id);
    },
    'a version gets another date': (n) => {
      const version = pick(simulator.site.versions, n);
      if (version !== undefined) edits.save('versions', { ...version, releaseDate: dayOf(n) });
    },
  };
}

function disappearancesOf(simulator: JiraSimulator): Served['disappearances'] {
  const { edits } = simulator;
  const edit = (issues: JiraSite['issues'], n: number) => {
    const issue = pick(issues, n);
    if (issue !== undefined) edits.update(issue.id, changesOf(simulator.site, rest(n)));
  };
  const projectAt = (n: number) => pick(simulator.site.projects.slice(1), n);
  const issuesIn = (id: string) => simulator.site.issues.filter(({ fields }) => fields.project.id === id);
  return {
    'an issue is hidden and edited': (n) => {
      const issue = pick(simulator.site.issues, n);
      if (issue === undefined) return;
      edits.hide(issue.id);
      edit([issue], rest(n));
    },
    'all that is hidden is shown again': () => {
      edits.hide(
        simulator.site.issues.filter(({ isHidden }) => isHidden === true).map(({ id }) => id),
        false,
      );
    },
    'an issue is edited, and then its project goes': (n) => {
      const project = projectAt(n);
      if (project === undefined) return;
      edit(issuesIn(project.id), rest(n));
      edits.save('projects', { ...project, state: pick(STATES.slice(0, 3), n) ?? 'archived' });
    },
    'issues of a project that went are edited': (n) => {
      const project = pick(
        simulator.site.projects.filter((one) => !isLive(one)),
        n,
      );
      if (project !== undefined) edit(issuesIn(project.id), rest(n));
    },
    'all projects are there again': () => {
      for (const project of simulator.site.projects) edits.save('projects', { ...project, state: 'live' });
    },
  };
}

function changesOf(site: JiraSite, n: number): IssueChanges {
  const m = rest(n);
  const some = <Item>(items: readonly Item[]): readonly Item[] =>
    items.slice(m % (items.length + 1), (m % (items.length + 1)) + 2);
  const statuses = site.statuses.filter(({ projectId }) => projectId === undefined);
  const people = [
    ...new Map(
      site.issues.flatMap(({ fields }) =>
        fields.assignee === undefined ? [] : [[fields.assignee.accountId, fields.assignee] as const],
      ),
    ).values(),
  ];
  const changes: readonly IssueChanges[] = [
    { statusId: pick(statuses, m)?.id ?? '1' },
    { assignee: pick([null, ...people], m) ?? null },
    { labels: some(['red', 'green', 'blue']), summary: `Title ${m}` },
    { versionIds: some(site.versions).map(({ id }) => id) },
    has(site, 'gh-sprint') ? { sprintIds: some(site.sprints).map(({ id }) => id) } : {},
    { dueDate: m % 2 === 0 ? null : dayOf(m) },
    has(site, 'jsw-story-points') ? { estimate: m % 2 === 0 ? null : m } : {},
    { remainingEstimate: m % 2 === 0 ? null : 60 * m, parentId: null },
    { statusId: pick(statuses, m)?.id ?? '1', labels: some(['red', 'green']), dueDate: null },
  ];
  return pick(changes, n) ?? {};
}

function has(site: JiraSite, type: string): boolean {
  try {
    return customField(site, type) !== '';
  } catch {
    return false;
  }
}

function isLive({ state = 'live' }: JiraProject): boolean {
  return state === 'live';
}

function dayOf(n: number): string {
  return `2026-0${1 + (n % 9)}-1${n % 10}`;
}
