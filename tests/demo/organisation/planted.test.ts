import { describe, expect, test } from 'vitest';
import type { JiraIssue } from '#demo/jira/model.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import type { PlantedKind } from '#demo/organisation/planted/planted.ts';
import { assigneeAt, byKeys, changesOf, doneAt, newText, staysOf } from './read-history.ts';

const DAY = 86_400_000;
const LATE = ['In Review', 'Ready for Release'];

// Everything is looked for in the histories; the list of plants only says where.
describe.each(['evenkeel', 'another', 'third'])('planted with seed "%s"', (seed) => {
  const { site, planted } = simulatedOrganisation({ seed });
  const { now } = site;

  const plantOf = (kind: PlantedKind) => {
    const plant = planted.find((candidate) => candidate.kind === kind);
    if (plant === undefined) throw new Error(`nothing planted as ${kind}`);
    return { ...plant, issues: byKeys(site, plant.issueKeys) };
  };
  const issuesOf = (projectKey: string) =>
    site.issues.filter(({ fields }) => fields.project.key === projectKey);
  const lingering = (projectKey: string, days: number) =>
    issuesOf(projectKey).filter((issue) => {
      const last = staysOf(issue).at(-1);
      return last !== undefined && LATE.includes(last.status) && now - last.from > days * DAY;
    });

  test('every issue named is one of the team named, in the days named', () => {
    const keys = new Map([
      ['payments', /^PAY-/],
      ['onboarding', /^ONB-/],
      ['platform', /^PLT-/],
      ['mobile', /^MOB-/],
      // With the initiative that it shares with Mobile.
      ['lending', /^(LEN|LND|MOB)-/],
    ]);
    for (const { team, issueKeys, from, to } of planted) {
      expect(issueKeys.length).toBeGreaterThan(0);
      expect(issueKeys.filter((key) => keys.get(team)?.test(key) !== true)).toEqual([]);
      expect(from <= to && to <= '2026-09-30').toBe(true);
    }
  });

  test('ten issues of Payments linger in review or before the release for weeks, and no others do', () => {
    const { issueKeys, expected } = plantOf('lingering_in_late');
    expect(expected).toBe(10);
    expect(
      lingering('PAY', 16)
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(issueKeys.toSorted());
  });

  test('issues of Payments are Done for weeks in a version that is not released', () => {
    const { issues, expected } = plantOf('done_in_unreleased_version');
    expect(issues.length).toBe(expected);
    expect(expected).toBeGreaterThanOrEqual(5);
    for (const issue of issues) {
      expect(now - (doneAt(issue) ?? now)).toBeGreaterThan(35 * DAY);
      const versions = site.versions.filter(({ id }) =>
        issue.fields.fixVersions?.some((version) => version.id === id),
      );
      expect(versions.map(({ released, releaseDate }) => ({ released, releaseDate }))).toEqual([
        { released: false, releaseDate: '2026-08-31' },
      ]);
    }
  });

  test('a promised version is a month late, with open issues that are overdue', () => {
    const { issues } = plantOf('missed_milestone');
    expect(issues.length).toBeGreaterThanOrEqual(4);
    const [version] = site.versions.filter(({ name }) => name === 'Instant refunds GA');
    expect(version).toMatchObject({ released: false, releaseDate: '2026-08-31' });
    const statuses = new Set(issues.map(({ fields }) => fields.status.name));
    expect(statuses).toEqual(new Set(['Selected for Development', 'In Progress']));
    for (const { fields, created } of issues) {
      expect(created).toBeLessThan(Date.parse('2026-08-31'));
      expect(fields.duedate).toBe('2026-08-31');
      expect(fields.fixVersions?.map(({ id }) => id)).toEqual([version?.id]);
    }
  });

  test('two epics of Payments are in progress though all their children are closed', () => {
    const { issues } = plantOf('children_closed');
    expect(issues.map(({ fields }) => fields.status.name)).toEqual(['In Progress', 'In Progress']);
    for (const epic of issues) {
      const children = site.issues.filter(({ fields }) => fields.parent?.id === epic.id);
      const open = children.filter((child) => {
        const last = staysOf(child).at(-1);
        return !['Done', 'Closed'].includes(last?.status ?? '') || now - (last?.from ?? now) < 28 * DAY;
      });
      expect(children.length).toBeGreaterThan(20);
      expect(open.map(({ key }) => key)).toEqual([]);
    }
  });

  test('six issues of Payments came back within 30 days of Done, two of them are open', () => {
    const { issues } = plantOf('reopened');
    const early = issues.filter((issue) =>
      staysOf(issue).some(
        ({ status, from, to = now }) => status === 'Done' && to < now && to - from < 30 * DAY,
      ),
    );
    expect(early.length).toBe(6);
    expect(issues.filter((issue) => doneAt(issue) === undefined).length).toBe(2);
  });

  test('Onboarding works on at least seven epics in four weeks, most by one person; the others on two or three', () => {
    const workers = (projectKey: string) => {
      const byEpic = new Map<string, Set<string>>();
      const since = now - 28 * DAY;
      for (const issue of issuesOf(projectKey)) {
        const epic = issue.fields.parent?.id;
        const isWorkedOn = staysOf(issue).some(
          ({ status, to = now }) => status === 'In Progress' && to > since,
        );
        if (epic === undefined || !isWorkedOn || issue.fields.issuetype.hierarchyLevel !== 0) continue;
        if (issue.fields.labels?.includes('support')) continue;
        byEpic.set(epic, (byEpic.get(epic) ?? new Set()).add(assigneeAt(issue, now) ?? ''));
      }
      return [...byEpic.values()].filter((people) => people.size > 0);
    };
    const onboarding = workers('ONB');
    const { issueKeys } = plantOf('workstream_sprawl');
    expect(issueKeys.length).toBeGreaterThanOrEqual(7);
    expect(onboarding.length).toBeGreaterThanOrEqual(7);
    expect(onboarding.filter((people) => people.size === 1).length / onboarding.length).toBeGreaterThan(0.6);
    expect(workers('PAY').length).toBeLessThanOrEqual(3);
    expect(workers('PLT').length).toBeLessThanOrEqual(3);
  });

  test('two people of Payments hardly do anything but support in the last ten weeks, and features slow down', () => {
    const { from, expected } = plantOf('support_drain');
    const since = Date.parse(from);
    expect(Math.round((now - since) / (7 * DAY))).toBe(10);
    const begun = issuesOf('PAY').flatMap((issue) => {
      const start = staysOf(issue).find(({ status }) => status === 'In Progress')?.from ?? 0;
      return start >= since && issue.fields.issuetype.hierarchyLevel === 0
        ? [{ isSupport: isSupport(issue), by: assigneeAt(issue, start) }]
        : [];
    });
    const byPerson = [...Map.groupBy(begun, ({ by }) => by).values()];
    const drained = byPerson.filter((own) => own.filter((one) => one.isSupport).length >= 0.75 * own.length);
    expect(drained.length).toBe(expected);

    const featuresAWeek = (after: number, before: number) =>
      issuesOf('PAY').filter((issue) => {
        const at = doneAt(issue) ?? 0;
        return ['Story', 'Task'].includes(issue.fields.issuetype.name) && at >= after && at < before;
      }).length /
      ((before - after) / (7 * DAY));
    expect(featuresAWeek(since, now)).toBeLessThan(0.8 * featuresAWeek(since - 140 * DAY, since));
  });

  test('Platform is well: nothing waits in a late status for long, and no week goes by without a delivery', () => {
    expect(plantOf('healthy_team').team).toBe('platform');
    expect(lingering('PLT', 7)).toEqual([]);
    const weeks = issuesOf('PLT').map((issue) => Math.floor((now - (doneAt(issue) ?? 0)) / (7 * DAY)));
    expect(Array.from({ length: 50 }, (_, week) => week).filter((week) => !weeks.includes(week))).toEqual([]);
  });

  test('old ideas of Onboarding were closed by one account within minutes, without any work on them', () => {
    const { issues } = plantOf('bulk_closure');
    expect(issues.length).toBeGreaterThanOrEqual(15);
    const closures = issues.flatMap((issue) => changesOf(issue, 'status'));
    expect(closures.map(({ item }) => newText(item))).toEqual(issues.map(() => 'Closed'));
    expect(new Set(closures.map(({ author }) => author?.accountId)).size).toBe(1);
    const moments = closures.map(({ at }) => at);
    expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(10 * 60_000);
    expect(Math.min(...moments) - Math.max(...issues.map(({ created }) => created))).toBeGreaterThan(
      90 * DAY,
    );
  });

  test('some issues of Onboarding went from Backlog to Done directly', () => {
    const { issues } = plantOf('skipped_start');
    expect(issues.map((issue) => staysOf(issue).map(({ status }) => status))).toEqual(
      issues.map(() => ['Backlog', 'Done']),
    );
  });

  test('some statuses flickered: away and back within five minutes', () => {
    const { issues } = plantOf('status_flicker');
    for (const issue of issues) {
      const stays = staysOf(issue);
      const slips = stays.filter(
        ({ from, to = now }, i) => to - from < 5 * 60_000 && stays[i - 1]?.status === stays[i + 1]?.status,
      );
      expect(slips.map(({ status }) => status)).toEqual(['Ready for Release']);
    }
  });

  test('a status sounds late, but work only begins after it', () => {
    const { issueKeys } = plantOf('late_sounding_status');
    const passed = site.issues.filter((issue) =>
      staysOf(issue).some(({ status }) => status === 'Release Planning'),
    );
    expect(passed.map(({ key }) => key).toSorted()).toEqual(issueKeys.toSorted());
    const next = passed.map((issue) => {
      const stays = staysOf(issue);
      return stays[stays.findIndex(({ status }) => status === 'Release Planning') + 1]?.status;
    });
    expect(new Set(next)).toEqual(new Set(['In Progress']));
  });
});

function isSupport({ fields }: JiraIssue): boolean {
  return fields.labels?.includes('support') ?? false;
}
