import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceConfig } from '#config/config.ts';
import type { Server } from '#http/dependencies.ts';
import { NOW, openSite, type Site } from './site.ts';

/** Counted an hour before it is asked about; the site was read at 14:00, and it is 17:30. */
const CENSUS_AT = Date.UTC(2026, 2, 20, 16, 30);

let site: Site;
let server: Server;

beforeAll(async () => {
  site = await openSite();
  const { store } = site;
  const [before, ...then] = (await store.readIssues('acme')).map(({ id }) => id);
  const missing = (ids: readonly (string | undefined)[]) =>
    new Map(ids.map((id) => [id ?? '', 'deleted' as const]));
  await store.markGone('acme', missing([before]), CENSUS_AT - 86_400_000);
  await store.markGone('acme', missing(then.slice(0, 2)), CENSUS_AT);
  await store.finishCensus('acme', CENSUS_AT);
  await store.addToBudget('acme', {
    at: NOW - 60_000,
    allowances: [
      {
        resource: 'requests',
        limit: 3_600,
        remaining: 100,
        windowMs: 3_600_000,
        refill: 'steadily',
        resetsAt: NOW + 3_000_000,
        observedAt: NOW - 60_000,
      },
    ],
    pauses: [{ until: NOW + 900_000 }],
    spent: new Map([
      ['requests', 12_345],
      ['complexity', 4_321.5],
    ]),
  });
  server = await site.serve({ sources: [withToken('acme', '2026-04-19'), withToken('labs', '2026-04-20')] });
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

function withToken(id: string, expires: string): SourceConfig {
  return {
    id,
    kind: 'jira',
    url: `https://${id}.example`,
    auth: { email: 'reader@acme.example', apiToken: 'secret-of-the-tracker', expires },
    ...(id === 'acme' ? { webhookSecret: 'secret-of-the-webhook' } : {}),
  };
}

describe('the sources in the API', () => {
  test('say thirty days ahead, and not sooner, that a token expires', async () => {
    const { sources } = (await server.inject('/api/v1/sources')).json();
    // From 20 March it is 30 days to 19 April.
    expect(sources).toMatchObject([
      { id: 'acme', tokenExpires: '2026-04-19', expiresSoon: true },
      { id: 'labs', tokenExpires: '2026-04-20', expiresSoon: false },
    ]);
  });

  test('say nothing of the end of a token that nobody told', async () => {
    const open = await site.serve();
    const [acme] = (await open.inject('/api/v1/sources')).json().sources;
    expect(acme).not.toHaveProperty('expiresSoon');
    expect(acme).not.toHaveProperty('tokenExpires');
    await open.close();
  });

  test('tell what the last census missed apart from what was gone before', async () => {
    const [acme, labs] = (await server.inject('/api/v1/sources')).json().sources;
    expect(acme).toMatchObject({
      issues: 27,
      gone: 3,
      census: { at: '2026-03-20T16:30:00.000Z', gone: 2 },
      webhooks: true,
      address: 'https://acme.example',
    });
    expect(labs).toMatchObject({ issues: 0, gone: 0, webhooks: false });
    expect(labs).not.toHaveProperty('census');
  });

  test('hold no secret', async () => {
    for (const path of ['/api/v1/sources', '/sources']) {
      const { body } = await server.inject(path);
      expect(body).not.toMatch(/secret-of|reader@acme/);
    }
  });
});

describe('the page of the sources', () => {
  test('shows the same to people, and is found from the first page', async () => {
    expect((await server.inject('/')).body).toContain('<a href="/sources">Sources</a>');
    const answer = await server.inject('/sources');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    const text = answer.body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    for (const told of [
      '2 of 2 sources need attention: acme, labs.',
      'The token of acme expires in 30 days, on 2026-04-19.',
      'Jira, https://acme.example',
      '3 hours ago, Fri 20 March 2026, 14:05 UTC; it holds everything up to Fri 20 March 2026, 14:00 UTC',
      'Issues stored 27',
      'Gone from the tracker 3; their histories are kept',
      '1 hour ago, Fri 20 March 2026, 16:30 UTC: 2 issues more gone',
      'Requests 12,345 Fri 20 March 2026, 17:29 UTC 160 of 3,600 Fri 20 March 2026, 18:20 UTC',
      'Complexity 4,322 Fri 20 March 2026, 17:29 UTC not told –',
      'The tracker is left alone until Fri 20 March 2026, 17:45 UTC, as it asked.',
      'The last attempt to read it failed: the token for labs is refused',
      'Last read completely never',
    ]) {
      expect(text).toContain(told);
    }
  });

  test('escapes what a tracker said', async () => {
    await site.store.failSync('labs', '<script>alert(1)</script>');
    const { body } = await server.inject('/sources');
    expect(body).toContain('&lt;script&gt;');
    expect(body).not.toContain('<script');
  });
});
