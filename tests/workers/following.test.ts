import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '#config/config.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Queue } from '#queue/jobs.ts';
import type { Store } from '#store/store.ts';
import { team } from '#tests/builders/team.ts';
import { livingWorld, type World } from '#tests/support/living-tracker.ts';
import { redisServer } from '#tests/support/redis-server.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { scheduleSyncs } from '#workers/schedule.ts';
import { type JobEvent, startWorkers } from '#workers/start.ts';

const redisUrl = await redisServer();

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

describe('workers with jobs in PostgreSQL', () => {
  everyBackend(() => ({ database: database.address }));
});
describe.skipIf(redisUrl === undefined)('workers with jobs on Redis (skipped where none answers)', () => {
  everyBackend(() => ({ database: database.address, ...(redisUrl === undefined ? {} : { redisUrl }) }));
});

function everyBackend(
  connect: () => { readonly database: TemporaryDatabase['address']; readonly redisUrl?: string },
) {
  test('follow a source, and have its teams assessed only when that brought something', async () => {
    await using site = await openSite(connect(), ['acme']);
    const { world, queue, ended } = site;
    for (let i = 0; i < 4; i += 1) world('acme').create();
    await queue.add('sync-source', { source: site.id('acme') }, 'a');
    await ended('assess-team', 1);
    await queue.add('sync-source', { source: site.id('acme') }, 'b');
    await ended('sync-source', 2);
    expect(await queue.counts()).toContainEqual(
      expect.objectContaining({ queue: 'assess', waiting: 0, completed: 1 }),
    );
    world('acme').edit('1', 'Done');
    await queue.add('sync-source', { source: site.id('acme') }, 'c');
    await ended('assess-team', 2);
    world('acme').wait(24 * 3_600_000);
    await queue.add('sync-source', { source: site.id('acme') }, 'd');
    await ended('assess-team', 3);
  });

  test('take a census after everything was read again, and when asked to', async () => {
    await using site = await openSite(connect(), ['acme']);
    const { world, queue, ended } = site;
    for (let i = 0; i < 5; i += 1) world('acme').create();
    await queue.add('reconcile-source', { source: site.id('acme') }, 'unread');
    await ended('reconcile-source', 1);
    await queue.add('sync-source', { source: site.id('acme') }, 'a');
    await ended('assess-team', 1);
    world('acme').delete('2');
    await queue.add('sync-source', { source: site.id('acme'), full: true }, 'b');
    await ended('reconcile-source', 2);
    expect(await store.countIssues(site.id('acme'))).toBe(4);
    await ended('assess-team', 2);
    world('acme').delete('3');
    await queue.add('reconcile-source', { source: site.id('acme') }, 'c');
    await ended('reconcile-source', 3);
    await ended('assess-team', 3);
    expect(await store.countIssues(site.id('acme'))).toBe(3);
  });

  test('leave a tracker alone as long as it asks, at no cost of tries, and go on with the others', async () => {
    await using site = await openSite(connect(), ['tired', 'fresh']);
    const { world, queue, ended, events } = site;
    world('tired').create();
    world('fresh').create();
    world('tired').limit(7, 1_000);
    const asked = Date.now();
    await queue.add('sync-source', { source: site.id('tired') }, 'tired');
    await expect.poll(() => events.map(({ outcome }) => outcome), { timeout: 10_000 }).toContain('delayed');
    await queue.add('sync-source', { source: site.id('fresh') }, 'fresh');
    await ended('sync-source', 1);
    expect(await store.countIssues(site.id('fresh'))).toBe(1);
    expect(Date.now() - asked).toBeLessThan(5_000);
    expect((await store.syncState(site.id('tired'))).lastError).toBe('The world is tired.');
    // More refusals than a job has tries.
    await ended('sync-source', 2);
    expect(events.filter(({ outcome }) => outcome === 'delayed')).toHaveLength(7);
    expect(events.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(Date.now() - asked).toBeGreaterThan(7_000);
    expect(await store.countIssues(site.id('tired'))).toBe(1);
  }, 30_000);

  test('let a census wait while its source is being read', async () => {
    await using site = await openSite(connect(), ['acme']);
    const { world, queue, events } = site;
    world('acme').create();
    await store.exclusively(site.id('acme'), async () => {
      await queue.add('reconcile-source', { source: site.id('acme') }, 'x');
      await expect
        .poll(() => events, { timeout: 10_000 })
        .toContainEqual(expect.objectContaining({ name: 'reconcile-source', outcome: 'delayed' }));
    });
  });

  test('read an issue once for many hints that come while it waits, and again for one that comes later', async () => {
    await using site = await openSite(connect(), ['acme']);
    const { world, queue, ended } = site;
    world('acme').create();
    world('acme').create();
    await queue.add('sync-source', { source: site.id('acme') }, 'a');
    await ended('sync-source', 1);
    const requests = site.requests('acme');
    const hint = (id: string) =>
      queue.add('read-issues', { source: site.id('acme'), ids: [id] }, `${site.id('acme')}:${id}`, 300);
    world('acme').edit('1', 'In Progress');
    for (let i = 0; i < 5; i += 1) await hint('1');
    world('acme').edit('2', 'Done');
    await hint('2');
    await site.idle('issues');
    // One reading for both; or two, where the second hint was taken up while the first one was.
    expect(site.requests('acme') - requests).toBeLessThanOrEqual(2);
    const statuses = async () =>
      (await store.readIssues(site.id('acme'))).map(({ current }) => current.scalars.status?.name);
    expect(await statuses()).toEqual(['In Progress', 'Done']);
    world('acme').edit('1', 'Done');
    await hint('1');
    await site.idle('issues');
    expect(await statuses()).toEqual(['Done', 'Done']);
    // Reports wait for more hints.
    expect(await queue.counts()).toContainEqual(expect.objectContaining({ queue: 'assess', delayed: 1 }));
  });

  test('are given a poll for each source at once, and a census at night', async () => {
    await using site = await openSite(connect(), ['one', 'two']);
    await scheduleSyncs(site.queue, site.config);
    expect(await site.queue.counts()).toContainEqual(
      expect.objectContaining({ queue: 'reconcile', delayed: 2, waiting: 0, active: 0 }),
    );
    await site.ended('sync-source', 2);
    await site.queue.schedule([]);
  });
}

/** Sources that live, with a team on each, and workers that read them; every name its own. */
async function openSite(
  backend: { readonly database: TemporaryDatabase['address']; readonly redisUrl?: string },
  names: readonly string[],
) {
  await using cleanup = new AsyncDisposableStack();
  const run = randomBytes(4).toString('hex');
  const connections = { ...backend, schema: `test_${run}` };
  const queue: Queue = cleanup.use(await openBullmqQueue(connections));
  const id = (name: string) => `${name}-${run}`;
  const worlds = new Map<string, World>(names.map((name) => [id(name), livingWorld()]));
  const spent = new Map<string, number>();
  const events: JobEvent[] = [];
  const config: Config = {
    organisation: { name: 'Acme', timezone: 'UTC' },
    sources: names.map((name) => ({
      id: id(name),
      kind: 'jira',
      url: 'https://acme.example',
      auth: { email: 'a@acme.example', apiToken: 'secret' },
    })),
    teams: names.map((name) => team({ id: id(name), scope: [{ source: id(name) }] })),
    server: { host: '127.0.0.1', port: 0, allowedHosts: [], tokens: [] },
    syncEveryMinutes: 30,
    sweepEveryMinutes: { cycles: 15, versions: 60 },
  };
  const world = (name: string): World => {
    const found = worlds.get(name) ?? worlds.get(id(name));
    if (!found) throw new RangeError(`there is no world ${name}`);
    return found;
  };
  cleanup.use(
    await startWorkers(
      {
        config,
        store,
        connections,
        queue: async () => queue,
        now: Date.now,
        tracker: (source) => {
          const tracker = world(source).connect(source);
          return Object.assign(Object.create(tracker) as typeof tracker, {
            source,
            async [Symbol.asyncDispose]() {
              spent.set(source, (spent.get(source) ?? 0) + tracker.spend.requests);
            },
          });
        },
        onJob: (event) => events.push(event),
      },
      1_000,
    ),
  );
  const owned = cleanup.move();
  return {
    config,
    queue,
    id,
    world,
    events,
    requests: (name: string) => spent.get(id(name)) ?? 0,
    /** Waits until a queue has nothing left to do. */
    idle: (name: string) =>
      expect
        .poll(
          async () => {
            const found = (await queue.counts()).find((counts) => counts.queue === name);
            return found && found.waiting + found.active + found.delayed;
          },
          { timeout: 20_000, interval: 50 },
        )
        .toBe(0),
    /** Waits until at least so many jobs of a name have ended well. */
    ended: (name: string, count: number) =>
      expect
        .poll(() => events.filter((event) => event.name === name && event.outcome === 'completed').length, {
          timeout: 20_000,
          interval: 20,
        })
        .toBeGreaterThanOrEqual(count),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
