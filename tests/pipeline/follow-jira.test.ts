import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

const SALT = 'the salt of this test';
const SPECIFICATIONS = [
  'data/schemas/jira-cloud-platform-v3.openapi.json.gz',
  'data/schemas/jira-cloud-software-subset.derived.openapi.json.gz',
].flatMap((path) => sharedPath(path) ?? []);

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

for (const [history, isWide] of [
  ['CB', false],
  ['DURACLOUD', false],
  ['ISLANDORA', true],
] as const) {
  const file = sharedPath(`data/jira-history/${history}.jsonl.gz`);
  describe.skipIf(file === undefined)(
    `the history of ${history} (skipped where it does not lie beside the project)`,
    () => {
      test('is followed: nothing new costs one request in a new process, and edits end in the same digest', async () => {
        const [recorded] = await sitesFromHistory([file ?? '']);
        if (recorded === undefined) throw new RangeError(`no history in ${file}`);
        await using simulator = await createJiraSimulator(recorded.site, { openapi: SPECIFICATIONS, isWide });
        const source = `${recorded.sourceId}-followed`;
        const witness = () => digest(simulator.site, { sourceId: source, salt: SALT });
        const stored = () => digestOf(store.digestLines(source));

        const first = await sync(simulator, source);
        expect(first).toMatchObject({ how: 'walked' });
        expect(await stored()).toBe(witness());
        const notes = (await store.readReference(source))?.notes;
        expect(notes).toMatchObject({ isWide });

        simulator.clock.advance(60_000);
        expect(await sync(simulator, source)).toMatchObject({ how: 'followed', issues: 0, issueRequests: 1 });

        const ids = simulator.site.issues.slice(0, 60).map(({ id }) => id);
        simulator.edits.update(ids, { labels: ['all', 'at', 'once'] });
        simulator.clock.advance(60_000);
        const followed = await sync(simulator, source);
        expect(followed).toMatchObject({ how: 'followed', issues: 60, issueRequests: 2 });
        expect(await stored()).toBe(witness());
        // The overlap shows these once more, and they are known.
        expect(await sync(simulator, source)).toMatchObject({ issues: 0, issueRequests: 1 });

        simulator.edits.remove(ids.slice(0, 7));
        simulator.edits.hide(ids.slice(7, 9));
        await using tracker = trackerOf(simulator, source);
        const census = await reconcileSource({ tracker, store, now: Date.now });
        expect(census).toMatchObject({ gone: new Map([['deleted', 9]]) });
        expect(await stored()).toBe(witness());
        expect(simulator.violations).toEqual([]);
      }, 60_000);
    },
  );
}

/** As a new process would: its tracker remembers nothing. */
async function sync(simulator: JiraSimulator, source: string) {
  await using tracker = trackerOf(simulator, source);
  return await syncSource({ tracker, store, now: Date.now });
}

function trackerOf(simulator: JiraSimulator, source: string) {
  return createJiraTracker({
    source,
    url: simulator.url,
    auth: SIMULATED_ACCOUNT,
    salt: SALT,
    transport: { sleep: () => Promise.resolve() },
  });
}
