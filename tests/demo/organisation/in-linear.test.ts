import { describe, expect, test } from 'vitest';
import type { LinearIssue } from '#demo/linear/model.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';

const DAY = 86_400_000;

describe.each(['evenkeel', 'another', 'third'])('the Linear workspace of seed "%s"', (seed) => {
  const { site, workspace, teams, planted } = simulatedOrganisation({ seed });
  const { issues, states, projects, milestones, projectUpdates } = workspace;
  const typeOf = new Map(states.map(({ id, type }) => [id, type]));
  const keyOf = (issue: LinearIssue) =>
    `${workspace.teams.find(({ id }) => id === issue.teamId)?.key}-${issue.number}`;
  const byKey = new Map(issues.map((issue) => [keyOf(issue), issue]));
  const plantOf = (kind: string) => {
    const plant = planted.find((one) => one.kind === kind);
    if (plant === undefined) throw new Error(`nothing planted as ${kind}`);
    return plant;
  };

  test('has a team of its own and the other half of one', () => {
    const [mobile, lending] = ['mobile', 'lending'].map((id) => teams.find((team) => team.id === id));
    expect(mobile).toMatchObject({ teamKey: 'MOB' });
    expect(mobile).not.toHaveProperty('projectKey');
    expect(lending).toMatchObject({ teamKey: 'LND', projectKey: 'LEN', headcount: 5 });
    // One of its five people has an account in both trackers.
    const accounts = lending?.members ?? [];
    expect(accounts).toHaveLength(5);
    expect(accounts.filter(({ jira, linear }) => jira !== undefined && linear !== undefined)).toHaveLength(1);
    const known = new Set(workspace.users.map(({ id }) => id));
    expect(accounts.flatMap(({ linear }) => linear ?? []).filter((id) => !known.has(id))).toEqual([]);
    expect(workspace.teams.map(({ key }) => key)).toEqual(['MOB', 'LND']);
  });

  test('has every kind of state, and whatever else Linear knows of work', () => {
    const seen = issues.flatMap(({ stateId, history }) => [
      stateId,
      ...history.flatMap(({ fromStateId }) => fromStateId ?? []),
    ]);
    expect(new Set(seen.map((id) => typeOf.get(id)))).toEqual(
      new Set(['triage', 'backlog', 'unstarted', 'started', 'completed', 'canceled']),
    );
    const some = (has: (issue: LinearIssue) => unknown) => issues.filter(has).length;
    for (const count of [
      some(({ triagedAt }) => triagedAt),
      some(({ cycleId }) => cycleId),
      some(({ projectMilestoneId }) => projectMilestoneId),
      some(({ dueDate }) => dueDate),
      some(({ estimate }) => estimate),
      some(({ archivedAt }) => archivedAt),
    ]) {
      expect(count).toBeGreaterThan(20);
    }
    expect(some(({ slaBreachesAt }) => slaBreachesAt)).toBeGreaterThan(2);
    expect(some(({ parentId }) => parentId)).toBeGreaterThan(5);
    expect(workspace.relations.length).toBeGreaterThan(10);
    expect(new Set(projectUpdates.map(({ health }) => health))).toEqual(new Set(['onTrack', 'atRisk']));
  });

  test('tells histories in order, none of it after the present, and each state from the one before', () => {
    for (const issue of issues) {
      const moments = [issue.createdAt, ...issue.history.map(({ createdAt }) => createdAt), workspace.now];
      expect([issue.id, ...moments]).toEqual([issue.id, ...moments.toSorted((a, b) => a - b)]);
      const moves = issue.history.filter(({ toStateId }) => toStateId !== undefined);
      const ends = moves.map(({ toStateId }) => toStateId);
      const starts = moves.map(({ fromStateId }) => fromStateId);
      expect([issue.id, ...starts, issue.stateId].slice(1)).toEqual([starts[0] ?? issue.stateId, ...ends]);
    }
  });

  test('keeps a milestone within its project, and says how far it has come', () => {
    for (const issue of issues.filter(({ projectMilestoneId }) => projectMilestoneId !== undefined)) {
      const milestone = milestones.find(({ id }) => id === issue.projectMilestoneId);
      expect(milestone?.projectId).toBe(issue.projectId);
    }
    for (const { targetDate = '', status, progress } of milestones) {
      const isPast = targetDate < '2026-09-30';
      expect(['done', 'overdue'].includes(status)).toBe(isPast);
      expect(status === 'done').toBe(isPast && progress === 1);
    }
  });

  test('says of a project that is behind that it is on track', () => {
    const plant = plantOf('on_track_but_late');
    const late = plant.issueKeys.map((key) => byKey.get(key));
    expect(late).toHaveLength(plant.expected);
    const [milestone] = milestones.filter(({ id }) => id === late[0]?.projectMilestoneId);
    expect(milestone).toMatchObject({ name: 'Offline beta', targetDate: '2026-09-11', status: 'overdue' });
    for (const issue of late) {
      expect(issue?.projectMilestoneId).toBe(milestone?.id);
      expect(typeOf.get(issue?.stateId ?? '')).toBe('unstarted');
      expect(issue?.createdAt).toBeLessThan(Date.parse('2026-09-11'));
    }
    const project = projects.find(({ id }) => id === milestone?.projectId);
    const said = projectUpdates.filter(({ projectId }) => projectId === project?.id);
    expect(said.length).toBeGreaterThan(5);
    expect(new Set([project?.health, ...said.map(({ health }) => health)])).toEqual(new Set(['onTrack']));
    expect(workspace.now - (project?.healthUpdatedAt ?? 0)).toBeLessThan(15 * DAY);
  });

  test('shares one initiative with Jira, by its name', () => {
    const [initiative] = workspace.initiatives;
    const epic = site.issues.find(
      ({ fields }) => fields.issuetype.name === 'Epic' && fields.summary === initiative?.name,
    );
    expect(epic?.fields.project.key).toBe('LEN');
    const members = workspace.initiativeToProjects.map(({ projectId }) =>
      projects.find(({ id }) => id === projectId),
    );
    expect(new Set(members.flatMap((project) => project?.teamIds ?? [])).size).toBe(2);
    const { issueKeys } = plantOf('initiative_in_two_trackers');
    const open = (key: string) => {
      const issue = byKey.get(key);
      if (issue === undefined) {
        const child = site.issues.find((one) => one.key === key);
        return child?.fields.parent?.id === epic?.id && child?.fields.resolution === undefined;
      }
      const isOurs = members.some((project) => project?.id === issue.projectId);
      return isOurs && issue.completedAt === undefined && issue.canceledAt === undefined;
    };
    expect(issueKeys.filter((key) => !open(key))).toEqual([]);
    expect(new Set(issueKeys.map((key) => key.split('-')[0]))).toEqual(new Set(['LEN', 'LND', 'MOB']));
  });

  test('holds a part of what Lending has in progress', () => {
    const { issueKeys, expected } = plantOf('team_in_two_trackers');
    expect(issueKeys).toHaveLength(expected);
    const begun = issues.filter(
      (issue) => keyOf(issue).startsWith('LND-') && typeOf.get(issue.stateId) === 'started',
    );
    expect(issueKeys).toEqual(expect.arrayContaining(begun.map(keyOf)));
    expect(issueKeys.some((key) => key.startsWith('LEN-'))).toBe(true);
  });
});
