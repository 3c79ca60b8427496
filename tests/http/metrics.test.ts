import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { NOW, openSite, type Site, TOKEN } from './site.ts';

let site: Site;
let server: Server;
beforeAll(async () => {
  site = await openSite();
  server = await site.serve();
  const held = (await site.store.inventory('acme')).filter(({ gone }) => !gone).slice(0, 3);
  const agreeing = [true, false, undefined];
  await site.store.noteCrossChecks('acme', new Map(held.map(({ id }, i) => [id, agreeing[i]])), NOW);
  await site.store.addToBudget('acme', {
    at: NOW - 60_000,
    allowances: [
      {
        resource: 'complexity',
        limit: 3_600_000,
        remaining: 100_000,
        windowMs: 3_600_000,
        refill: 'steadily',
        resetsAt: NOW + 3_000_000,
        observedAt: NOW - 60_000,
      },
    ],
    pauses: [{ until: NOW + 90_000 }, { endpoint: 'GET /x', until: NOW - 1 }],
    spent: new Map([
      ['requests', 12],
      ['complexity', 4321.5],
    ]),
  });
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

test('Prometheus is told of sources, limits, queues and the process, and of no team', async () => {
  const answer = await server.inject('/metrics');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = answer.body.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'evenkeel_tracker_used_total{source="acme",resource="requests"} 12',
      'evenkeel_tracker_used_total{source="acme",resource="complexity"} 4321.5',
      'evenkeel_tracker_limit{source="acme",resource="complexity"} 3600000',
      // A thousand a second flowed back in the minute since.
      'evenkeel_tracker_remaining{source="acme",resource="complexity"} 160000',
      'evenkeel_tracker_pause_seconds{source="acme"} 90',
      'evenkeel_tracker_pause_seconds{source="labs"} 0',
      'evenkeel_source_issues{source="acme"} 30',
      // Of a third there was nothing to compare.
      'evenkeel_source_cross_checked_issues{source="acme"} 2',
      'evenkeel_source_contradicted_issues{source="acme"} 1',
      'evenkeel_source_failing{source="acme"} 0',
      'evenkeel_source_failing{source="labs"} 1',
      'evenkeel_queue_jobs{queue="sync",state="waiting"} 0',
    ]),
  );
  expect(answer.body).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(answer.body).not.toContain('payments');
  expect(answer.body).not.toContain('contradicted_issues{source="labs"}');
  // Asked again, the counts are those of now and not their sum.
  expect((await server.inject('/metrics')).body).toContain(
    'evenkeel_tracker_used_total{source="acme",resource="requests"} 12\n',
  );
});

test('when a token expires is told of a source whose last day somebody told', async () => {
  const sources = site.config.sources.map((one) =>
    one.kind === 'jira' && one.id === 'acme' ? { ...one, auth: { ...one.auth, expires: '2026-04-30' } } : one,
  );
  const own = await site.serve({ sources });
  const { body } = await own.inject('/metrics');
  await own.close();
  const told = body.split('\n').filter((line) => line.startsWith('evenkeel_source_token_expires'));
  // The midnight after, by UTC.
  expect(told).toEqual([
    `evenkeel_source_token_expires_timestamp_seconds{source="acme"} ${Date.UTC(2026, 4, 1) / 1000}`,
  ]);
});

test('the same limits are told with the sources, and pauses that are over are not', async () => {
  const [acme] = (await server.inject('/api/v1/sources')).json().sources;
  expect(acme.limits).toEqual({
    allowances: [
      {
        resource: 'complexity',
        limit: 3_600_000,
        remaining: 160_000,
        resetsAt: new Date(NOW + 3_000_000).toISOString(),
        observedAt: new Date(NOW - 60_000).toISOString(),
        announced: false,
      },
    ],
    spent: [
      { resource: 'complexity', amount: 4321.5, since: new Date(NOW - 60_000).toISOString() },
      { resource: 'requests', amount: 12, since: new Date(NOW - 60_000).toISOString() },
    ],
    pauses: [{ until: new Date(NOW + 90_000).toISOString() }],
  });
});

test('no report tells of limits', async () => {
  const before = (await server.inject('/api/v1/teams/payments/report')).body;
  await site.store.addToBudget('acme', {
    at: NOW,
    allowances: [],
    pauses: [{ until: NOW + 900_000 }],
    spent: new Map([['requests', 100]]),
  });
  expect((await server.inject('/api/v1/teams/payments/report')).body).toBe(before);
});

test('from another machine it needs the token that reading needs', async () => {
  const open = await site.serve({
    server: { host: '0.0.0.0', tokens: [TOKEN], allowedHosts: ['localhost'] },
  });
  expect((await open.inject('/metrics')).statusCode).toBe(401);
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect((await open.inject({ url: '/metrics', headers })).statusCode).toBe(200);
  await open.close();
});
