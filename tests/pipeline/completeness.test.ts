import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import { FAULT_KINDS } from '#demo/jira/faults.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { createJiraTracker, type JiraTrackerOptions } from '#trackers/jira/tracker.ts';

const SALT = 'the salt of this test';
const HISTORIES = ['CB', 'DURACLOUD', 'ISLANDORA'];
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

for (const history of HISTORIES) {
  const file = sharedPath(`data/jira-history/${history}.jsonl.gz`);
  describe.skipIf(file === undefined)(
    `the history of ${history} (skipped where it does not lie beside the project)`,
    () => {
      test('is stored whole, with the fewest requests', async () => {
        const { site, simulator, source, keys } = await served(file ?? '', 'plain');
        await using _ = simulator;
        await using tracker = trackerOf(simulator.url, source, keys);
        const result = await syncSource({ tracker, store, now: Date.now });

        expect(await digestOf(store.digestLines(source))).toBe(
          digest(site, { sourceId: source, salt: SALT }),
        );
        expect(simulator.violations).toEqual([]);
        const { issues, projects, boards } = counts(site);
        expect(result?.stored).toBe(issues);
        // Pages of a hundred issues; histories in batches of 1,000 issues and pages of 10,000 entries.
        const histories = site.issues.reduce((sum, issue) => sum + issue.histories.length, 0);
        const batches = projects.reduce((sum, n) => sum + Math.ceil(n / 1000), 0);
        const pages = projects.reduce((sum, n) => sum + Math.ceil(n / 100), 0);
        expect(result?.issueRequests).toBeLessThanOrEqual(pages + batches + Math.ceil(histories / 10_000));
        expect(result?.referenceRequests).toBeLessThanOrEqual(5 + 3 * projects.length + 2 * boards);
        expect(result?.spend.retries).toBe(0);
      });

      for (const kind of FAULT_KINDS) {
        test(`is stored whole though every tenth request is answered with ${kind}`, async () => {
          const { site, simulator, source, keys } = await served(file ?? '', kind.replaceAll('_', '-'));
          await using _ = simulator;
          simulator.faults.set({ kind: 'rate', rate: 0.1, seed: 1, faults: [kind] });
          await using tracker = trackerOf(simulator.url, source, keys);
          await syncSource({ tracker, store, now: Date.now });
          // A short history may not have met it in so few requests: then again, until it has.
          for (let i = 0; i < 8 && simulator.faults.injected.length === 0; i += 1) {
            simulator.faults.set({ kind: 'rate', rate: 0.3, seed: 2 + i, faults: [kind] });
            await syncSource({ tracker, store, now: Date.now }, { full: true });
          }

          expect(simulator.faults.injected.map((injected) => injected.kind)).toContain(kind);
          expect(await digestOf(store.digestLines(source))).toBe(
            digest(site, { sourceId: source, salt: SALT }),
          );
        });
      }
    },
  );
}

async function served(file: string, variant: string) {
  const [recorded] = await sitesFromHistory([file]);
  if (!recorded) throw new Error(`no history in ${file}`);
  const simulator = await createJiraSimulator(recorded.site, {
    openapi: SPECIFICATIONS,
    stallMilliseconds: 400,
  });
  // Projects that issues were moved out of still show, empty; a configuration names those that are meant.
  const inUse = new Set(recorded.site.issues.map((issue) => issue.key.replace(/-\d+$/, '')));
  const keys = recorded.site.projects.map((project) => project.key).filter((key) => inUse.has(key));
  return { site: recorded.site, simulator, source: `${recorded.sourceId}-${variant}`, keys };
}

function trackerOf(url: string, source: string, projects: readonly string[]) {
  const transport: JiraTrackerOptions['transport'] = {
    timeouts: { headersMs: 200, bodyMs: 200 },
    // Waits between tries are the transport's own tests' business.
    sleep: async () => {},
  };
  return createJiraTracker({ source, url, auth: SIMULATED_ACCOUNT, projects, salt: SALT, transport });
}

function counts(site: Awaited<ReturnType<typeof served>>['site']) {
  const perProject = site.projects
    .map((project) => site.issues.filter((issue) => issue.key.startsWith(`${project.key}-`)).length)
    .filter((n) => n > 0);
  return { issues: site.issues.length, projects: perProject, boards: site.boards.length };
}
