import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { linearDigestLines } from '#demo/linear/digest.ts';
import type { LinearIssue, LinearWorkspace } from '#demo/linear/model.ts';
import { workspaceOfRecorded } from '#demo/linear/recorded.ts';
import { createLinearSimulator } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { history, MINUTE, START, smallIssue, smallSite, statusItem } from '#tests/demo/jira/small-site.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { askFor, connection } from './ask.ts';

const item = (field: string, fromString: string | null, toString: string | null, ids: object = {}) => ({
  field,
  fieldtype: 'jira' as const,
  fromString,
  toString,
  ...ids,
});

describe('a Jira site as a Linear workspace', () => {
  const { fields } = smallIssue(1);
  const epic = smallIssue(9, {
    fields: {
      ...fields,
      summary: 'Epic',
      issuetype: { id: '8', name: 'Epic', subtask: false, hierarchyLevel: 1 },
    },
  });
  const blocked = smallIssue(2);
  const story = smallIssue(1, {
    updated: START + 100 * MINUTE + 999,
    fields: {
      ...fields,
      status: { id: '5', name: 'Done' },
      labels: ['a', 'b'],
      components: [{ id: '1', name: 'web' }],
      priority: { id: '1', name: 'Blocker' },
      duedate: '2026-03-20',
      parent: { id: epic.id, key: epic.key },
      assignee: { accountId: 'ann', displayName: 'Ann' },
      fixVersions: [{ id: '900', name: '1.0' }],
      customfield_10016: 5,
      customfield_10020: [{ id: 21, name: 'One, two', state: 'closed' }],
      issuelinks: [
        { id: '3', type: { name: 'Blocks' }, outwardIssue: { id: blocked.id, key: blocked.key } },
        { id: '4', type: { name: 'Blocks' }, outwardIssue: { id: '777', key: 'ELSE-1' } },
      ],
    },
    histories: [
      history('50', 10, statusItem('3'), item('labels', 'a c', 'a b'), item('resolution', null, 'Fixed')),
      history('51', 20, { ...statusItem('5'), from: '3' }, item('priority', 'Minor', 'Blocker')),
      history(
        '52',
        30,
        item('Fix Version', '0.9', null, { from: '899', fieldId: 'fixVersions' }),
        item('Fix Version', null, '1.0', { to: '900', fieldId: 'fixVersions' }),
        item('Sprint', '', 'One, two', { from: '', to: '21', fieldId: 'customfield_10020' }),
        item('Link', null, 'This issue blocks PAY-2', { to: 'PAY-2' }),
      ),
      history('53', 40, item('Workflow', 'x', 'y')),
    ],
  });
  const workspace = workspaceOfRecorded(smallSite([story, blocked, epic]));
  const issue = workspace.issues.find(({ title }) => title === 'Issue 1') as LinearIssue;
  const named = (
    rows: readonly { readonly id: string; readonly name: string }[],
    id: string | undefined,
  ): unknown => rows.find((row) => row.id === id)?.name;

  test('has the present of an issue in its own words', () => {
    expect(workspace.issues.map(({ title }) => title)).toEqual(['Issue 1', 'Issue 2']);
    expect(issue).toMatchObject({
      number: 1,
      priority: 1,
      estimate: 5,
      dueDate: '2026-03-20',
      createdAt: START + MINUTE,
      updatedAt: START + 100 * MINUTE,
      startedAt: START + 10 * MINUTE,
      completedAt: START + 20 * MINUTE,
    });
    expect(named(workspace.states, issue.stateId)).toBe('Done');
    expect(named(workspace.users, issue.assigneeId)).toBe('Ann');
    expect(named(workspace.projects, issue.projectId)).toBe('Epic');
    expect(named(workspace.milestones, issue.projectMilestoneId)).toBe('1.0');
    expect(workspace.cycles.find(({ id }) => id === issue.cycleId)).toMatchObject({
      name: 'One, two',
      number: 1,
    });
    expect(issue.labelIds.map((id) => named(workspace.labels, id))).toEqual(['a', 'b', 'web', 'Story']);
    expect(workspace.states.map(({ name, type }) => `${name}: ${type}`).slice(0, 4)).toEqual([
      'To Do: unstarted',
      'In Progress: started',
      'Done: completed',
      'Elsewhere: unstarted',
    ]);
  });

  test('tells of every change that Linear has a field for, and of no other', () => {
    const told = issue.history.map(({ id: _id, updatedAt: _updated, createdAt, ...rest }) => [
      (createdAt - START) / MINUTE,
      Object.keys(rest).toSorted(),
    ]);
    expect(told).toEqual([
      [10, ['addedLabelIds', 'fromStateId', 'removedLabelIds', 'toStateId']],
      [20, ['fromPriority', 'fromStateId', 'toPriority', 'toStateId']],
      [30, ['fromProjectMilestoneId', 'relationChanges', 'toCycleId', 'toProjectMilestoneId']],
    ]);
    expect(issue.history[1]).toMatchObject({ fromPriority: 3, toPriority: 1 });
    expect(issue.history[2]?.relationChanges).toEqual([{ identifier: 'PAY-2', type: 'ax' }]);
  });

  test('links only what is there', () => {
    expect(workspace.relations).toMatchObject([
      { issueId: issue.id, type: 'blocks', createdAt: START + 30 * MINUTE },
    ]);
  });

  test('is the same whenever it is made', () => {
    expect(workspaceOfRecorded(smallSite([story, blocked, epic]))).toEqual(workspace);
  });

  test('has a figure for each day of a cycle', () => {
    const days = 86_400_000;
    const sprint = { id: 21, name: 'S', boardId: 4, state: 'closed', startDate: START } as const;
    const site = smallSite([story], { sprints: [{ ...sprint, completeDate: START + 2 * days }] });
    expect(workspaceOfRecorded(site).cycles).toMatchObject([
      {
        completedAt: START + 2 * days,
        scopeHistory: [5, 5],
        completedScopeHistory: [5, 5],
        issueCountHistory: [1, 1],
        completedIssueCountHistory: [1, 1],
        progress: 1,
        uncompletedIssuesUponCloseIds: [],
      },
    ]);
  });

  test('archives what was finished long ago, and leaves its `updatedAt`', () => {
    const later = smallSite([story, blocked], { now: START + 200 * 86_400_000 });
    const [finished, open] = workspaceOfRecorded(later).issues;
    expect([finished?.updatedAt, open?.archivedAt]).toEqual([START + 100 * MINUTE, undefined]);
    // 180 days after 2026-03-01T01:40Z, at the next midnight: 2026-08-29.
    expect(new Date(finished?.archivedAt ?? 0).toISOString()).toBe('2026-08-29T00:00:00.000Z');
    expect(finished?.history.at(-1)).toMatchObject({ archived: true, autoArchived: true });
  });
});

test('the simulated organisation is a workspace with projects, cycles and milestones', () => {
  const workspace = workspaceOfRecorded(simulatedOrganisation().site);
  const { teams, projects, issues, cycles, milestones } = workspace;
  expect(teams.length).toBeGreaterThan(1);
  expect(projects.length).toBeGreaterThan(teams.length);
  const used = new Set(issues.map(({ projectId }) => projectId));
  expect(projects.filter(({ id }) => used.has(id)).length).toBeGreaterThan(teams.length);
  expect([cycles.length > 0, milestones.length > 0]).toEqual([true, true]);
  expect(dangling(workspace)).toEqual([]);
});

const HISTORIES = [
  ['CB', 211],
  ['DURACLOUD', 739],
  ['ISLANDORA', 981],
] as const;
const recordings = HISTORIES.flatMap(([name, count]) => {
  const path = sharedPath(`data/jira-history/${name}.jsonl.gz`);
  return path === undefined ? [] : [{ path, count }];
});

describe.skipIf(recordings.length < HISTORIES.length)(
  'three real histories (skipped when ../shared/data/jira-history is absent)',
  () => {
    const workspaces: LinearWorkspace[] = [];
    beforeAll(async () => {
      for (const { site } of await sitesFromHistory(recordings.map(({ path }) => path))) {
        workspaces.push(workspaceOfRecorded(site));
      }
    });

    test('keep every issue, refer to nothing that is not there, and have a digest line for each', () => {
      expect(workspaces.map(({ issues }) => issues.length)).toEqual(recordings.map(({ count }) => count));
      for (const workspace of workspaces) {
        expect(dangling(workspace)).toEqual([]);
        const lines = linearDigestLines(workspace, { sourceId: 'x', salt: 'y' });
        expect(lines).toHaveLength(workspace.issues.length);
      }
    });

    test('have long histories, ties in one millisecond, and an archive', () => {
      const issues = workspaces.flatMap((workspace) => workspace.issues);
      expect(issues.filter(({ history: entries }) => entries.length > 10).length).toBeGreaterThan(50);
      const ties = [...Map.groupBy(issues, ({ updatedAt }) => updatedAt).values()].map(
        ({ length }) => length,
      );
      expect(Math.max(...ties)).toBeGreaterThanOrEqual(10);
      expect(issues.filter(({ archivedAt }) => archivedAt !== undefined).length).toBeGreaterThan(1000);
    });

    test('can be walked to the end', async () => {
      const [workspace] = workspaces.toSorted((a, b) => b.issues.length - a.issues.length);
      if (workspace === undefined) throw new Error('No history was read.');
      await using linear = await createLinearSimulator(workspace);
      const shape = z.object({ issues: connection(z.object({ id: z.string() })) });
      const query = `query ($after: String) {
        issues(first: 250, after: $after, includeArchived: true, sort: [{ updatedAt: { order: Ascending } }]) {
          nodes { id } pageInfo { hasNextPage endCursor } } }`;
      const seen = new Set<string>();
      let after: string | undefined;
      do {
        const { issues } = await askFor(linear, shape, query, after === undefined ? {} : { after });
        for (const { id } of issues.nodes) seen.add(id);
        after = issues.pageInfo?.hasNextPage === true ? (issues.pageInfo.endCursor ?? undefined) : undefined;
      } while (after !== undefined);
      expect(seen.size).toBe(981);
    });
  },
);

/** Ids that issues hold now and nothing has. */
function dangling(workspace: LinearWorkspace): readonly string[] {
  const ids = (rows: readonly { readonly id: string }[]): ReadonlySet<string> =>
    new Set(rows.map(({ id }) => id));
  const there = {
    stateId: ids(workspace.states),
    teamId: ids(workspace.teams),
    assigneeId: ids(workspace.users),
    creatorId: ids(workspace.users),
    projectId: ids(workspace.projects),
    projectMilestoneId: ids(workspace.milestones),
    cycleId: ids(workspace.cycles),
    parentId: ids(workspace.issues),
  };
  const labels = ids(workspace.labels);
  return workspace.issues.flatMap((issue) => [
    ...Object.entries(there).flatMap(([name, known]) => {
      const id: unknown = Reflect.get(issue, name);
      return typeof id === 'string' && !known.has(id) ? [`${issue.id} ${name}`] : [];
    }),
    ...issue.labelIds.filter((id) => !labels.has(id)).map((id) => `${issue.id} label ${id}`),
  ]);
}
