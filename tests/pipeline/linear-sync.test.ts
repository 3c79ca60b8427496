import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { linearDigest } from '#demo/linear/digest.ts';
import type { LinearWorkspace } from '#demo/linear/model.ts';
import { workspaceOfRecorded } from '#demo/linear/recorded.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { team } from '#tests/builders/team.ts';
import { ANN, BOB, MINUTE } from '#tests/demo/linear/small-workspace.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { workspaceOf } from '#tests/trackers/linear/workspace.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import type { LiveTracker } from '#trackers/tracker.ts';

const SALT = 'the salt of this test';

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

const trackerOf = ({ url }: LinearSimulator, source: string): LiveTracker =>
  createLinearTracker({
    source,
    url,
    auth: { apiKey: SIMULATED_API_KEY },
    salt: SALT,
    transport: { sleep: () => Promise.resolve() },
  });

/** What is stored of a source, and what its workspace holds. */
async function digests(simulator: LinearSimulator, source: string): Promise<readonly [string, string]> {
  return [
    await digestOf(store.digestLines(source)),
    linearDigest(simulator.workspace, { sourceId: source, salt: SALT }),
  ];
}

/** A sync as a new process would do it. */
async function synced(simulator: LinearSimulator, source: string) {
  await using tracker = trackerOf(simulator, source);
  const before = simulator.requests.length;
  const result = await syncSource({ tracker, store, now: Date.now });
  return { result, asked: simulator.requests.slice(before).map(({ operation }) => operation) };
}

describe('a Linear workspace', () => {
  test('is stored whole, followed at a request a poll, and counted', async () => {
    await using simulator = await createLinearSimulator(workspaceOf(200));
    const source = 'labs';
    expect((await synced(simulator, source)).result?.how).toBe('walked');
    const [first, theirs] = await digests(simulator, source);
    expect(first).toBe(theirs);

    const { edits, clock, workspace } = simulator;
    clock.advance(30 * MINUTE);
    expect((await synced(simulator, source)).asked).toEqual(['Poll']);

    const live = workspace.issues.filter(({ trashed }) => trashed !== true).map(({ id }) => id);
    edits.update(live.slice(0, 60), { priority: 1 }, BOB);
    edits.archive(live[70] ?? '', 'by itself');
    clock.advance(MINUTE);
    edits.update(live.slice(0, 5), { priority: 3 }, BOB);
    expect((await synced(simulator, source)).asked).toEqual(['Poll']);
    const [second, theirSecond] = await digests(simulator, source);
    expect(second).toBe(theirSecond);

    edits.trash(live[10] ?? '', ANN);
    edits.purge(live[11] ?? '');
    clock.advance(MINUTE);
    await using tracker = trackerOf(simulator, source);
    const census = await reconcileSource({ tracker, store, now: Date.now });
    expect(typeof census === 'string' ? census : [...census.gone]).toEqual([
      ['trashed', 1],
      ['deleted', 1],
    ]);
    const [third, theirThird] = await digests(simulator, source);
    expect(third).toBe(theirThird);

    edits.restore(live[10] ?? '', ANN);
    await synced(simulator, source);
    const [fourth, theirFourth] = await digests(simulator, source);
    expect(fourth).toBe(theirFourth);
  }, 60_000);
});

const file = sharedPath('data/jira-history/DURACLOUD.jsonl.gz');
describe.skipIf(file === undefined)(
  'the history of DURACLOUD, as Linear would hold it (skipped where it does not lie beside the project)',
  () => {
    test('is stored whole at a request for every 137 issues and tails, and a report can be made of it', async () => {
      const [recorded] = await sitesFromHistory([file ?? '']);
      if (recorded === undefined) throw new RangeError('the file has a history');
      const workspace: LinearWorkspace = workspaceOfRecorded(recorded.site);
      await using simulator = await createLinearSimulator(workspace);
      const source = 'duracloud';
      const { asked } = await synced(simulator, source);
      const [ours, theirs] = await digests(simulator, source);
      expect(ours).toBe(theirs);
      const count = (name: string) => asked.filter((operation) => operation === name).length;
      expect(count('Walk')).toBeLessThanOrEqual(Math.ceil(workspace.issues.length / 137));
      expect(simulator.violations).toEqual([]);
      expect(Math.max(...simulator.requests.map(({ complexity }) => complexity))).toBeLessThanOrEqual(10_000);

      const key = workspace.teams[0]?.key ?? '';
      const report = await assessTeam(store, team({ scope: [{ source, teams: [key] }] }));
      const text = JSON.stringify(report);
      expect(text).toContain(`/issue/${key}-`);
      expect(text).not.toContain('/browse/');
      expect(report.metrics.throughput).toBeDefined();
    }, 120_000);
  },
);
