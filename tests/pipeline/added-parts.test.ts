import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import type { JiraIssue } from '#demo/jira/model.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { MINUTE, smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { workspaceOf } from '#tests/trackers/linear/workspace.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';

const SALT = 'the salt of this test';
const OPS = { id: '102', key: 'OPS', name: 'Operations' };
const LAB = { id: '103', key: 'LAB', name: 'Laboratory' };

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

/** PAY has issues 1 to 3, OPS 11 to 150, and LAB none. */
function served(): Promise<JiraSimulator> {
  const inOps = (number: number): JiraIssue => {
    const issue = smallIssue(number, { key: `OPS-${number}` });
    return { ...issue, fields: { ...issue.fields, project: OPS } };
  };
  const ops = Array.from({ length: 140 }, (_, i) => inOps(11 + i));
  const site = smallSite([...[1, 2, 3].map((number) => smallIssue(number)), ...ops]);
  return createJiraSimulator({ ...site, projects: [...site.projects, OPS, LAB] });
}

const trackerOf = ({ url }: JiraSimulator, source: string, projects: readonly string[] | undefined) =>
  createJiraTracker({
    source,
    url,
    auth: SIMULATED_ACCOUNT,
    salt: SALT,
    transport: { sleep: () => Promise.resolve(), tries: 1 },
    ...(projects === undefined ? {} : { projects }),
  });

/** As a new process would, with the configuration as it is now. */
async function sync(simulator: JiraSimulator, source: string, projects?: readonly string[]) {
  simulator.clock.advance(30 * MINUTE);
  await using tracker = trackerOf(simulator, source, projects);
  return await syncSource({ tracker, store, now: Date.now });
}

describe('a source whose configuration names other projects than before', () => {
  test('has the new one read whole, and only it; what changed meanwhile in the others is followed', async () => {
    await using simulator = await served();
    expect(await sync(simulator, 'wider', ['PAY'])).toMatchObject({ how: 'walked', issues: 3 });
    expect(await sync(simulator, 'wider', ['PAY'])).toMatchObject({ how: 'followed', issueRequests: 1 });

    simulator.edits.update('1001', { labels: ['late'] });
    // One bulk read of 140 histories behind two pages of a search.
    expect(await sync(simulator, 'wider', ['PAY', 'OPS'])).toMatchObject({
      how: 'walked',
      issues: 140,
      stored: 143,
      issueRequests: 3,
      resumed: false,
    });
    expect(await sync(simulator, 'wider', ['OPS', 'pay'])).toMatchObject({ how: 'followed', issues: 1 });
    expect(await digestOf(store.digestLines('wider'))).toBe(
      digest(simulator.site, { sourceId: 'wider', salt: SALT }),
    );
    simulator.edits.update('1011', { labels: ['followed', 'too'] });
    expect(await sync(simulator, 'wider', ['PAY', 'OPS'])).toMatchObject({
      how: 'followed',
      issues: 1,
      referenceRequests: 0,
    });
  });

  // Of 16 requests the first 13 are the overview, two are a search, and the last asks for histories.
  test.each([1, 13, 14, 15, 16])('does not read the others though its request %i fails', async (request) => {
    await using simulator = await served();
    const source = `broken-${request}`;
    await sync(simulator, source, ['PAY']);
    const { completeAsOf } = await store.syncState(source);
    simulator.faults.set({ kind: 'at', request, fault: '500' });
    await expect(sync(simulator, source, ['PAY', 'OPS'])).rejects.toThrow(/500/);
    expect((await store.syncState(source)).walks).toMatchObject([{ part: '100', done: true }]);
    simulator.faults.set(undefined);
    // No fresher than the rest of it.
    expect(await sync(simulator, source, ['PAY', 'OPS'])).toMatchObject({
      how: 'walked',
      issues: 140,
      completeAsOf,
    });
    expect(await sync(simulator, source, ['PAY', 'OPS'])).toMatchObject({ how: 'followed', issues: 0 });
  });

  test('reads a project again that was left out for a while, since nobody followed it', async () => {
    await using simulator = await served();
    await sync(simulator, 'back', ['PAY', 'LAB']);
    expect(await sync(simulator, 'back', ['LAB'])).toMatchObject({ issues: 0, stored: 3 });
    simulator.edits.update('1002', { labels: ['unseen'] });
    expect(await sync(simulator, 'back', ['LAB'])).toMatchObject({ how: 'followed', issues: 0 });
    expect(await sync(simulator, 'back', ['PAY', 'LAB'])).toMatchObject({ how: 'walked', issues: 3 });
  });

  test('is not fooled by a census that came first', async () => {
    await using simulator = await served();
    await sync(simulator, 'counted', ['PAY']);
    await using tracker = trackerOf(simulator, 'counted', ['PAY', 'OPS']);
    const census = await reconcileSource({ tracker, store, now: Date.now });
    expect(census).toMatchObject({ found: 140 });
    expect(await sync(simulator, 'counted', ['PAY', 'OPS'])).toMatchObject({ how: 'walked', stored: 143 });
  });

  test('that named none before is read as far as it was not', async () => {
    await using simulator = await served();
    expect(await sync(simulator, 'named')).toMatchObject({ how: 'walked', issues: 143 });
    expect(await sync(simulator, 'named', ['PAY', 'OPS'])).toMatchObject({ issues: 0 });
  });
});

test('a Linear source that names another team has that team read, and its issues alone', async () => {
  const whole = workspaceOf(60);
  const [, ops] = whole.teams;
  const issues = whole.issues.map((issue, i) => (i % 4 === 0 ? { ...issue, teamId: ops?.id ?? '' } : issue));
  await using simulator = await createLinearSimulator({ ...whole, issues });
  const inOps = issues.filter(({ teamId, trashed }) => teamId === ops?.id && trashed !== true).length;
  const readAs = async (...teams: readonly string[]) => {
    simulator.clock.advance(30 * MINUTE);
    await using tracker = createLinearTracker({
      source: 'labs',
      url: simulator.url,
      auth: { apiKey: SIMULATED_API_KEY },
      salt: SALT,
      teams,
      transport: { sleep: () => Promise.resolve() },
    });
    return await syncSource({ tracker, store, now: Date.now });
  };
  const first = await readAs('PAY');
  expect(first).toMatchObject({ how: 'walked' });
  expect(await readAs('PAY', 'Operations')).toMatchObject({ how: 'walked', issues: inOps });
  expect(await digestOf(store.digestLines('labs'))).toBe(
    linearDigest(simulator.workspace, { sourceId: 'labs', salt: SALT }),
  );
  expect(await readAs('operations', 'PAY')).toMatchObject({ how: 'followed', issues: 0 });
});

test('a source that was read before its parts were remembered is followed, and remembers them from then on', async () => {
  await using simulator = await served();
  await sync(simulator, 'old', ['PAY']);
  const { completeAsOf = 0 } = await store.syncState('old');
  await store.forgetSource('old');
  await store.finishSync('old', completeAsOf, completeAsOf, completeAsOf);
  expect(await sync(simulator, 'old', ['PAY'])).toMatchObject({ how: 'followed' });
  expect((await store.syncState('old')).walked).toEqual({ scope: '["pay"]', parts: ['100'] });
});
