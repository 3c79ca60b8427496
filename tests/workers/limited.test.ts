import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '#demo/jira/digest.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import type { QueueConnections } from '#queue/backend.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { smallIssue as smallJiraIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { smallIssue, smallWorkspace } from '#tests/demo/linear/small-workspace.ts';
import { redisServer } from '#tests/support/redis-server.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { SALT, working } from './working.ts';

const redisUrl = await redisServer();
const RETRY_AFTER = { retryAfterSeconds: 4 };
const LIMITED = { kind: 'rate', rate: 1, seed: 1, faults: ['429_retry_after'] } as const;
/** A healthy source has been read three times by then, and a limited one not yet asked again. */
const SOON_MS = 3_500;
const HOUR = 3_600_000;
const SEARCH = '/rest/api/3/search/jql';
const HISTORIES = '/rest/api/3/changelog/bulkfetch';

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

const jiraOf = (numbers: number) =>
  smallSite(Array.from({ length: numbers }, (_, i) => smallJiraIssue(i + 1)));
const linearOf = (numbers: number) =>
  smallWorkspace(Array.from({ length: numbers }, (_, i) => smallIssue(i + 1)));
const asJira = (id: string, { url }: { readonly url: string }) =>
  ({ id, kind: 'jira', url, auth: SIMULATED_ACCOUNT }) as const;
const asLinear = (id: string, { url }: LinearSimulator) =>
  ({ id, kind: 'linear', url, auth: { apiKey: SIMULATED_API_KEY } }) as const;
const ours = (source: string) => digestOf(store.digestLines(source));
const theirs = ({ site }: JiraSimulator, sourceId: string) => digest(site, { sourceId, salt: SALT });

function everyBackend(connect: () => Omit<QueueConnections, 'schema'>) {
  test('go on with a source while others are limited, whose jobs lose no try and nothing', async () => {
    const run = randomBytes(4).toString('hex');
    const [burst, crowd, spent, fresh] = [`burst-${run}`, `crowd-${run}`, `spent-${run}`, `fresh-${run}`];
    await using jira = await createJiraSimulator(jiraOf(12), RETRY_AFTER);
    await using other = await createJiraSimulator(jiraOf(12), RETRY_AFTER);
    await using linear = await createLinearSimulator(linearOf(12), RETRY_AFTER);
    await using healthy = await createJiraSimulator(jiraOf(3));
    await using site = await working(connect(), store, [
      asJira(burst, jira),
      asJira(crowd, other),
      asLinear(spent, linear),
      asJira(fresh, healthy),
    ]);
    const { queue, events, idle } = site;
    for (const source of [burst, crowd, spent, fresh]) await queue.add('sync-source', { source }, source);
    await idle();
    const before = events.length;
    const of = (source: string, outcome: string) =>
      events.slice(before).filter((event) => event.source === source && event.outcome === outcome);

    const edited = { labels: ['edited'] };
    const ids = jira.site.issues.slice(0, 6).map(({ id }) => id);
    for (const each of [jira, other, healthy]) {
      each.clock.advance(HOUR);
      each.edits.update(each === healthy ? ['1001'] : ids, edited);
    }
    linear.clock.advance(HOUR);
    const uuids = linear.workspace.issues.slice(0, 6).map(({ id }) => id);
    linear.edits.update(uuids, { title: 'Edited' });
    for (const each of [jira, other, linear]) each.faults.set(LIMITED);

    for (const [i, id] of ids.entries()) {
      for (const source of [burst, crowd]) {
        await queue.add('read-issues', { source, ids: [id] }, `${source}:${id}`, 0);
      }
      const uuid = uuids[i] ?? '';
      await queue.add('read-issues', { source: spent, ids: [uuid] }, `${spent}:${uuid}`, 0);
    }
    await queue.add('reconcile-source', { source: burst }, burst);
    await queue.add('sync-source', { source: crowd, full: true }, crowd);
    await queue.add('sync-source', { source: spent }, spent);
    for (const source of [burst, crowd, spent]) {
      await expect.poll(() => of(source, 'delayed').length, { timeout: 10_000 }).toBeGreaterThan(0);
    }

    const asked = Date.now();
    await queue.add('read-issues', { source: fresh, ids: ['1001'] }, 'one', 0);
    await queue.add('sync-source', { source: fresh }, fresh);
    await expect.poll(() => of(fresh, 'completed').length, { timeout: 10_000 }).toBe(2);
    await queue.add('reconcile-source', { source: fresh }, fresh);
    await expect.poll(() => of(fresh, 'completed').length, { timeout: 10_000 }).toBe(3);
    expect(Date.now() - asked).toBeLessThan(SOON_MS);
    expect([burst, crowd, spent].flatMap((source) => of(source, 'completed'))).toEqual([]);

    for (const each of [jira, other, linear]) each.faults.set(undefined);
    await idle();
    // A try that is lost is told as a failure.
    expect(events.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(await ours(fresh)).toBe(theirs(healthy, fresh));
    expect(await ours(burst)).toBe(theirs(jira, burst));
    expect(await ours(crowd)).toBe(theirs(other, crowd));
    expect(await ours(spent)).toBe(linearDigest(linear.workspace, { sourceId: spent, salt: SALT }));
  }, 90_000);

  test('go on with a full reading that was put off, and do not begin it again', async () => {
    const source = `full-${randomBytes(4).toString('hex')}`;
    await using jira = await createJiraSimulator(jiraOf(1_100), { retryAfterSeconds: 10 });
    await using site = await working(connect(), store, [asJira(source, jira)]);
    const { queue, events, idle } = site;
    const askedFor = (path: string, from: number) =>
      jira.requests.slice(from).filter((request) => request.path.startsWith(path)).length;
    await queue.add('sync-source', { source }, source);
    await idle();
    // A hundred issues a search, and the histories of a thousand at once.
    expect([askedFor(SEARCH, 0), askedFor(HISTORIES, 0)]).toEqual([11, 2]);

    const asked = jira.requests.length;
    jira.clock.advance(HOUR);
    // Told to wait for longer than it has been running.
    jira.faults.set({ kind: 'at', request: asked - 2, fault: '429_retry_after' });
    await queue.add('sync-source', { source, full: true }, source);
    await expect.poll(() => events.at(-1)?.name, { timeout: 30_000 }).toBe('reconcile-source');
    expect(events.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['sync-source', 'completed'],
      ['sync-source', 'delayed'],
      ['sync-source', 'completed'],
      ['reconcile-source', 'completed'],
    ]);
    // The histories of the thousand issues that were stored when it was put off are asked for once.
    expect(askedFor(HISTORIES, asked)).toBe(2);
    expect(await ours(source)).toBe(theirs(jira, source));
  }, 60_000);

  test('leave a tracker alone that is out of service for as long as it says, at no cost of tries', async () => {
    const source = `away-${randomBytes(4).toString('hex')}`;
    await using jira = await createJiraSimulator(jiraOf(2));
    await using gate = await gateBefore(jira.url);
    await using site = await working(connect(), store, [asJira(source, gate)]);
    const { queue, events, idle } = site;
    gate.refuse(4, 5);
    await queue.add('sync-source', { source }, source);
    await idle();
    const outcomes = events.map(({ outcome }) => outcome);
    expect(new Set(outcomes.slice(0, -1))).toEqual(new Set(['delayed']));
    expect(outcomes.at(-1)).toBe('completed');
    // Asked together, or five seconds later.
    const pauses = gate.refusedAt.map((at, i) => at - (gate.refusedAt[i - 1] ?? at));
    expect(pauses.filter((ms) => ms > 1_000 && ms < 5_000)).toEqual([]);
    expect(await ours(source)).toBe(theirs(jira, source));
  }, 60_000);

  test('put back at once what is cut off when they are stopped', async () => {
    const [source, schema] = [
      `cut-${randomBytes(4).toString('hex')}`,
      `test_${randomBytes(4).toString('hex')}`,
    ];
    await using jira = await createJiraSimulator(jiraOf(2));
    await using gate = await gateBefore(jira.url);
    gate.keepSilent(true);
    {
      await using site = await working(connect(), store, [asJira(source, gate)], schema);
      await site.queue.add('sync-source', { source }, source);
      await expect.poll(gate.waiting, { timeout: 10_000 }).toBeGreaterThan(0);
    }
    gate.keepSilent(false);
    const again = Date.now();
    await using site = await working(connect(), store, [asJira(source, gate)], schema);
    await expect
      .poll(() => site.events.map(({ outcome }) => outcome), { timeout: 60_000 })
      .toEqual(['completed']);
    // A job that is found without its worker is found after half a minute.
    expect(Date.now() - again).toBeLessThan(10_000);
    expect(await ours(source)).toBe(theirs(jira, source));
  }, 90_000);
}

/** A gateway before a tracker, which may be out of service, or say nothing. */
async function gateBefore(target: string) {
  let refusals = 0;
  let seconds = 0;
  let isSilent = false;
  let silent = 0;
  const refusedAt: number[] = [];
  const server = createServer((request, response) => {
    if (isSilent) {
      silent += 1;
      return;
    }
    if (refusals > 0) {
      refusals -= 1;
      refusedAt.push(Date.now());
      response.writeHead(503, { 'retry-after': String(seconds) }).end();
      return;
    }
    void (async () => {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk as Buffer);
      const answer = await fetch(`${target}${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
        ...(body.length === 0 ? {} : { body: Buffer.concat(body) }),
      });
      response
        .writeHead(answer.status, {
          'content-type': 'application/json',
          date: answer.headers.get('date') ?? '',
        })
        .end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    refusedAt,
    waiting: () => silent,
    keepSilent(whether: boolean) {
      isSilent = whether;
    },
    refuse(times: number, retryAfterSeconds: number) {
      refusals = times;
      seconds = retryAfterSeconds;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
