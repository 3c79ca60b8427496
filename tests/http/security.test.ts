import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Server } from '#http/dependencies.ts';
import { openSite, type Site, send, TOKEN } from './site.ts';

const SYNC = '/api/v1/sources/acme/sync';
const BEARER = { authorization: `Bearer ${TOKEN}` };
const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`,
});

let site: Site;
const servers: Server[] = [];

beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await site[Symbol.asyncDispose]();
});

/** A server of this test. What host is configured does not matter to `inject`, which asks as localhost. */
async function serve(options: Parameters<Site['serve']>[0] = {}): Promise<Server> {
  const server = await site.serve(options);
  servers.push(server);
  return server;
}

describe('a page of another site that points its own name at this machine', () => {
  test('reads nothing: a foreign Host is refused, at addresses that exist and at others', async () => {
    const server = await serve();
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    for (const path of ['/', '/api/v1/teams', '/openapi.json', '/docs', '/healthz', '/nowhere']) {
      const answer = await send(address, path, { headers: { host: 'attacker.example' } });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain('server.allowedHosts');
      expect(answer.text).not.toContain('Payments');
    }
  });

  test('is told apart from names of our own: loopback with any port, and those configured', async () => {
    const server = await serve({ server: { allowedHosts: ['evenkeel.acme.example'] } });
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    for (const host of ['localhost', '127.0.0.1:1', '[::1]:7300', 'evenkeel.acme.example:8443']) {
      const answer = await send(address, '/api/v1/teams', { headers: { host } });
      expect([host, answer.status]).toEqual([host, 200]);
    }
  });

  test('is never told that it may read: no answer has a CORS header', async () => {
    const server = await serve();
    for (const method of ['GET', 'OPTIONS'] as const) {
      const { headers } = await server.inject({
        method,
        url: '/api/v1/teams',
        headers: { origin: 'http://attacker.example', 'access-control-request-method': 'GET' },
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('a write', () => {
  test('needs one of the configured tokens, sent as such', async () => {
    const server = await serve({ server: { tokens: ['another-token', TOKEN] } });
    const post = (headers: Record<string, string>) => server.inject({ method: 'POST', url: SYNC, headers });
    expect((await post(BEARER)).statusCode).toBe(202);
    for (const headers of [{}, { authorization: `Bearer ${TOKEN}x` }, basic(TOKEN)]) {
      const refused = await post(headers);
      expect(refused.statusCode).toBe(401);
      expect(refused.headers['www-authenticate']).toBe('Bearer realm="evenkeel"');
      expect(refused.json().error.code).toBe('TOKEN_NEEDED');
    }
  });

  test('is refused where no token is configured, with the way to configure one', async () => {
    const server = await serve();
    const answer = await server.inject({ method: 'POST', url: SYNC, headers: BEARER });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.code).toBe('NO_TOKENS_CONFIGURED');
    expect(answer.json().error.message).toContain('server: { tokens: ["${EVENKEEL_TOKEN}"] }');
  });

  test('from a page of another origin is refused even with the token', async () => {
    const server = await serve({ server: { tokens: [TOKEN] } });
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    const post = (origin: string) => send(address, SYNC, { method: 'POST', headers: { ...BEARER, origin } });
    expect((await post(address)).status).toBe(202);
    for (const origin of ['http://attacker.example', 'http://127.0.0.1:1', 'null']) {
      expect([origin, (await post(origin)).status]).toEqual([origin, 403]);
    }
  });

  test('does not learn without a token which addresses there are', async () => {
    const server = await serve({ server: { tokens: [TOKEN] } });
    expect((await server.inject({ method: 'POST', url: '/api/v1/nowhere' })).statusCode).toBe(401);
    expect((await server.inject({ method: 'DELETE', url: '/' })).statusCode).toBe(401);
  });
});

describe('a server that other machines can reach', () => {
  const open = () => serve({ server: { host: '0.0.0.0', allowedHosts: ['evenkeel.test'], tokens: [TOKEN] } });

  test('is read with the token only: by programs as a bearer, by browsers as a password', async () => {
    const server = await open();
    for (const url of ['/', '/teams/payments', '/api/v1/teams', '/openapi.json', '/docs', '/docs/json']) {
      const refused = await server.inject(url);
      expect([url, refused.statusCode]).toEqual([url, 401]);
      expect(refused.headers['www-authenticate']).toBe('Basic realm="evenkeel", charset="UTF-8"');
      expect(refused.body).not.toContain('Payments');
      for (const headers of [BEARER, basic(TOKEN)]) {
        expect([url, (await server.inject({ url, headers })).statusCode]).toEqual([url, 200]);
      }
      expect((await server.inject({ url, headers: basic('guess') })).statusCode).toBe(401);
    }
  });

  test('tells whoever supervises it that it lives and works, and nothing else', async () => {
    const server = await open();
    expect((await server.inject('/healthz')).json()).toEqual({ alive: true });
    expect((await server.inject('/readyz')).json()).toEqual({ ready: true });
    for (const url of ['/healthz/', '/healthz?x', '//healthz', '/healthz/../teams/payments']) {
      expect([url, (await server.inject(url)).statusCode]).toEqual([url, 401]);
    }
  });
});

describe('every answer', () => {
  test.each(['/', '/teams/payments', '/nowhere', '/api/v1/teams', '/healthz'])(
    'lets a browser load, run and frame nothing: %s',
    async (url) => {
      const { headers } = await (await serve()).inject(url);
      const policy = String(headers['content-security-policy']).split(';');
      expect(policy).toEqual([
        "default-src 'none'",
        expect.stringMatching(/^style-src 'sha256-[A-Za-z0-9+/]{43}='$/),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ]);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cache-control': 'no-store',
      });
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );

  test('of the documentation may run the scripts that come from here, and no others', async () => {
    const { headers } = await (await serve()).inject('/docs');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });
});

describe('a limit', () => {
  test('of 300 requests a minute holds for an address, wherever it asks, and not for probes', async () => {
    const server = await serve({ server: { tokens: [TOKEN] } });
    const guesses = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        server.inject({ method: 'POST', url: SYNC, headers: { authorization: `Bearer guess-${i}` } }),
      ),
    );
    expect(new Set(guesses.map((answer) => answer.statusCode))).toEqual(new Set([401]));
    const refused = await server.inject('/api/v1/teams');
    expect(refused.statusCode).toBe(429);
    expect(refused.json().error.code).toBe('TOO_MANY_REQUESTS');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await server.inject('/nowhere')).statusCode).toBe(429);
    expect((await server.inject('/healthz')).statusCode).toBe(200);
    const elsewhere = await server.inject({ url: '/api/v1/teams', remoteAddress: '10.0.0.7' });
    expect(elsewhere.statusCode).toBe(200);
  });

  test('of 64 KiB holds for what is sent', async () => {
    const server = await serve({ server: { tokens: [TOKEN] } });
    const payload = { full: true, padding: 'x'.repeat(64 * 1024) };
    const answer = await server.inject({ method: 'POST', url: SYNC, headers: BEARER, payload });
    expect(answer.statusCode).toBe(413);
    expect(answer.json().error.code).toBe('FST_ERR_CTP_BODY_TOO_LARGE');
  });

  test('holds for what may be sent: JSON that is well formed, and only what is known', async () => {
    const server = await serve({ server: { tokens: [TOKEN] } });
    const post = (type: string, payload: string) =>
      server.inject({ method: 'POST', url: SYNC, headers: { ...BEARER, 'content-type': type }, payload });
    expect((await post('text/plain', '{}')).statusCode).toBe(415);
    expect((await post('application/json', '{"full":')).statusCode).toBe(400);
    expect((await post('application/json', '{"fulll":true}')).json().error.details).toEqual([
      { at: 'body', message: 'Unrecognized key: "fulll"' },
    ]);
  });
});

test('a page of another site may not read either', async () => {
  const server = await serve({});
  const read = (origin: string) =>
    server.inject({ url: '/api/v1/teams', headers: { host: 'localhost:7300', origin } });
  for (const origin of ['http://evil.example', 'null', 'http://localhost:9999']) {
    const answer = await read(origin);
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.code).toBe('FOREIGN_ORIGIN');
  }
  expect((await read('http://localhost:7300')).statusCode).toBe(200);
});
