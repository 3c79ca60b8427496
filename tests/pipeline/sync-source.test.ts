import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { history, smallIssue, smallSite, statusItem } from '#tests/demo/jira/small-site.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

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

test('a batch that cannot be stored is what ends a sync, though reading the next one failed meanwhile', async () => {
  const issues = Array.from({ length: 1001 }, (_, i) => smallIssue(i + 1));
  // One more change than the store takes of one issue; on top come its five values at creation.
  const items = Array.from({ length: 20_001 }, () => statusItem('3'));
  const tooLong = smallIssue(1, { histories: [history('1', 2, ...items)] });
  await using jira = await createJiraSimulator(smallSite([tooLong, ...issues.slice(1)]));
  await using tracker = createJiraTracker({
    source: 'acme',
    url: jira.url,
    auth: SIMULATED_ACCOUNT,
    projects: ['PAY'],
    salt: 'salt',
    transport: {
      tries: 1,
      onAttempt: ({ path }) => {
        // The first batch is complete: nothing more is answered well.
        if (path.endsWith('/bulkfetch')) jira.faults.set({ kind: 'rate', rate: 1, seed: 1, faults: ['500'] });
      },
    },
  });

  await expect(syncSource({ tracker, store, now: Date.now })).rejects.toThrow(/PAY-1 .* has 20006 events/);
  expect(jira.faults.injected).toHaveLength(1);
  expect(await store.countIssues('acme')).toBe(0);
  expect((await store.syncState('acme')).lastError).toMatch(/PAY-1 /);
});
