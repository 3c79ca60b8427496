import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config, SourceConfig } from '#config/config.ts';
import { digest } from '#demo/jira/digest.ts';
import { createJiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { linearDigest } from '#demo/linear/digest.ts';
import { createLinearSimulator, type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import { buildServer } from '#http/server.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { team } from '#tests/builders/team.ts';
import { smallIssue as smallJiraIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import {
  ANN,
  BOB,
  DOING,
  DONE,
  MINUTE,
  PAY,
  smallIssue,
  smallWorkspace,
  TODO,
} from '#tests/demo/linear/small-workspace.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';
import { fromJira } from '#tests/trackers/signed-delivery.ts';
import { sharedLimits } from '#trackers/shared-limits.ts';
import { type JobEvent, startWorkers } from '#workers/start.ts';
import { connect, webhooksOf } from '../../src/app.ts';

const SECRET = 'lin_wh_a-secret-of-this-test';
const SALT = 'salt';

let database: TemporaryDatabase;
let store: Store;
let linear: LinearSimulator;
beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
  linear = await createLinearSimulator(smallWorkspace([smallIssue(1), smallIssue(2)]), {
    webhookRetryDelays: [],
  });
});
afterAll(async () => {
  await linear.close();
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const statuses = async (id: string) => {
  const [issue] = await store.readIssues('labs', { ids: [id] });
  return issue && scalarIntervals(issue, 'status').map(({ from, value }) => [from, value?.value]);
};

test('Linear tells of an edit, a worker asks what became of it, and nothing of the first minutes is lost', async () => {
  await using site = await serve(
    {
      id: 'labs',
      kind: 'linear',
      url: linear.url,
      auth: { apiKey: SIMULATED_API_KEY },
      webhookSecret: SECRET,
    },
    () => linear.clock.now(),
  );
  const { queue, address, ended } = site;

  await queue.add('sync-source', { source: 'labs' }, 'labs');
  await ended('sync-source', 1);

  linear.webhooks.deliverTo(`${address}/webhooks/labs`, SECRET);
  const made = linear.edits.createIssue({ title: 'New', teamId: PAY, stateId: TODO }, ANN);
  const createdAt = linear.clock.now();
  await linear.webhooks.settled();
  linear.clock.advance(MINUTE);
  linear.edits.update(made.id, { stateId: DOING, assigneeId: BOB }, ANN);
  const movedAt = linear.clock.now();
  await linear.webhooks.settled();
  linear.clock.advance(10 * MINUTE);
  linear.edits.update(made.id, { stateId: DONE }, BOB);
  const doneAt = linear.clock.now();
  await linear.webhooks.settled();
  expect(linear.webhooks.attempts.map(({ event, status }) => [event, status])).toEqual([
    ['Issue', 200],
    ['Issue', 200],
    ['Issue', 200],
  ]);

  // One reading for three deliveries, ten seconds after the first.
  await ended('read-issues', 1);
  expect(linear.workspace.issues.find(({ id }) => id === made.id)?.history).toHaveLength(1);
  expect(await statuses(made.id)).toEqual([
    [createdAt, TODO],
    [movedAt, DOING],
    [doneAt, DONE],
  ]);
  const digest = () => digestOf(store.digestLines('labs'));
  expect(await digest()).toBe(linearDigest(linear.workspace, { sourceId: 'labs', salt: SALT }));

  // Read anew from its beginning, the issue is the same.
  await queue.add('sync-source', { source: 'labs', full: true }, 'labs');
  await ended('sync-source', 2);
  expect(await statuses(made.id)).toHaveLength(3);
  expect(await digest()).toBe(linearDigest(linear.workspace, { sourceId: 'labs', salt: SALT }));

  // A cycle or a project changes no issue: what the workspace says of itself is read again.
  const [project] = linear.workspace.projects;
  if (project) linear.edits.save('projects', { ...project, name: 'Renamed' });
  await linear.webhooks.settled();
  await ended('read-reference', 1);
  expect((await store.readReference('labs'))?.projects.map(({ name }) => name)).toContain('Renamed');
});

test('Jira tells of an edit, a comment, a link and a version, and the store has what it has', async () => {
  await using jira = await createJiraSimulator(smallSite([smallJiraIssue(1), smallJiraIssue(2)]));
  await using site = await serve(
    { id: 'acme', kind: 'jira', url: jira.url, auth: SIMULATED_ACCOUNT, webhookSecret: SECRET },
    () => jira.clock.now(),
  );
  const { queue, address, ended, idle } = site;
  const digests = async () => [
    await digestOf(store.digestLines('acme')),
    digest(jira.site, { sourceId: 'acme', salt: SALT }),
  ];
  await queue.add('sync-source', { source: 'acme' }, 'acme');
  await ended('sync-source', 1);

  const deliver = (webhookEvent: string, fields: object) =>
    tell(`${address}/webhooks/acme`, { timestamp: jira.clock.now(), webhookEvent, ...fields });
  const queued = { status: 200, outcome: 'queued' };
  const [first, second] = jira.site.issues.map(({ id }) => id);
  const issue = { id: first, self: `${jira.url}/rest/api/2/issue/${first}` };
  jira.clock.advance(MINUTE);
  jira.edits.update([first ?? '', second ?? ''], { statusId: '5', labels: ['told'] });
  expect(await deliver('jira:issue_updated', { issue })).toEqual(queued);
  expect(await deliver('comment_created', { issue, comment: {} })).toEqual(queued);
  expect(
    await deliver('issuelink_created', {
      issueLink: { sourceIssueId: Number(first), destinationIssueId: Number(second) },
    }),
  ).toEqual(queued);
  await idle();
  const [ours, theirs] = await digests();
  expect(ours).toBe(theirs);

  const [version] = jira.site.versions;
  if (version) jira.edits.save('versions', { ...version, name: 'Renamed' });
  expect(await deliver('jira:version_updated', {})).toEqual(queued);
  await ended('read-reference', 1);
  expect((await store.readReference('acme'))?.versions.map(({ name }) => name)).toContain('Renamed');
  // Of one that is said to be deleted the tracker is asked at once; what it shows stays, whatever was said.
  jira.clock.advance(MINUTE);
  jira.edits.remove(second ?? '');
  const deletedAt = jira.clock.now();
  const self = `${jira.url}/rest/api/2/issue/${second}`;
  expect(await deliver('jira:issue_deleted', { issue: { id: second, self } })).toEqual(queued);
  expect(await deliver('jira:issue_deleted', { issue })).toEqual(queued);
  await expect.poll(() => store.countIssues('acme'), { timeout: 40_000 }).toBe(1);
  const [stays, gone] = await store.readIssues('acme');
  expect([stays?.id, stays?.gone]).toEqual([first, undefined]);
  expect(gone).toMatchObject({ id: second, gone: [{ why: 'deleted' }] });
  expect(Math.abs((gone?.gone?.[0]?.since ?? 0) - deletedAt)).toBeLessThan(MINUTE);
  await idle();
  // What all of it took is counted, every request of it.
  const { spent } = await store.budget('acme');
  expect(spent.find(({ resource }) => resource === 'requests')?.amount).toBe(jira.requests.length);
}, 90_000);

test('sixty deliveries at once cost Jira a handful of requests, and nothing is missed', async () => {
  const issues = Array.from({ length: 80 }, (_, i) => smallJiraIssue(i + 1));
  await using jira = await createJiraSimulator(smallSite(issues));
  await using site = await serve(
    { id: 'flock', kind: 'jira', url: jira.url, auth: SIMULATED_ACCOUNT, webhookSecret: SECRET },
    () => jira.clock.now(),
  );
  await site.queue.add('sync-source', { source: 'flock' }, 'flock');
  await site.ended('sync-source', 1);

  jira.clock.advance(MINUTE);
  const ids = jira.site.issues.slice(0, 60).map(({ id }) => id);
  jira.edits.update(ids, { statusId: '5', labels: ['told'] });
  const asked = jira.requests.length;
  const told = await Promise.all(
    ids.map((id) =>
      tell(`${site.address}/webhooks/flock`, {
        timestamp: jira.clock.now(),
        webhookEvent: 'jira:issue_updated',
        issue: { id, self: `${jira.url}/rest/api/2/issue/${id}` },
      }),
    ),
  );
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['queued']));
  await site.idle();
  // One reading of all of them is two; what came while that was begun may be another.
  expect(jira.requests.length - asked).toBeLessThanOrEqual(6);
  expect(await digestOf(store.digestLines('flock'))).toBe(
    digest(jira.site, { sourceId: 'flock', salt: SALT }),
  );
}, 90_000);

test('sixty deliveries at once cost Linear a handful of requests, and nothing is missed', async () => {
  const issues = Array.from({ length: 80 }, (_, i) => smallIssue(i + 1));
  await using crowd = await createLinearSimulator(smallWorkspace(issues), { webhookRetryDelays: [] });
  await using site = await serve(
    {
      id: 'crowd',
      kind: 'linear',
      url: crowd.url,
      auth: { apiKey: SIMULATED_API_KEY },
      webhookSecret: SECRET,
    },
    () => crowd.clock.now(),
  );
  await site.queue.add('sync-source', { source: 'crowd' }, 'crowd');
  await site.ended('sync-source', 1);

  crowd.clock.advance(10 * MINUTE);
  crowd.webhooks.deliverTo(`${site.address}/webhooks/crowd`, SECRET);
  const asked = crowd.requests.length;
  for (const { id } of crowd.workspace.issues.slice(0, 60)) crowd.edits.update(id, { stateId: DONE }, ANN);
  await crowd.webhooks.settled();
  expect(crowd.webhooks.attempts).toHaveLength(60);
  await site.idle();
  expect(crowd.requests.length - asked).toBeLessThanOrEqual(3);
  const ours = await digestOf(store.digestLines('crowd'));
  expect(ours).toBe(linearDigest(crowd.workspace, { sourceId: 'crowd', salt: SALT }));
}, 90_000);

/** Delivers what Jira would say. */
async function tell(address: string, message: object) {
  const { body, headers } = fromJira(JSON.stringify(message), { secret: SECRET });
  const answer = await fetch(address, { method: 'POST', headers, body: body.toString() });
  const { outcome } = (await answer.json()) as { readonly outcome?: string };
  return { status: answer.status, outcome };
}

/** Workers and a server on one source, whose clock is its tracker's. */
async function serve(source: SourceConfig, now: () => number) {
  await using cleanup = new AsyncDisposableStack();
  const config: Config = {
    organisation: { name: 'Acme', timezone: 'UTC' },
    sources: [source],
    teams: [team({ scope: [{ source: source.id }] })],
    server: { host: '127.0.0.1', port: 0, allowedHosts: [], tokens: [] },
    syncEveryMinutes: 30,
    sweepEveryMinutes: { cycles: 15, versions: 60 },
  };
  const connections = { database: database.address, schema: `${database.schema}_${source.id}` };
  const queue = cleanup.use(await openBullmqQueue(connections));
  const limits = sharedLimits(store);
  const webhooks = (id: string) => webhooksOf(config, id, SALT);
  const server = await buildServer({ config, store, queue, now, webhooks });
  cleanup.defer(() => server.close());
  const events: JobEvent[] = [];
  cleanup.use(
    await startWorkers({
      config,
      store,
      tracker: (id, options) => connect(config, id, SALT, { ...options, limits: limits(id) }),
      queue: async () => queue,
      connections,
      now,
      onJob: (event) => events.push(event),
    }),
  );
  const ended = (name: string, times: number) =>
    expect
      .poll(() => events.filter((event) => event.name === name && event.outcome === 'completed').length, {
        timeout: 40_000,
      })
      .toBe(times);
  const idle = () =>
    expect
      .poll(
        async () => {
          const found = (await queue.counts()).find((counts) => counts.queue === 'issues');
          return found && found.waiting + found.active + found.delayed;
        },
        { timeout: 40_000 },
      )
      .toBe(0);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const owned = cleanup.move();
  return { queue, address, ended, idle, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
