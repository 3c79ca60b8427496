import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { assessTeam } from '#pipeline/assess-team.ts';
import { team } from '#tests/builders/team.ts';
import { day, NOW, openSite, type Site } from './site.ts';

const REPORT = '/api/v1/teams/payments/report';

let site: Site;
let server: Server;

beforeAll(async () => {
  site = await openSite();
  server = await site.serve();
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

describe('the report on a team', () => {
  test('is the very text the command prints, as of the latest day that was read', async () => {
    const answer = await server.inject(REPORT);
    const document = await assessTeam(site.store, team());
    expect(document.asOf).toBe('2026-03-20');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
  });

  test('is computed as of any past day, and has the same bytes every time', async () => {
    const [first, again, latest] = await Promise.all(
      [`${REPORT}?asOf=2026-02-14`, `${REPORT}?asOf=2026-02-14`, REPORT].map((url) => server.inject(url)),
    );
    expect(first?.json()).toMatchObject({ asOf: '2026-02-14', team: { id: 'payments' } });
    expect(again?.body).toBe(first?.body);
    expect(latest?.body).not.toBe(first?.body);
  });

  test('tells the age of its data in headers, so that the body stays the same', async () => {
    const before = await server.inject(REPORT);
    expect(before.headers['evenkeel-data-complete-as-of']).toBe('2026-03-20T14:00:00.000Z');
    expect(before.headers).not.toHaveProperty('evenkeel-sync-failing');
    await site.store.failSync('acme', 'the site answers 503');
    const after = await server.inject(REPORT);
    expect(after.headers['evenkeel-sync-failing']).toBe('acme');
    expect(after.body).toBe(before.body);
  });

  test('is not sent again to whoever has it', async () => {
    const { headers } = await server.inject(REPORT);
    const ask = (tag: string) => server.inject({ url: REPORT, headers: { 'if-none-match': tag } });
    const same = await ask(`"other", W/${headers.etag}`);
    expect([same.statusCode, same.body]).toEqual([304, '']);
    expect((await ask('"other"')).statusCode).toBe(200);
  });

  test('is recalled as it was published, byte for byte, whatever its version looked like', async () => {
    const document = { z: 1, team: { name: 'as it was called then' }, a: [0.1, { y: 2, b: 1 }] };
    const asOf = day('2026-01-31');
    await site.store.publish({ team: 'payments', asOf, publishedAt: NOW, document });
    const answer = await server.inject(`${REPORT}?publishedOn=2026-01-31`);
    expect(answer.body).toBe(`${JSON.stringify(document, undefined, 2)}\n`);
  });

  test('that was never published is missing, with the way to have it computed', async () => {
    const answer = await server.inject(`${REPORT}?publishedOn=2026-02-01`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error).toEqual({
      code: 'NOT_PUBLISHED',
      message:
        'No report on team "payments" was published for 2026-02-01. Ask with asOf=2026-02-01 to have it computed.',
    });
  });
});

describe('a question about a team that has no answer', () => {
  test('an unknown team is answered with the teams there are', async () => {
    const answer = await server.inject('/api/v1/teams/paymnets/report');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({
      error: {
        code: 'UNKNOWN_TEAM',
        message: 'There is no team "paymnets". There are: payments, platform.',
      },
    });
  });

  test('a team whose source was never read is answered with the command to run', async () => {
    const answer = await server.inject('/api/v1/teams/platform/report');
    expect(answer.statusCode).toBe(409);
    expect(answer.json().error.code).toBe('NOTHING_SYNCED');
    expect(answer.json().error.message).toContain('evenkeel sync labs');
  });

  test.each([
    ['asOf=20260214', 'query.asOf', 'expected a date as YYYY-MM-DD'],
    ['asOf=2026-02-30', 'query.asOf', 'expected a date as YYYY-MM-DD'],
    ['asOf=', 'query.asOf', 'expected a date as YYYY-MM-DD'],
    ['asOf=2026-02-14&asOf=2026-02-15', 'query.asOf', 'expected a date as YYYY-MM-DD'],
    ['asOf=2026-02-14&publishedOn=2026-02-14', 'query', 'ask for one of them'],
    ['asof=2026-02-14', 'query', 'Unrecognized key: "asof"'],
    // The data end where the last sync began, 2026-03-20, whatever our clock shows.
    ['asOf=2026-03-21', 'query.asOf', 'its sources were read up to 2026-03-20'],
  ])('%s is refused, with the place of the mistake', async (query, at, message) => {
    const answer = await server.inject(`${REPORT}?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.details).toEqual([{ at, message: expect.stringContaining(message) }]);
  });
});

test('every team is listed with its latest headline and the age of its data', async () => {
  const headline = { level: 'unknown', clause: '1: no committed dated goal', sentence: 'Payments is fine.' };
  const asOf = day('2026-03-19');
  await site.store.publish({ team: 'payments', asOf, publishedAt: NOW, document: { headline, more: 1 } });
  await site.store.finishSync('acme', Date.UTC(2026, 2, 20, 14), Date.UTC(2026, 2, 20, 14, 5));

  expect((await server.inject('/api/v1/teams')).json()).toEqual({
    teams: [
      {
        id: 'payments',
        name: 'Payments',
        timezone: 'UTC',
        headline,
        asOf: '2026-03-19',
        publishedAt: '2026-03-20T17:30:00.000Z',
        dataAge: [
          {
            source: 'acme',
            completeAsOf: '2026-03-20T14:00:00.000Z',
            finishedAt: '2026-03-20T14:05:00.000Z',
          },
        ],
      },
      {
        id: 'platform',
        name: 'Platform',
        group: 'Foundations',
        timezone: 'UTC',
        dataAge: [{ source: 'labs', lastError: 'the token for labs is refused' }],
      },
    ],
  });
});
