import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { simulatedOrganisation } from '#demo/organisation/organisation.ts';
import { readReference } from '#pipeline/read-reference.ts';
import { sweepReference } from '#pipeline/sweep-reference.ts';
import { type SyncDependencies, syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { smallIssue as smallJiraIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { smallIssue, smallWorkspace } from '#tests/demo/linear/small-workspace.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { Swept } from '#trackers/tracker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SALT = 'salt';

let database: TemporaryDatabase;
let store: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** A source that is read by one process after another. */
function readerOf(simulator: JiraSimulator, source: string) {
  const reading = async <T>(work: (dependencies: SyncDependencies) => Promise<T>): Promise<T> => {
    await using tracker = createJiraTracker({
      source,
      url: simulator.url,
      auth: SIMULATED_ACCOUNT,
      salt: SALT,
      transport: { sleep: () => Promise.resolve() },
    });
    return await work({ tracker, store, now: () => simulator.clock.now() });
  };
  return {
    poll: () => reading((dependencies) => syncSource(dependencies)),
    sweep: (what: Swept) => reading((dependencies) => sweepReference(dependencies, what)),
    again: () => reading(readReference),
    reference: () => store.readReference(source),
    readAt: async () => (await store.syncState(source)).referenceReadAt,
  };
}

test('a sprint closed early is seen within a quarter of an hour and a moved date within one, at a request each', async () => {
  await using simulator = await createJiraSimulator(simulatedOrganisation().site);
  const { site, clock, edits } = simulator;
  const source = readerOf(simulator, 'day');
  await source.poll();
  const sprint = site.sprints.find(({ state }) => state === 'active');
  const version = site.versions.find(({ released }) => !released);
  if (sprint === undefined || version === undefined) throw new RangeError('nothing is planned');
  const boards = new Set(site.sprints.filter(({ state }) => state === 'active').map(({ boardId }) => boardId))
    .size;
  const projects = new Set(
    site.versions.filter(({ released }) => !released).map(({ projectId }) => projectId),
  ).size;

  clock.advance(5 * MINUTE);
  const before = simulator.requests.length;
  edits.closeSprint(sprint.id);
  edits.save('versions', { ...version, releaseDate: '2027-12-12' });
  const changedAt = clock.now();
  const seen = { sprint: 0, version: 0 };
  for (let quarter = 1; quarter <= 24; quarter += 1) {
    clock.advance(15 * MINUTE);
    await source.sweep('cycles');
    if (quarter % 4 === 0) await source.sweep('versions');
    if (quarter % 2 === 0) await source.poll();
    const reference = await source.reference();
    const ended = reference?.cycles.find(({ id }) => id === String(sprint.id))?.endedAt;
    const day = reference?.versions.find(({ id }) => id === version.id)?.releaseDay;
    if (ended !== undefined) seen.sprint ||= clock.now() - changedAt;
    if (day === '2027-12-12') seen.version ||= clock.now() - changedAt;
  }
  expect(seen).toEqual({ sprint: 15 * MINUTE, version: HOUR });
  // 6 hours: 12 polls, 24 looks at each board and one at the sprint that it showed no more, 6 at each project.
  expect(simulator.requests.length - before).toBeLessThanOrEqual(12 + 24 * boards + 1 + 6 * projects);
  // The rest is read as daily as before.
  const readAt = await source.readAt();
  clock.advance(18 * HOUR);
  await source.poll();
  expect(await source.readAt()).toBe(Math.floor(clock.now() / 1000) * 1000);
  expect((await source.readAt()) ?? 0).toBeGreaterThan(readAt ?? 0);
}, 120_000);

test('a date that moves there and back within a day is recorded both times, and nothing where nothing moved', async () => {
  await using simulator = await createJiraSimulator(smallSite([smallJiraIssue(1)]));
  const { clock, edits } = simulator;
  const [version] = simulator.site.versions;
  if (version === undefined) throw new RangeError('no version');
  const source = readerOf(simulator, 'twice');
  await source.poll();
  const began = clock.now();
  const sweeps: unknown[] = [];
  for (const releaseDate of ['2026-05-01', '2026-05-01', '2026-03-10']) {
    clock.advance(HOUR);
    edits.save('versions', { ...version, releaseDate });
    sweeps.push(await source.sweep('versions'));
  }
  expect(sweeps).toEqual([
    { requests: 1, hasNews: true },
    { requests: 1, hasNews: false },
    { requests: 1, hasNews: true },
  ]);
  const seen = async () =>
    (await source.reference())?.versionHistory?.observations.map(({ at, version: { releaseDay } }) => [
      Math.round((at - began) / HOUR),
      releaseDay,
    ]);
  const all = [
    [0, '2026-03-10'],
    [1, '2026-05-01'],
    [3, '2026-03-10'],
  ];
  expect(await seen()).toEqual(all);
  // Nor does reading everything again say so a second time.
  clock.advance(DAY);
  await source.poll();
  expect(await seen()).toEqual(all);
});

test('what was swept stands beside what is heard late of the reference, and gives way to what was read after it', async () => {
  await using simulator = await createJiraSimulator(smallSite([smallJiraIssue(1)]));
  const { clock, edits } = simulator;
  const [version] = simulator.site.versions;
  if (version === undefined) throw new RangeError('no version');
  const source = readerOf(simulator, 'late');
  await source.poll();
  const [said, readAt] = [await source.reference(), await source.readAt()];
  if (said === undefined || readAt === undefined) throw new RangeError('not read');

  clock.advance(HOUR);
  edits.save('versions', { ...version, releaseDate: '2026-05-01' });
  edits.save('sprints', { id: 22, name: 'Renamed', state: 'future', boardId: 4 });
  await source.sweep('versions');
  await source.sweep('cycles');
  // What issues told beyond the reference is kept under its date, by whoever read it before.
  await store.saveReference(
    { ...said, cycles: [...said.cycles, { id: '90', name: 'Named by an issue' }] },
    readAt,
  );
  const now = await source.reference();
  expect(now?.versions.map(({ releaseDay }) => releaseDay)).toEqual(['2026-05-01']);
  expect(now?.cycles.map(({ name }) => name).toSorted()).toEqual([
    'Named by an issue',
    'One, two',
    'Renamed',
  ]);
  expect(now?.versionHistory?.observations.map(({ version: { releaseDay } }) => releaseDay)).toEqual([
    '2026-03-10',
    '2026-05-01',
  ]);

  const renewal = { versions: { seen: said.versions, projects: ['100'] } };
  clock.advance(HOUR);
  await source.again();
  expect(await store.renewReference('late', renewal, readAt + HOUR)).toBe(false);
  expect((await source.reference())?.versions.map(({ releaseDay }) => releaseDay)).toEqual(['2026-05-01']);
});

test('of a source that was never read, and of one that tells by itself, nothing is asked', async () => {
  await using jira = await createJiraSimulator(smallSite([smallJiraIssue(1)]));
  expect(await readerOf(jira, 'unread').sweep('cycles')).toEqual({ requests: 0, hasNews: false });
  expect(jira.requests).toEqual([]);

  await using linear = await createLinearSimulator(smallWorkspace([smallIssue(1)]));
  const source = 'linear';
  const reading = async <T>(work: (dependencies: SyncDependencies) => Promise<T>): Promise<T> => {
    await using tracker = createLinearTracker({
      source,
      url: linear.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: SALT,
    });
    return await work({ tracker, store, now: () => linear.clock.now() });
  };
  await reading((dependencies) => syncSource(dependencies));
  const before = linear.requests.length;
  expect(await reading((dependencies) => sweepReference(dependencies, 'cycles'))).toEqual({
    requests: 0,
    hasNews: false,
  });
  expect(linear.requests.length).toBe(before);

  // A cycle and a milestone that are moved are seen by the next poll.
  const [cycle] = linear.workspace.cycles;
  const [milestone] = linear.workspace.milestones;
  if (cycle === undefined || milestone === undefined) throw new RangeError('nothing is planned');
  linear.clock.advance(HOUR);
  linear.edits.save('cycles', { ...cycle, completedAt: linear.clock.now() });
  linear.edits.save('milestones', { ...milestone, targetDate: '2027-01-01' });
  expect(await reading((dependencies) => syncSource(dependencies))).toMatchObject({ hasNews: true });
  expect(linear.requests.length - before).toBe(2);
  const reference = await store.readReference(source);
  expect(reference?.cycles.find(({ id }) => id === cycle.id)?.endedAt).toBe(linear.clock.now());
  expect(reference?.versions.find(({ id }) => id === milestone.id)?.releaseDay).toBe('2027-01-01');
});
