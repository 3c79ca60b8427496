import { linearDigest, linearDigestLines } from '#demo/linear/digest.ts';
import type { IssueChanges } from '#demo/linear/issue-change.ts';
import type { LinearIssue, LinearWorkspace } from '#demo/linear/model.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import { PATIENCE, pick, rest, SALT, type Served, type ServedOptions, STALL_MS, TOKEN } from './served.ts';

/** The simulated clock stands still while we read, so that what was spent in its hour would never flow off. */
const ENDLESS = { requests: 1e9, complexity: 1e12 };

export async function servedLinear(
  workspace: LinearWorkspace,
  { stallMilliseconds = STALL_MS }: ServedOptions,
): Promise<Served> {
  const simulator = await createLinearSimulator(workspace, { stallMilliseconds, limits: ENDLESS });
  return {
    clock: simulator.clock,
    faults: simulator.faults,
    violations: simulator.violations,
    asked: () =>
      simulator.requests.map(({ operation = '', complexity }) => ({ what: operation, points: complexity })),
    ids: () => simulator.workspace.issues.map(({ id }) => id),
    digest: (sourceId) => linearDigest(simulator.workspace, { sourceId, salt: SALT }),
    digestLines: (sourceId) => linearDigestLines(simulator.workspace, { sourceId, salt: SALT }),
    connect: (source, transport = {}) =>
      createLinearTracker({
        source,
        url: simulator.url,
        auth: { apiKey: SIMULATED_API_KEY },
        salt: SALT,
        transport: { ...PATIENCE, ...transport },
      }),
    configured: (id) => ({ id, kind: 'linear', url: simulator.url, auth: { apiKey: TOKEN } }),
    token: SIMULATED_API_KEY,
    happenings: happeningsOf(simulator),
    disappearances: disappearancesOf(simulator),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

/** More than one question carries. */
const MANY = 130;

function happeningsOf(simulator: LinearSimulator): Served['happenings'] {
  const { edits } = simulator;
  const issueAt = (n: number) => pick(simulator.workspace.issues, n);
  const there = ({ trashed, archivedAt }: LinearIssue) => trashed !== true && archivedAt === undefined;
  const actor = (n: number) => pick([undefined, ...simulator.workspace.users.map(({ id }) => id)], n);
  const update = (issues: readonly LinearIssue[], n: number) => {
    // A state, a label or a cycle is one team's: what is set at one go is of one team.
    for (const [teamId, some] of Map.groupBy(issues, (issue) => issue.teamId)) {
      edits.update(
        some.map(({ id }) => id),
        changesOf(simulator.workspace, teamId, n),
        actor(n),
      );
    }
  };
  return {
    'an issue is edited': (n) => {
      update(
        [issueAt(n)].flatMap((issue) => issue ?? []),
        rest(n),
      );
    },
    'many issues are edited in one millisecond': (n) => {
      const from = n % simulator.workspace.issues.length;
      update(simulator.workspace.issues.slice(from, from + MANY), rest(n));
    },
    'an issue is created': (n) => {
      const { teams, states } = simulator.workspace;
      const team = pick(teams, n);
      const state = states.find(({ teamId }) => teamId === team?.id);
      if (team === undefined || state === undefined) return;
      edits.createIssue({ title: `New ${n}`, teamId: team.id, stateId: state.id }, actor(rest(n)));
    },
    'an issue is moved, under a new identifier': (n) => {
      const issue = issueAt(n);
      const team = pick(simulator.workspace.teams, rest(n));
      if (issue === undefined || team === undefined || issue.teamId === team.id) return;
      edits.moveToTeam(issue.id, team.id, actor(n));
    },
    'an issue is archived, or taken out of the archive': (n) => {
      const issue = issueAt(n);
      if (issue === undefined || issue.trashed === true) return;
      if (there(issue)) edits.archive(issue.id, n % 2 === 0 ? 'by hand' : 'by itself');
      else edits.unarchive(issue.id, actor(n));
    },
    'many issues are archived': (n) => {
      const from = n % simulator.workspace.issues.length;
      const some = simulator.workspace.issues.slice(from, from + MANY).filter(there);
      edits.archive(
        some.map(({ id }) => id),
        'by itself',
      );
    },
    'an issue goes into the trash, or out of it': (n) => {
      const issue = issueAt(n);
      if (issue === undefined) return;
      if (issue.trashed === true) edits.restore(issue.id, actor(n));
      else edits.trash(issue.id, actor(n));
    },
    'an issue is deleted': (n) => {
      const issue = issueAt(n);
      if (issue !== undefined) edits.purge(issue.id);
    },
    'two issues are linked': (n) => {
      const [one, other] = [issueAt(n), issueAt(rest(n))];
      if (one === undefined || other === undefined || one === other) return;
      const type = pick(['blocks', 'duplicate', 'related', 'similar'] as const, n) ?? 'related';
      edits.relate(one.id, type, other.id, actor(rest(n)));
    },
    'a link is removed': (n) => {
      const relation = pick(simulator.workspace.relations, n);
      if (relation !== undefined) edits.unrelate(relation.id, actor(n));
    },
    'an issue gets another parent, or none': (n) => {
      const issue = issueAt(n);
      const parent = pick([undefined, ...simulator.workspace.issues], rest(n));
      if (issue === undefined || isUnder(simulator.workspace, parent, issue.id)) return;
      edits.update(issue.id, { parentId: parent?.id }, actor(rest(rest(n))));
    },
    'a label gets another name': (n) => {
      const label = pick(simulator.workspace.labels, n);
      if (label !== undefined) edits.save('labels', { ...label, name: `Label ${n}` });
    },
    'a milestone gets another date': (n) => {
      const milestone = pick(simulator.workspace.milestones, n);
      if (milestone !== undefined) edits.save('milestones', { ...milestone, targetDate: dayOf(n) });
    },
  };
}

function disappearancesOf(simulator: LinearSimulator): Served['disappearances'] {
  const { edits } = simulator;
  const edit = (issue: LinearIssue | undefined, n: number) => {
    if (issue !== undefined) edits.update(issue.id, changesOf(simulator.workspace, issue.teamId, rest(n)));
  };
  const issuesThat = (are: (issue: LinearIssue) => boolean) => simulator.workspace.issues.filter(are);
  return {
    'an issue goes into the trash and is edited there': (n) => {
      const issue = pick(
        issuesThat(({ trashed }) => trashed !== true),
        n,
      );
      if (issue === undefined) return;
      edits.trash(issue.id);
      edit(issue, n);
    },
    'an issue in the trash is edited': (n) => {
      edit(
        pick(
          issuesThat(({ trashed }) => trashed === true),
          n,
        ),
        n,
      );
    },
    'an issue in the trash is deleted for good': (n) => {
      const issue = pick(
        issuesThat(({ trashed }) => trashed === true),
        n,
      );
      if (issue !== undefined) edits.purge(issue.id);
    },
    'all that is in the trash comes out of it': () => {
      for (const { id } of issuesThat(({ trashed }) => trashed === true)) edits.restore(id);
    },
  };
}

/** Whether an issue is this one, or below it. */
function isUnder(workspace: LinearWorkspace, issue: LinearIssue | undefined, id: string): boolean {
  if (issue === undefined || issue.id === id) return issue !== undefined;
  const parent = workspace.issues.find((other) => other.id === issue.parentId);
  return isUnder(workspace, parent, id);
}

function changesOf(workspace: LinearWorkspace, teamId: string, n: number): IssueChanges {
  const m = rest(n);
  const ofTeam = (rows: readonly { readonly id: string; readonly teamId?: string }[]) =>
    rows.filter((row) => row.teamId === undefined || row.teamId === teamId).map(({ id }) => id);
  const state = pick(ofTeam(workspace.states), m);
  const labels = ofTeam(workspace.labels);
  const milestone = pick([undefined, ...workspace.milestones], m);
  const person = pick([undefined, ...workspace.users.map(({ id }) => id)], m);
  const changes: readonly IssueChanges[] = [
    state === undefined ? {} : { stateId: state },
    { assigneeId: person },
    { labelIds: labels.slice(m % (labels.length + 1), (m % (labels.length + 1)) + 2) },
    { priority: m % 5, title: `Title ${m}` },
    { estimate: m % 2 === 0 ? undefined : m % 13 },
    { dueDate: m % 2 === 0 ? undefined : dayOf(m) },
    { projectId: milestone?.projectId, projectMilestoneId: milestone?.id },
    { cycleId: pick([undefined, ...ofTeam(workspace.cycles)], m) },
    { delegateId: person, description: `Text ${m}`, slaBreachesAt: workspace.now + m },
  ];
  return pick(changes, n) ?? {};
}

function dayOf(n: number): string {
  return `2026-0${1 + (n % 9)}-1${n % 10}`;
}
