import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { UnrecoverableError } from 'bullmq';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { openBackend } from '#queue/backend.ts';
import { openStore } from '#store/postgres/open.ts';
import { databaseProxy } from './database-proxy.ts';
import { logLines } from './log-lines.ts';
import { openSite, type Site, TOKEN } from './site.ts';

const BEARER = { authorization: `Bearer ${TOKEN}` };

let site: Site;
let server: Server;

beforeAll(async () => {
  site = await openSite();
  server = await site.serve({ server: { tokens: [TOKEN] } });
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

describe('the sources', () => {
  test('show how far each is read, what failed, and what is under way', async () => {
    const walk = { part: 'PAY', startedAsOf: Date.UTC(2026, 2, 20, 15), done: false };
    await site.store.saveBatch('acme', [], walk);
    expect((await server.inject('/api/v1/sources')).json()).toEqual({
      sources: [
        {
          id: 'acme',
          kind: 'jira',
          address: 'https://acme.example',
          webhooks: false,
          issues: 30,
          gone: 0,
          completeAsOf: '2026-03-20T14:00:00.000Z',
          finishedAt: '2026-03-20T14:05:00.000Z',
          walks: [{ part: 'PAY', startedAsOf: '2026-03-20T15:00:00.000Z', done: false }],
          limits: { allowances: [], spent: [], pauses: [] },
        },
        {
          id: 'labs',
          kind: 'jira',
          address: 'https://labs.example',
          webhooks: false,
          issues: 0,
          gone: 0,
          lastError: 'the token for labs is refused',
          walks: [],
          limits: { allowances: [], spent: [], pauses: [] },
        },
      ],
    });
  });

  test('that are unknown cannot be read; the answer names those there are', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/sources/nowhere/sync',
      headers: BEARER,
    });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.message).toBe('There is no source "nowhere". There are: acme, labs.');
  });
});

test('a wish to read a source waits once, reaches a worker, and is seen when it fails for good', async () => {
  const wish = () =>
    server.inject({
      method: 'POST',
      url: '/api/v1/sources/acme/sync',
      headers: BEARER,
      payload: { full: true },
    });
  const answer = await wish();
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toEqual({ source: 'acme', queued: true });
  await wish();
  const sync = { queue: 'sync', waiting: 1, active: 0, delayed: 0, failed: 0, completed: 0 };
  const others = ['reconcile', 'issues', 'assess'].map((queue) => ({ ...sync, queue, waiting: 0 }));
  const queues = async () => (await server.inject('/api/v1/queues')).json();
  expect(await queues()).toEqual({ queues: [sync, ...others], failedJobs: [] });

  await using backend = await openBackend(site.connections);
  const failed = Promise.withResolvers<void>();
  const refuse = async () => {
    throw new UnrecoverableError('the token is refused');
  };
  const worker = backend.worker('sync', refuse, { concurrency: 1 });
  worker.on('error', () => {});
  worker.on('failed', () => failed.resolve());
  await failed.promise;
  await worker.close();

  expect(await queues()).toEqual({
    queues: [{ ...sync, waiting: 0, failed: 1 }, ...others],
    failedJobs: [
      {
        queue: 'sync',
        id: expect.any(String),
        name: 'sync-source',
        payload: { source: 'acme', full: true },
        reason: 'the token is refused',
        attempts: 1,
      },
    ],
  });
});

test('a server without a queue says so, and is as ready as it can be', async () => {
  await using lone = await served({ queue: undefined, server: { tokens: [TOKEN] } });
  for (const [method, url] of [
    ['GET', '/api/v1/queues'],
    ['POST', '/api/v1/sources/acme/sync'],
  ] as const) {
    const answer = await lone.server.inject({ method, url, headers: BEARER });
    expect([url, answer.statusCode, answer.json().error.code]).toEqual([url, 503, 'NO_QUEUE']);
  }
  expect((await lone.server.inject('/readyz')).json()).toEqual({ ready: true });
});

describe('when the database goes away', () => {
  test('the process still lives, is not ready, and says no more than that', async () => {
    await using proxy = await databaseProxy(site.connections.database);
    await using store = await openStore({ connection: proxy.address, schema: site.connections.schema });
    const { log, lines } = logLines();
    await using broken = await served({ store, log });
    expect((await broken.server.inject('/readyz')).json()).toEqual({ ready: true });

    await proxy.cut();
    expect((await broken.server.inject('/healthz')).statusCode).toBe(200);
    const ready = await broken.server.inject('/readyz');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({
      ready: false,
      reasons: [{ part: 'store', message: 'The database does not answer as it should.' }],
    });

    const answer = await broken.server.inject('/api/v1/teams');
    expect(answer.statusCode).toBe(503);
    const { code, message } = answer.json().error;
    expect(code).toBe('STORE_UNREACHABLE');
    const id = /log under ([0-9a-f-]{36})\.$/.exec(message)?.[1];
    const logged = lines.find((line) => line.reqId === id && line.level === 50);
    expect(logged).toMatchObject({ msg: 'a request failed', err: { code: 'STORE_UNREACHABLE' } });
    // Where the database is, is nobody's business but the log's.
    expect(answer.body).not.toContain('127.0.0.1');
  });

  test('in the middle of an answer, that answer fails and the process goes on', async () => {
    await using proxy = await databaseProxy(site.connections.database);
    await using store = await openStore({ connection: proxy.address, schema: site.connections.schema });
    await using broken = await served({ store });
    const asked = proxy.hold();
    const answer = broken.server.inject('/api/v1/teams');
    await asked;
    await proxy.cut();
    expect((await answer).statusCode).toBe(503);
    expect((await broken.server.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('a fault of our own', () => {
  test('is logged whole, and answered with nothing but the id to look for', async () => {
    const store = await openStore({
      connection: site.connections.database,
      schema: site.connections.schema,
    });
    await store.countIssues('acme');
    await store[Symbol.asyncDispose]();
    const { log, lines } = logLines();
    await using broken = await served({ store, log });
    const answers = await Promise.all(['/api/v1/teams', '/'].map((url) => broken.server.inject(url)));
    for (const answer of answers) {
      expect(answer.statusCode).toBe(500);
      const id = /log under ([0-9a-f-]{36})\./.exec(answer.body)?.[1];
      const logged = lines.find((line) => line.reqId === id && line.level === 50);
      expect(logged).toMatchObject({ err: { message: expect.any(String), stack: expect.any(String) } });
      expect(answer.body).not.toMatch(/driver|pool|\.ts|node_modules|STORE/i);
    }
  });
});

describe('the log of requests', () => {
  test('holds no credentials, and no more of a long address than a line', async () => {
    const { log, lines } = logLines();
    await using noted = await served({ log, server: { tokens: [TOKEN] } });
    const url = `/api/v1/sources/acme/sync?${'x'.repeat(5_000)}`;
    await noted.server.inject({ method: 'POST', url, headers: { ...BEARER, cookie: `session=${TOKEN}` } });
    const text = JSON.stringify(lines);
    expect(lines.length).toBeGreaterThan(0);
    expect(text).toContain('/api/v1/sources/acme/sync');
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('x'.repeat(600));
  });

  test('blanks credentials also where a colleague logs a whole request by mistake', async () => {
    const { log, lines } = logLines();
    await using noted = await served({ log });
    noted.server.log.info({ headers: BEARER, request: { headers: BEARER } }, 'oops');
    expect(lines.at(-1)?.msg).toBe('oops');
    expect(JSON.stringify(lines)).not.toContain(TOKEN);
  });
});

describe('closing', () => {
  test('lets a request that is under way end, and does not wait for idle connections', async () => {
    await using closing = await served({ server: { tokens: [TOKEN] } });
    const address = await closing.server.listen({ host: '127.0.0.1', port: 0 });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const idle = request(`${address}/healthz`, { agent }).end();
    const [idleAnswer] = await once(idle, 'response');
    idleAnswer.resume();
    await once(idleAnswer, 'end');

    const begun = once(closing.server.server, 'request');
    const slow = request(`${address}/api/v1/sources/acme/sync`, {
      method: 'POST',
      headers: { ...BEARER, 'content-type': 'application/json', 'content-length': '2' },
    });
    slow.write('{');
    await begun;
    const closed = closing.server.close();
    slow.end('}');
    const [answer] = await once(slow, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(202);
    await closed;
    expect(closing.server.server.listening).toBe(false);
  });
});

async function served(
  options: Parameters<Site['serve']>[0],
): Promise<AsyncDisposable & { readonly server: Server }> {
  const own = await site.serve(options);
  return { server: own, [Symbol.asyncDispose]: async () => own.close() };
}
