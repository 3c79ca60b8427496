import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { day, NOW, openSite, type Site } from './site.ts';

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

describe('the page of a team', () => {
  test('shows the report, the age of its data and the way to its numbers', async () => {
    const answer = await server.inject('/teams/payments');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain('<h1>Payments</h1>');
    // Read at 14:05, asked for at 17:30.
    expect(answer.body).toContain('acme was read completely 3 hours ago');
    expect(answer.body).toContain('href="/api/v1/teams/payments/report?asOf=2026-03-20"');
  });

  test('is for any past day; a form that was sent empty means the latest', async () => {
    const past = await server.inject('/teams/payments?asOf=2026-02-14');
    expect(past.body).toContain('datetime="2026-02-14"');
    const latest = await server.inject('/teams/payments?asOf=');
    expect(latest.body).toContain('datetime="2026-03-20"');
  });

  test.each([
    ['/teams/nowhere', 404, 'There is no team &quot;nowhere&quot;. There are: payments, platform.'],
    ['/teams/payments?asOf=soon', 400, 'query.asOf: expected a date as YYYY-MM-DD.'],
    ['/teams/payments?asOf=2026-03-21', 400, 'its sources were read up to 2026-03-20'],
    ['/teams/platform', 409, 'evenkeel sync labs'],
    ['/nowhere', 404, 'There is nothing at GET /nowhere.'],
    ['/%zz', 400, 'is not a valid url component'],
  ])('%s is answered by a page that says what is wrong', async (url, status, message) => {
    const answer = await server.inject(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.body).toContain(message);
  });

  test('what was typed into the address does not become part of a page', async () => {
    const answer = await server.inject('/teams/%3Cscript%3Ealert(1)%3C%2Fscript%3E');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('&lt;script&gt;');
    expect(answer.body).not.toContain('<script');
  });

  test('titles of issues do not become part of a page either', async () => {
    expect((await server.inject('/teams/payments')).body).not.toContain('<script');
  });
});

test('the first page lists every team, its sentence, and what keeps it from having one', async () => {
  const sentence = 'Payments finishes 3 items a week.';
  const asOf = day('2026-03-19');
  const document = { headline: { level: 'unknown', clause: '1: no committed dated goal', sentence } };
  await site.store.publish({ team: 'payments', asOf, publishedAt: NOW, document });
  const { body } = await server.inject('/');
  expect(body).toContain('<a href="/teams/payments">Payments</a>');
  expect(body).toContain(sentence);
  expect(body).toContain('datetime="2026-03-19"');
  expect(body).toContain('<a href="/teams/platform">Platform</a>');
  expect(body).toContain('The last attempt to read labs failed: the token for labs is refused');
});

test('a published report of a version that is not known any more is listed by its day alone', async () => {
  const asOf = day('2026-03-20');
  const document = { headline: { level: 'splendid', clause: '0', sentence: 'All is splendid.' } };
  await site.store.publish({ team: 'payments', asOf, publishedAt: NOW, document });
  const { statusCode, body } = await server.inject('/');
  expect(statusCode).toBe(200);
  expect(body).toContain('datetime="2026-03-20"');
  expect(body).not.toContain('splendid');
});
