import { expect, test } from 'vitest';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { CensusRefusedError } from '#pipeline/census-refused.ts';
import { readHinted } from '#pipeline/read-hinted.ts';
import { reconcileSource } from '#pipeline/reconcile-source.ts';
import { type SyncDependencies, syncSource } from '#pipeline/sync-source.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { suiteStore } from '#tests/support/suite-store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

const store = suiteStore();
const HOUR = 3_600_000;

/** A site of a hundred issues that was read, and a process of its own for everything that is done with it. */
async function read(source: string) {
  const simulator = await createJiraSimulator(
    smallSite(
      Array.from({ length: 100 }, (_, i) => smallIssue(i + 1)),
      { projects: [{ id: '100', key: 'PAY', name: 'Payments' }] },
    ),
  );
  const run = async <T>(work: (dependencies: SyncDependencies) => Promise<T>): Promise<T> => {
    await using tracker = createJiraTracker({
      source,
      url: simulator.url,
      auth: SIMULATED_ACCOUNT,
      salt: 's',
      transport: { sleep: () => Promise.resolve() },
    });
    return await work({ tracker, store: store(), now: Date.now });
  };
  await run((dependencies) => syncSource(dependencies));
  await run((dependencies) => reconcileSource(dependencies));
  simulator.clock.advance(HOUR);
  const ids = simulator.site.issues.map(({ id }) => id);
  /** Ten hints of ten issues each; afterwards so many are gone. */
  const hint = async () => {
    for (let i = 0; i < 100; i += 10) {
      await run((dependencies) => readHinted(dependencies, ids.slice(i, i + 10)));
    }
    return (await store().inventory(source)).filter(({ gone }) => gone).length;
  };
  const census = (acceptMissing = false) =>
    run((dependencies) => reconcileSource(dependencies, { acceptMissing }));
  return { simulator, ids, hint, census, [Symbol.asyncDispose]: () => simulator.close() };
}

test('hints mark no more than half of a source as gone between two censuses, and the census refuses the rest', async () => {
  await using site = await read('outage by hints');
  site.simulator.edits.hide(site.ids);
  expect(await site.hint()).toBe(50);
  expect(await site.hint()).toBe(50);
  await expect(site.census()).rejects.toThrow(CensusRefusedError);
  await expect(site.census()).rejects.toThrow('100 of 100');
  expect(await site.census(true)).toMatchObject({ gone: new Map([['deleted', 50]]) });
});

test('what hints marked as gone counts with what the census misses', async () => {
  await using site = await read('outage by both');
  site.simulator.edits.hide(site.ids.slice(0, 60));
  expect(await site.hint()).toBe(50);
  await expect(site.census()).rejects.toThrow('60 of 100');
});

test('after a census hints are believed again, of half of what is left', async () => {
  await using site = await read('tidied up');
  site.simulator.edits.hide(site.ids.slice(0, 50));
  expect(await site.hint()).toBe(50);
  expect(await site.census()).toMatchObject({ gone: new Map() });
  site.simulator.clock.advance(HOUR);
  site.simulator.edits.hide(site.ids.slice(50, 60));
  expect(await site.hint()).toBe(60);
});
