import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '#config/config.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Store } from '#store/store.ts';
import { team } from '#tests/builders/team.ts';
import { MINUTE, smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { sharedLimits } from '#trackers/shared-limits.ts';
import { scheduleSyncs } from '#workers/schedule.ts';
import { type JobEvent, startWorkers } from '#workers/start.ts';
import { connect } from '../../src/app.ts';

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

test('a sprint closed early and a version moved are seen by sweeps, and teams assessed when something moved alone', async () => {
  await using jira = await createJiraSimulator(smallSite([smallIssue(1)]));
  const startDate = jira.clock.now() - 100 * MINUTE;
  const sprint = { id: 31, name: 'Now', state: 'active' as const, boardId: 4, startDate };
  jira.edits.save('sprints', { ...sprint, endDate: jira.clock.now() + 14 * 1440 * MINUTE });
  const config: Config = {
    organisation: { name: 'Acme', timezone: 'UTC' },
    sources: [{ id: 'acme', kind: 'jira', url: jira.url, auth: SIMULATED_ACCOUNT }],
    teams: [team({ scope: [{ source: 'acme' }] })],
    server: { host: '127.0.0.1', port: 0, allowedHosts: [], tokens: [] },
    syncEveryMinutes: 30,
    sweepEveryMinutes: { cycles: 15, versions: 60 },
  };
  const connections = { database: database.address, schema: `${database.schema}_sweeps` };
  await using queue = await openBullmqQueue(connections);
  const limits = sharedLimits(store);
  const events: JobEvent[] = [];
  await using workers = await startWorkers({
    config,
    store,
    tracker: (id, options) => connect(config, id, 'salt', { ...options, limits: limits(id) }),
    queue: async () => queue,
    connections,
    now: () => jira.clock.now(),
    onJob: (event) => events.push(event),
  });
  expect(workers).toBeDefined();
  const ended = (name: string, times: number) =>
    expect
      .poll(() => events.filter((event) => event.name === name && event.outcome === 'completed').length, {
        timeout: 40_000,
      })
      .toBe(times);
  const sweep = async (what: 'cycles' | 'versions', times: number) => {
    await queue.add('sweep-reference', { source: 'acme', what }, `acme:${what}:${times}`);
    await ended('sweep-reference', times);
  };
  const assessing = async () => (await queue.counts()).find((one) => one.queue === 'assess');

  // What was never read completely is not swept: it will be read.
  await sweep('cycles', 1);
  expect(jira.requests).toEqual([]);
  await queue.add('sync-source', { source: 'acme' }, 'acme');
  await ended('assess-team', 1);

  jira.clock.advance(15 * MINUTE);
  let asked = jira.requests.length;
  await sweep('cycles', 2);
  await sweep('versions', 3);
  expect(jira.requests.length - asked).toBe(2);
  expect(await assessing()).toMatchObject({ waiting: 0, delayed: 0, completed: 1 });

  jira.clock.advance(15 * MINUTE);
  jira.edits.closeSprint(31);
  const closedAt = jira.clock.now();
  asked = jira.requests.length;
  await sweep('cycles', 4);
  expect(jira.requests.slice(asked).map(({ path }) => path)).toEqual([
    '/rest/agile/1.0/board/4/sprint',
    '/rest/agile/1.0/sprint/31',
  ]);
  const cycles = (await store.readReference('acme'))?.cycles;
  expect(cycles?.find(({ id }) => id === '31')).toMatchObject({ endedAt: closedAt });
  // Reports wait for more of its kind.
  expect(await assessing()).toMatchObject({ delayed: 1 });

  // What a sweep takes is counted with everything else.
  const { spent } = await store.budget('acme');
  expect(spent.find(({ resource }) => resource === 'requests')?.amount).toBe(jira.requests.length);

  // Both come at once when `serve` starts, and by their intervals then; Linear's poll tells by itself.
  await scheduleSyncs(queue, { ...config, sources: [...config.sources, LABS] });
  await ended('sweep-reference', 6);
  await queue.schedule([]);
}, 90_000);

const LABS = {
  id: 'labs',
  kind: 'linear',
  url: 'http://127.0.0.1:9/graphql',
  auth: { apiKey: 'x' },
} as const;
