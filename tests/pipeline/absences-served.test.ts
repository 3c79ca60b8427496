import { describe, expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { dayOf, MS_PER_DAY } from '#domain/calendar.ts';
import type { ScopeFilter } from '#domain/team.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { team } from '#tests/builders/team.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

const store = suiteStore();
const { site, workspace } = simulatedOrganisation();
const transport = { sleep: () => Promise.resolve() };

/** One census of what may be half of a source, in a process of its own. */
async function census(connect: () => LiveTracker) {
  await using tracker = connect();
  const taken = await reconcileSource({ tracker, store: store(), now: Date.now }, { acceptMissing: true });
  if (typeof taken === 'string') throw new Error(`no census: ${taken}`);
  return Object.fromEntries(taken.gone);
}

async function sync(connect: () => LiveTracker): Promise<void> {
  await using tracker = connect();
  await syncSource({ tracker, store: store(), now: Date.now });
}

/** Reports of the last days that were over, before anything vanished. */
function pastReports(scope: ScopeFilter, now: number): Promise<readonly string[]> {
  const days = [1, 2, 9, 40].map((ago) => dayOf(now - ago * MS_PER_DAY, 'UTC'));
  return Promise.all(
    days.map(async (day) => JSON.stringify(await assessTeam(store(), team({ scope: [scope] }), day))),
  );
}

const eventsOf = async (source: string, id: string) =>
  (await store().readIssues(source, { ids: [id] }))[0]?.events.filter(({ origin }) => origin === 'recorded');

describe('one census', () => {
  test('sees what is gone from a Jira site and why, keeps its history, and changes no report of a day that was over', async () => {
    await using jira = await createJiraSimulator(site);
    const source = 'jira';
    const connect = () =>
      createJiraTracker({ source, url: jira.url, auth: SIMULATED_ACCOUNT, salt: 's', transport });
    await sync(connect);
    const [first, second, ...others] = site.projects;
    const inProject = (id = '') => site.issues.filter(({ fields }) => fields.project.id === id);
    const scope = { source, projects: [first?.key ?? ''] };
    const before = await pastReports(scope, site.now);

    const [deleted, hidden, moved] = inProject(first?.id).slice(-3);
    const kept = await eventsOf(source, deleted?.id ?? '');
    jira.edits.remove(deleted?.id ?? '');
    jira.edits.hide(hidden?.id ?? '');
    if (second) jira.edits.save('projects', { ...second, state: 'archived' });
    const [third, fourth] = others;
    if (third) jira.edits.save('projects', { ...third, state: 'forbidden' });
    if (fourth) jira.edits.save('projects', { ...fourth, state: 'deleted' });
    jira.clock.advance(60_000);

    const gone = await census(connect);
    const sizes = [second, third, fourth].map((project) => inProject(project?.id).length);
    expect(gone).toEqual(
      withoutZeros({ deleted: 2, archived: sizes[0], access_lost: sizes[1], trashed: sizes[2] }),
    );
    expect(await eventsOf(source, deleted?.id ?? '')).toEqual(kept);
    expect(await pastReports(scope, site.now)).toEqual(before);

    if (second) jira.edits.save('projects', { ...second, state: 'live' });
    jira.edits.moveToProject(moved?.id ?? '', second?.id ?? '');
    jira.clock.advance(60_000);
    expect(await census(connect)).toEqual({});
    const [there] = await store().readIssues(source, { ids: [moved?.id ?? ''] });
    expect(there?.current.scalars.key?.value).toMatch(new RegExp(`^${second?.key ?? ''}-`));
    expect(there?.events.map(({ field }) => field)).toContain('project');
    expect((await store().inventory(source)).filter((issue) => issue.gone)).toHaveLength(
      2 + (sizes[1] ?? 0) + (sizes[2] ?? 0),
    );
  });

  test('sees the same of a Linear workspace', async () => {
    await using linear = await createLinearSimulator(workspace);
    const source = 'linear';
    const auth = { apiKey: SIMULATED_API_KEY };
    const connect = () => createLinearTracker({ source, url: linear.url, auth, salt: 's', transport });
    await sync(connect);
    const [one, other] = workspace.teams;
    const ofTeam = workspace.issues.filter(({ teamId, trashed }) => teamId === one?.id && trashed !== true);
    const scope = { source, teams: [one?.key ?? ''] };
    const before = await pastReports(scope, workspace.now);

    const [purged, binned, archived, moved] = ofTeam.slice(-4);
    const kept = await eventsOf(source, purged?.id ?? '');
    linear.edits.purge(purged?.id ?? '');
    linear.edits.trash(binned?.id ?? '');
    linear.edits.archive(archived?.id ?? '', 'by itself');
    linear.clock.advance(60_000);

    expect(await census(connect)).toEqual({ deleted: 1, trashed: 1 });
    expect(await eventsOf(source, purged?.id ?? '')).toEqual(kept);
    expect(await pastReports(scope, workspace.now)).toEqual(before);

    linear.edits.restore(binned?.id ?? '');
    linear.edits.moveToTeam(moved?.id ?? '', other?.id ?? '');
    linear.clock.advance(60_000);
    expect(await census(connect)).toEqual({});
    const [there] = await store().readIssues(source, { ids: [moved?.id ?? ''] });
    expect(there?.current.scalars.key?.value).toMatch(new RegExp(`^${other?.key ?? ''}-`));
    expect((await store().inventory(source)).filter((issue) => issue.gone).map(({ id }) => id)).toEqual([
      purged?.id,
    ]);
  });
});

function withoutZeros(counts: Readonly<Record<string, number | undefined>>) {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined && count > 0));
}
