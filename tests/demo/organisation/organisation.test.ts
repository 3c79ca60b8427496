import { TZDate } from '@date-fns/tz';
import { describe, expect, test } from 'vitest';
import type { JiraHistoryItem, JiraIssue } from '#demo/jira/model.ts';
import { createJiraSimulator } from '#demo/jira/server.ts';
import type { LinearIssue } from '#demo/linear/model.ts';
import { type SimulatedTeam, simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { askFor, historyPage, issuePage } from '../jira/ask.ts';
import { changesOf, doneAt, newText } from './read-history.ts';

const organisation = simulatedOrganisation();
const { site, teams: all } = organisation;
const teams = inJira(all);

describe('chance', () => {
  test('the same seed gives the same bytes', () => {
    expect(JSON.stringify(simulatedOrganisation())).toBe(JSON.stringify(organisation));
  });

  test('another seed gives other issues', () => {
    const other = simulatedOrganisation({ seed: 'another' });
    expect(other.site.issues.map(({ created }) => created)).not.toEqual(
      site.issues.map(({ created }) => created),
    );
  });
});

// What is planted and what follows from it must hold whatever chance brings.
describe.each(['evenkeel', 'another', 'third'])('the histories of seed "%s"', (seed) => {
  const { site, workspace, teams: all } = simulatedOrganisation({ seed });
  const teams = inJira(all);

  test('nothing happens before an issue is created or after the present, and all in order', () => {
    for (const issue of site.issues) {
      const moments = [issue.created, ...issue.histories.map(({ created }) => created), site.now];
      expect({ key: issue.key, moments }).toEqual({
        key: issue.key,
        moments: moments.toSorted((a, b) => a - b),
      });
      expect(issue.updated).toBe(issue.histories.at(-1)?.created ?? issue.created);
    }
  });

  test('ids of histories grow with time over the whole site, ids and keys of issues with creation', () => {
    const histories = site.issues
      .flatMap((issue) => issue.histories)
      .toSorted((a, b) => Number(a.id) - Number(b.id));
    const saved = histories.map(({ created }) => created);
    expect(saved).toEqual(saved.toSorted((a, b) => a - b));
    expect(new Set(histories.map(({ id }) => id)).size).toBe(histories.length);
    for (const { projectKey } of teams) {
      const issues = site.issues.filter(({ fields }) => fields.project.key === projectKey);
      const inOrder = issues.toSorted((a, b) => Number(a.id) - Number(b.id));
      expect(inOrder.map(({ key }) => key)).toEqual(issues.map((_, i) => `${projectKey}-${i + 1}`));
      expect(inOrder.map(({ created }) => created)).toEqual(
        issues.map(({ created }) => created).toSorted((a, b) => a - b),
      );
    }
  });

  test('every change starts from the value before it, and the last one leads to the value of today', () => {
    for (const issue of site.issues) {
      for (const [field, today] of Object.entries(valuesOf(issue))) {
        const changes = changesOf(issue, field).map(({ item }) => item);
        const starts = changes.map((item) => [item.from ?? null, item.fromString ?? null]);
        const ends = changes.map((item) => [item.to ?? null, newText(item)]);
        const where = `${issue.key} ${field}`;
        expect([where, ...[...starts, today].slice(1)]).toEqual([where, ...ends]);
      }
    }
  });

  test('what is added to a list of versions, components and links and not removed is there today', () => {
    for (const issue of site.issues) {
      for (const [field, today] of Object.entries(membersOf(issue))) {
        const changes = changesOf(issue, field).map(({ item }) => item);
        const left = changes.reduce(withChange, withoutAdded(today, changes));
        const where = `${issue.key} ${field}`;
        expect([where, ...left.toSorted()]).toEqual([where, ...today.toSorted()]);
      }
    }
  });

  test('a resolution is set exactly while an issue is closed', () => {
    for (const { key, fields } of site.issues) {
      const isClosed = ['Done', 'Closed'].includes(fields.status.name);
      const resolved = {
        isNamed: fields.resolution !== undefined,
        isDated: fields.resolutiondate !== undefined,
      };
      expect({ key, ...resolved }).toEqual({ key, isNamed: isClosed, isDated: isClosed });
    }
  });

  test('an epic or a story exists before what belongs to it', () => {
    const created = new Map(site.issues.map((issue) => [issue.id, issue.created]));
    const children = site.issues.filter(({ fields }) => fields.parent !== undefined);
    expect(children.length).toBeGreaterThan(500);
    const tooEarly = children.filter(
      ({ created: at, fields }) => (created.get(fields.parent?.id ?? '') ?? at) >= at,
    );
    expect(tooEarly.map(({ key }) => key)).toEqual([]);
  });

  test('people work on weekdays between nine and five of their own zone', () => {
    for (const { projectKey, timezone } of teams) {
      const moments = site.issues
        .filter(({ fields }) => fields.project.key === projectKey)
        .flatMap(({ created, histories }) => [created, ...histories.map((history) => history.created)]);
      const local = moments.map((at) => new TZDate(at, timezone));
      expect(local.filter((date) => [0, 6].includes(date.getDay()))).toEqual([]);
      // A click takes its minutes after five.
      const minutes = local.map((date) => date.getHours() * 60 + date.getMinutes());
      expect(Math.min(...minutes)).toBeGreaterThanOrEqual(9 * 60);
      expect(Math.max(...minutes)).toBeLessThanOrEqual(17 * 60 + 10);
    }
  });

  test('each team has a year of work: 250 to 410 issues, and 4 to 7 of them done in a week', () => {
    const isDone = ({ completedAt }: LinearIssue) => completedAt !== undefined;
    const expectYear = (issues: number, done: number) => {
      expect(issues).toBeGreaterThanOrEqual(250);
      expect(issues).toBeLessThanOrEqual(410);
      expect(done / 52).toBeGreaterThan(4);
      expect(done / 52).toBeLessThan(7.5);
    };
    for (const { projectKey, teamKey } of all) {
      const team = workspace.teams.find(({ key }) => key === teamKey);
      const here = workspace.issues.filter(({ teamId, parentId }) => teamId === team?.id && !parentId);
      const issues = site.issues.filter(({ fields }) => fields.project.key === projectKey);
      const done = issues.filter(
        (issue) => issue.fields.issuetype.hierarchyLevel === 0 && doneAt(issue) !== undefined,
      );
      expectYear(issues.length + here.length, done.length + here.filter(isDone).length);
    }
  });
});

describe('the site', () => {
  test('nobody has a name, and each team is a handful of accounts', () => {
    for (const { projectKey, headcount, members } of teams) {
      const people = site.issues
        .filter(({ fields }) => fields.project.key === projectKey)
        .flatMap(({ fields, histories }) => [
          fields.assignee,
          fields.creator,
          ...histories.map(({ author }) => author),
        ])
        .filter((person) => person !== undefined);
      const accounts = members?.filter(({ jira }) => jira !== undefined).length ?? headcount;
      expect(new Set(people.map(({ accountId }) => accountId)).size).toBe(accounts);
      for (const { accountId, displayName } of people) {
        expect(accountId).toMatch(/^sim-[0-9a-f]{12}$/);
        expect(displayName).toBe(accountId);
      }
    }
  });

  test('no two issues of a team have one title, and no title is a number', () => {
    for (const { projectKey } of teams) {
      const titles = site.issues
        .filter(({ fields }) => fields.project.key === projectKey)
        .map(({ fields }) => fields.summary);
      expect(new Set(titles).size).toBe(titles.length);
      expect(titles.filter((title) => /\d/.test(title)).length / titles.length).toBeLessThan(0.15);
    }
  });

  test('every kind of issue, value and change of the model occurs', () => {
    const used = new Set(site.issues.map(({ fields }) => fields.issuetype.name));
    expect(used).toEqual(new Set(['Epic', 'Story', 'Task', 'Bug', 'Support', 'Sub-task']));
    const changed = new Set(
      site.issues.flatMap(({ histories }) =>
        histories.flatMap(({ items }) => items.map(({ field }) => field)),
      ),
    );
    expect([...changed].toSorted()).toEqual(
      [
        'Fix Version',
        'Flagged',
        'IssueParentAssociation',
        'Link',
        'Sprint',
        'Story point estimate',
        'assignee',
        'duedate',
        'resolution',
        'status',
      ].toSorted(),
    );
    expect(new Set(site.issues.map(({ fields }) => fields.status.name))).toContain('Closed');
  });

  test('sprints follow one another every two weeks, one of them active, and carried work lists all it was in', () => {
    for (const projectKey of ['PAY', 'PLT', 'LEN']) {
      const sprints = site.sprints.filter(({ name }) => name.startsWith(projectKey));
      // 2025-09-29 to 2026-09-30 are 52 weeks and two days: 26 sprints over, the 27th begun, one to come.
      expect(sprints.map(({ state }) => state)).toEqual([
        ...Array<string>(26).fill('closed'),
        'active',
        'future',
      ]);
    }
    const lists = site.issues.flatMap((issue) => changesOf(issue, 'Sprint').map(({ item }) => item.to ?? ''));
    expect(lists.filter((list) => /^\d+, \d+/.test(list)).length).toBeGreaterThan(50);
  });

  test('releases go out monthly with a date, and the current one is not out', () => {
    for (const project of [site.projects[0], site.projects[2]]) {
      const monthly = site.versions.filter(
        ({ projectId, name }) => projectId === project?.id && /\d{4}\.\d{2}$/.test(name),
      );
      // October 2025 to September 2026, and October 2026.
      expect(monthly.map(({ released }) => released)).toEqual([...Array<boolean>(12).fill(true), false]);
      expect(monthly.every(({ releaseDate }) => releaseDate !== undefined)).toBe(true);
    }
  });
});

test('the simulator serves every issue of it, and its whole history, over HTTP', async () => {
  await using simulator = await createJiraSimulator(site);
  const ids: string[] = [];
  for (let token: string | undefined, isLast = false; !isLast; ) {
    const page = await askFor(simulator, issuePage, '/rest/api/3/search/jql', {
      jql: 'project in (PAY, ONB, PLT, LEN) ORDER BY created ASC',
      maxResults: 100,
      fields: ['summary', 'status'],
      ...(token === undefined ? {} : { nextPageToken: token }),
    });
    ids.push(...page.issues.map(({ id }) => id));
    token = page.nextPageToken;
    isLast = page.isLast;
  }
  expect(ids.toSorted()).toEqual(site.issues.map(({ id }) => id).toSorted());

  const some = site.issues.slice(0, 200);
  const page = await askFor(simulator, historyPage, '/rest/api/3/changelog/bulkfetch', {
    issueIdsOrKeys: some.map(({ id }) => id),
    maxResults: 10_000,
  });
  const served = page.issueChangeLogs.flatMap(({ changeHistories }) => changeHistories.map(({ id }) => id));
  const expected = some.flatMap(({ histories }) => histories.map(({ id }) => id));
  expect(served.toSorted()).toEqual(expected.toSorted());
});

/** The teams that have a project in Jira. */
function inJira(some: readonly SimulatedTeam[]) {
  return some.flatMap(({ projectKey, ...team }) =>
    projectKey === undefined ? [] : [{ ...team, projectKey }],
  );
}

/** Today's value of every field that history writes as a whole, as history writes it: id and text. */
function valuesOf({ fields }: JiraIssue): Record<string, readonly [string | null, string | null]> {
  const sprints = (fields['customfield_10020'] ?? []) as readonly {
    readonly id: number;
    readonly name: string;
  }[];
  const points = fields['customfield_10016'] as number | undefined;
  return {
    status: [fields.status.id, fields.status.name],
    resolution: [fields.resolution?.id ?? null, fields.resolution?.name ?? null],
    assignee: [fields.assignee?.accountId ?? null, fields.assignee?.displayName ?? null],
    duedate: [fields.duedate ?? null, fields.duedate === undefined ? null : `${fields.duedate} 00:00:00.0`],
    IssueParentAssociation: [fields.parent?.id ?? null, fields.parent?.key ?? null],
    'Story point estimate': [null, points === undefined ? null : String(points)],
    Sprint: [sprints.map(({ id }) => id).join(', '), sprints.map(({ name }) => name).join(', ')],
    Flagged: fields['customfield_10021'] === undefined ? [null, ''] : ['[10019]', 'Impediment'],
  };
}

/** Today's members of every field that history changes one by one, by the id history gives them. */
function membersOf({ fields }: JiraIssue): Record<string, readonly string[]> {
  const links = fields.issuelinks as readonly {
    readonly inwardIssue?: { readonly key: string };
    readonly outwardIssue?: { readonly key: string };
  }[];
  return {
    'Fix Version': (fields.fixVersions ?? []).map(({ id }) => id),
    Component: (fields.components ?? []).map(({ id }) => id),
    Link: links.map(({ inwardIssue, outwardIssue }) => inwardIssue?.key ?? outwardIssue?.key ?? ''),
  };
}

/** What was there at the beginning: today's members that history never added, and those it removed first. */
function withoutAdded(today: readonly string[], changes: readonly JiraHistoryItem[]): readonly string[] {
  return today.filter((member) => !changes.some(({ to }) => to === member));
}

function withChange(members: readonly string[], { from, to }: JiraHistoryItem): readonly string[] {
  if (typeof to === 'string') return [...members, to];
  if (!members.includes(from ?? '')) throw new Error(`${from} is removed without being there`);
  return members.filter((member) => member !== from);
}
