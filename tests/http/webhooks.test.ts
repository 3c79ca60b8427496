import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { openBackend } from '#queue/backend.ts';
import { QueueError } from '#queue/queue-error.ts';
import { history } from '#tests/builders/team.ts';
import { query } from '#tests/store/query.ts';
import { fromJira, fromLinear, WEBHOOK_SECRET } from '#tests/trackers/signed-delivery.ts';
import { createJiraWebhooks } from '#trackers/jira/webhook.ts';
import { createLinearWebhooks } from '#trackers/linear/webhook.ts';
import { NOW, openSite, type Site, send, TOKEN } from './site.ts';

const LINEAR_SECRET = 'another-secret-of-this-test';
const jira = createJiraWebhooks({ url: 'https://acme.example', secret: WEBHOOK_SECRET });
const linear = createLinearWebhooks({ source: 'labs', secret: LINEAR_SECRET, salt: 'salt' });
const webhooks = (source: string) => ({ acme: jira, labs: linear })[source];

let site: Site;
let server: Server;
beforeAll(async () => {
  site = await openSite();
  server = await site.serve({ webhooks, server: { tokens: [TOKEN] } });
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

let issueId = 0;
beforeEach(() => {
  issueId += 1;
});

const editedInJira = (id = issueId, at = NOW - 1000) =>
  JSON.stringify({ timestamp: at, webhookEvent: 'jira:issue_updated', issue: { id: String(id) } });
const editedInLinear = (id = issueId, more: object = {}) =>
  JSON.stringify({
    webhookTimestamp: NOW - 1000,
    action: 'update',
    type: 'Issue',
    data: { id: `issue-${id}` },
    ...more,
  });

async function deliver(
  source: string,
  { body, headers }: { readonly body: Buffer; readonly headers: Record<string, string> },
  to = server,
) {
  const answer = await to.inject({ method: 'POST', url: `/webhooks/${source}`, headers, payload: body });
  return { status: answer.statusCode, body: answer.json() };
}

/** Everything a delivery could have changed. */
async function state() {
  const { connections, store } = site;
  const rows = await Promise.all(
    ['webhook_delivery', 'told_change', 'issue', 'reference'].map((table) =>
      query(connections.database, `select * from "${connections.schema}".${table} order by 1, 2`),
    ),
  );
  return {
    rows,
    jobs: await site.queue.counts(),
    sources: [await store.syncState('acme'), await store.syncState('labs')],
  };
}

async function waiting(): Promise<readonly unknown[]> {
  const backend = await openBackend(site.connections);
  const queue = backend.queue('issues');
  const jobs = await (
    queue as unknown as {
      getDelayed(): Promise<readonly { readonly name: string; readonly data: unknown }[]>;
    }
  ).getDelayed();
  await queue.close();
  await backend[Symbol.asyncDispose]();
  return jobs.map(({ name, data }) => [name, data]);
}

describe('a delivery that is signed, of now, and new', () => {
  test('of Jira has its issue read, once for however many words of it', async () => {
    for (const at of [1000, 900, 800]) {
      expect(await deliver('acme', fromJira(editedInJira(issueId, NOW - at)))).toEqual({
        status: 200,
        body: { outcome: 'queued', reason: 'A worker asks the tracker about jira:issue_updated.' },
      });
    }
    const own = (await waiting()).filter((job) => JSON.stringify(job).includes(`"${issueId}"`));
    expect(own).toEqual([['read-issues', { source: 'acme', ids: [String(issueId)] }]]);
  });

  test('of Linear has its issue read, and keeps what its history will omit', async () => {
    const created = new Date(NOW - 60_000).toISOString();
    const early = editedInLinear(issueId, {
      createdAt: new Date(NOW - 2000).toISOString(),
      data: { id: `issue-${issueId}`, createdAt: created, stateId: 's2' },
      updatedFrom: { stateId: 's1' },
    });
    const sent = fromLinear(early, { secret: LINEAR_SECRET });
    expect((await deliver('labs', sent)).body.outcome).toBe('queued');
    const { database, schema } = site.connections;
    const rows = await query(
      database,
      `select event from "${schema}".told_change where issue_id = 'issue-${issueId}'`,
    );
    expect(rows).toEqual([
      {
        event: {
          at: NOW - 2000,
          eventId: expect.stringMatching(/^webhook:[0-9a-f]{36}$/),
          itemIndex: 0,
          field: 'status',
          from: 's1',
          to: 's2',
          origin: 'inferred',
        },
      },
    ]);
  });

  test('about the source itself has that read, once for however many', async () => {
    for (const event of ['sprint_started', 'sprint_closed', 'jira:version_updated']) {
      const text = JSON.stringify({ timestamp: NOW - issueId, webhookEvent: event });
      expect((await deliver('acme', fromJira(text))).body.outcome).toBe('queued');
    }
    const own = (await waiting()).filter((job) => JSON.stringify(job).includes('read-reference'));
    expect(own).toEqual([['read-reference', { source: 'acme' }]]);
  });

  test('about what is not read changes nothing, and says so', async () => {
    const before = await state();
    const text = JSON.stringify({ timestamp: NOW, webhookEvent: 'user_created' });
    expect(await deliver('acme', fromJira(text))).toEqual({
      status: 200,
      body: { outcome: 'ignored', reason: 'Nothing that is read changes with user_created.' },
    });
    expect(await state()).toEqual(before);
  });

  test('is taken under the name of a proxy and without a token, which opens no other address', async () => {
    const own = await site.serve({ webhooks, server: { tokens: [TOKEN] } });
    const address = await own.listen({ host: '127.0.0.1', port: 0 });
    const { body, headers } = fromJira(editedInJira());
    const host = 'hooks.acme.example';
    const ask = (path: string, method: string) =>
      method === 'POST'
        ? send(address, path, { method, headers: { ...headers, host }, body: body.toString() })
        : send(address, path, { method, headers: { host } });
    expect((await ask('/webhooks/acme', 'POST')).status).toBe(200);
    expect((await ask('/webhooks/acme', 'GET')).status).toBe(403);
    expect((await ask('/api/v1/sources', 'GET')).status).toBe(403);
    expect((await ask('/api/v1/sources/acme/sync', 'POST')).status).toBe(403);
    expect((await ask('/webhooks/acme/../../api/v1/sources/acme/sync', 'POST')).status).toBe(403);
    await own.close();
  });
});

describe('changes nothing when it', () => {
  const one = () => fromJira(editedInJira());
  const type = (text: string) => ({ ...one(), headers: { ...one().headers, 'content-type': text } });
  test.each([
    [
      'has no signature',
      'acme',
      () => ({ ...one(), headers: { 'content-type': 'application/json' } }),
      401,
      'WEBHOOK_UNSIGNED',
    ],
    [
      'has a signature of SHA-1',
      'acme',
      () => fromJira(editedInJira(), { algorithm: 'sha1' }),
      401,
      'WEBHOOK_UNSIGNED',
    ],
    [
      'is forged',
      'acme',
      () => fromJira(editedInJira(), { secret: 'guessed-by-someone' }),
      401,
      'WEBHOOK_FORGED',
    ],
    [
      'is changed on its way',
      'acme',
      () => ({ ...one(), body: Buffer.from(editedInJira(999)) }),
      401,
      'WEBHOOK_FORGED',
    ],
    [
      'is for another source',
      'acme',
      () => fromJira(editedInJira(), { secret: LINEAR_SECRET }),
      401,
      'WEBHOOK_FORGED',
    ],
    ['is of another tracker', 'labs', one, 401, 'WEBHOOK_UNSIGNED'],
    [
      'is of another tracker with our secret',
      'acme',
      () => fromLinear(editedInLinear()),
      401,
      'WEBHOOK_UNSIGNED',
    ],
    ['is for no source there is', 'nowhere', one, 404, 'UNKNOWN_SOURCE'],
    ['is old', 'acme', () => fromJira(editedInJira(issueId, NOW - 3 * 3_600_000)), 401, 'WEBHOOK_STALE'],
    [
      'is older than a minute, of Linear',
      'labs',
      () =>
        fromLinear(editedInLinear(issueId, { webhookTimestamp: NOW - 61_000 }), { secret: LINEAR_SECRET }),
      401,
      'WEBHOOK_STALE',
    ],
    [
      'is about another site',
      'acme',
      () =>
        fromJira(
          JSON.stringify({
            timestamp: NOW,
            webhookEvent: 'jira:issue_updated',
            issue: { id: '1', self: 'https://other.example/rest/api/2/issue/1' },
          }),
        ),
      400,
      'WEBHOOK_WRONG_SOURCE',
    ],
    ['is no JSON', 'acme', () => fromJira('{{'), 400, 'WEBHOOK_MALFORMED'],
    ['is empty', 'acme', () => fromJira(''), 400, 'WEBHOOK_MALFORMED'],
    ['is said to be text', 'acme', () => type('text/plain'), 415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE'],
    [
      'is said to be a form',
      'acme',
      () => type('application/x-www-form-urlencoded'),
      415,
      'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    ],
    [
      'is larger than Linear sends',
      'labs',
      () => fromLinear(`"${'x'.repeat(5 * 1024 * 1024)}"`, { secret: LINEAR_SECRET }),
      413,
      'WEBHOOK_TOO_LARGE',
    ],
    [
      'is larger than Jira sends',
      'acme',
      () => fromJira(`"${'x'.repeat(25 * 1024 * 1024)}"`),
      413,
      'WEBHOOK_TOO_LARGE',
    ],
  ])('%s', async (_, source, sent, status, code) => {
    const before = await state();
    const answer = await deliver(source, sent());
    expect({ status: answer.status, code: answer.body.error?.code }).toEqual({ status, code });
    expect(answer.body.error.message).toMatch(/\.$/);
    expect(JSON.stringify(answer.body)).not.toContain(WEBHOOK_SECRET);
    expect(await state()).toEqual(before);
  });

  test('comes a second time: at once, to another process, after a restart, under another id', async () => {
    const sent = fromJira(editedInJira(), { id: 'delivery-1' });
    expect((await deliver('acme', sent)).body.outcome).toBe('queued');
    const before = await state();
    const duplicate = {
      status: 200,
      body: { outcome: 'duplicate', reason: 'This delivery was taken before.' },
    };
    expect(await deliver('acme', sent)).toEqual(duplicate);
    const other = await site.serve({ webhooks });
    expect(await deliver('acme', sent, other)).toEqual(duplicate);
    expect(await deliver('acme', fromJira(editedInJira(), { id: 'delivery-2' }), other)).toEqual(duplicate);
    await other.close();
    const after = await state();
    expect(after.jobs).toEqual(before.jobs);
    expect(after.sources).toEqual(before.sources);
  });

  test('comes to a source without a secret', async () => {
    const own = await site.serve();
    expect(await deliver('acme', fromJira(editedInJira()), own)).toMatchObject({
      status: 404,
      body: { error: { code: 'WEBHOOKS_NOT_CONFIGURED' } },
    });
    await own.close();
  });
});

test('what the queue could not take may come again', async () => {
  const { queue } = site;
  const broken = {
    ...queue,
    add: async () => {
      throw new QueueError('QUEUE_UNREACHABLE', 'gone');
    },
  };
  const own = await site.serve({ webhooks, queue: broken });
  const sent = fromJira(editedInJira(), { id: `again-${issueId}` });
  expect((await deliver('acme', sent, own)).body.error.code).toBe('QUEUE_UNREACHABLE');
  await own.close();
  expect((await deliver('acme', sent)).body.outcome).toBe('queued');
});

test('the answer does not wait for a worker that is busy', async () => {
  const backend = await openBackend(site.connections);
  const gate = Promise.withResolvers<void>();
  let begun = 0;
  const worker = backend.worker(
    'issues',
    async () => {
      begun += 1;
      await gate.promise;
    },
    { concurrency: 1 },
  );
  worker.on('error', () => {});
  await site.queue.add('read-issues', { source: 'acme', ids: ['busy'] }, 'busy', 0);
  await expect.poll(() => begun, { timeout: 20_000 }).toBe(1);
  const began = performance.now();
  for (let i = 0; i < 20; i += 1) {
    const sent = fromJira(editedInJira(issueId * 1000 + i));
    expect((await deliver('acme', sent)).body.outcome).toBe('queued');
  }
  // Linear gives up after five seconds for one.
  expect(performance.now() - began).toBeLessThan(5000);
  gate.resolve();
  await worker.close();
  await backend[Symbol.asyncDispose]();
});

test('has a limit of its own: forgeries use up nothing of what people may ask', async () => {
  const own = await site.serve({ webhooks });
  const forged = fromJira(editedInJira(), { secret: 'guessed-by-someone' });
  for (let i = 0; i < 310; i += 1) expect((await deliver('acme', forged, own)).status).toBe(401);
  expect((await own.inject('/api/v1/sources')).statusCode).toBe(200);
  await own.close();
});

test('a workspace is told from another as soon as it was read once', async () => {
  const from = (organizationId: string) =>
    deliver('labs', fromLinear(editedInLinear(++issueId, { organizationId }), { secret: LINEAR_SECRET }));
  expect((await from('another')).body.outcome).toBe('queued');
  await site.store.saveReference({ ...history([]).reference, source: 'labs', siteId: 'our-own' }, NOW);
  expect((await from('our-own')).body.outcome).toBe('queued');
  const before = await state();
  expect(await from('another')).toMatchObject({
    status: 400,
    body: { error: { code: 'WEBHOOK_WRONG_SOURCE' } },
  });
  expect(await state()).toEqual(before);
});
