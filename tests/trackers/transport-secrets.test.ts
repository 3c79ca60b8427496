import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { giveUp } from '#trackers/give-up.ts';
import { redact, secretsIn } from '#trackers/redact.ts';
import { createTransport } from '#trackers/transport.ts';
import { bodyOf, json, localServer, trackerErrorOf, wakefulTransport } from './transport-support.ts';

const get = { method: 'GET', path: '/rest' } as const;
const basic = (login: string) => ({ Authorization: `Basic ${Buffer.from(login).toString('base64')}` });

describe('credentials go to one place only', () => {
  test('a redirect to another origin is not followed', async () => {
    await using stranger = await localServer((_request, response) => json(response, {}));
    await using server = await localServer((_request, response) => {
      response.writeHead(302, { location: `${stranger.url}/login?token=abc` }).end();
    });
    await using transport = wakefulTransport({
      baseUrl: server.url,
      headers: basic('me@acme.example:token-1'),
    });
    const error = await trackerErrorOf(transport.send(get));
    expect(error).toMatchObject({ kind: 'unexpected_response', status: 302 });
    expect(error.message).toContain(`a redirect to ${stranger.url} that is not followed`);
    expect([server.hits(), stranger.hits()]).toEqual([1, 0]);
  });

  test('a redirect on the same origin is followed, credentials and body along', async () => {
    await using server = await localServer((request, response) => {
      if (request.url === '/rest') response.writeHead(308, { location: '/moved?a=1' }).end();
      else
        void bodyOf(request).then((body) =>
          json(response, [request.url, request.headers.authorization, body]),
        );
    });
    await using transport = wakefulTransport({
      baseUrl: server.url,
      headers: { Authorization: 'lin_api_1' },
    });
    const response = await transport.send({ method: 'POST', path: '/rest', body: 7 });
    expect(response.body).toEqual(['/moved?a=1', 'lin_api_1', '7']);
    expect(transport.spend.requests).toBe(2);
  });

  test('a redirect that would turn a POST into a GET is not followed', async () => {
    await using server = await localServer((_request, response) =>
      response.writeHead(302, { location: '/b' }).end(),
    );
    await using transport = wakefulTransport({ baseUrl: server.url });
    expect((await trackerErrorOf(transport.send({ ...get, method: 'POST' }))).kind).toBe(
      'unexpected_response',
    );
    expect(server.hits()).toBe(1);
  });

  test('redirects in a circle end after three', async () => {
    await using server = await localServer((_request, response) =>
      response.writeHead(307, { location: '/' }).end(),
    );
    await using transport = wakefulTransport({ baseUrl: server.url });
    expect((await trackerErrorOf(transport.send(get))).kind).toBe('unexpected_response');
    expect(server.hits()).toBe(4);
  });

  test.each([
    'http://acme.example',
    'http://10.0.0.1:8080',
    'http://127.0.0.1.acme.example',
    'ftp://127.0.0.1',
    'https://me:hunter22@acme.example',
    'acme.example',
  ])('%s is refused as an address', (baseUrl) => {
    const refused = () => createTransport({ name: 'acme', baseUrl });
    expect(refused).toThrow(/acme was not asked: its url .* Correct it in the configuration/);
    expect(refused).not.toThrow('hunter22');
  });

  test.each(['https://acme.example', 'http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1'])(
    '%s is accepted as an address',
    async (baseUrl) => {
      const transport = createTransport({ name: 'acme', baseUrl });
      expect(transport.spend).toEqual({ requests: 0, retries: 0, waitedMs: 0, bytes: 0 });
      await transport.close();
    },
  );

  test('a path cannot lead to another host', async () => {
    await using transport = wakefulTransport({ baseUrl: 'https://acme.example' });
    await expect(transport.send({ method: 'GET', path: '@evil.example/' })).rejects.toThrow(RangeError);
    expect(transport.spend.requests).toBe(0);
  });
});

describe('no error shows a credential', () => {
  const secret = fc.stringMatching(/^[!-9;-~]{12,40}$/);
  const form = fc.constantFrom<(text: string) => string>(
    (text) => text,
    encodeURIComponent,
    (text) => new URLSearchParams({ q: text }).toString(),
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(text).toString('base64url'),
    (text) => JSON.stringify(text),
    (text) => `https://me:${text}@acme.example/?access_token=${text}`,
  );

  test('whatever the tracker echoes, with whatever status, in whatever form, cut wherever', async () => {
    let answer = { status: 200, type: '', body: '' };
    await using server = await localServer((_request, response) => {
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    });
    const cases = fc.record({
      token: secret,
      form,
      status: fc.constantFrom(200, 400, 401, 403, 404, 429, 500),
      type: fc.constantFrom('application/json', 'text/html'),
      padding: fc.integer({ min: 0, max: 310 }),
      scheme: fc.constantFrom('basic', 'bearer', 'plain'),
    });
    const property = fc.asyncProperty(cases, async ({ token, form, status, type, padding, scheme }) => {
      const headers =
        scheme === 'basic'
          ? basic(`me@acme.example:${token}`)
          : { Authorization: scheme === 'bearer' ? `Bearer ${token}` : token };
      const echo = `${'x'.repeat(padding)} ${form(token)} ${headers.Authorization}`;
      // Status 200 with broken JSON: the parser's own error quotes what it read.
      answer = { status, type, body: status === 200 ? `{"a": ${echo}` : JSON.stringify({ message: echo }) };
      await using transport = wakefulTransport({ baseUrl: server.url, headers, tries: 1 });
      const error = await trackerErrorOf(transport.send(get));
      const shown = [error.message, inspect(error.cause), JSON.stringify(error), String(error)].join('\n');
      for (const hidden of [
        token,
        form(token),
        headers.Authorization,
        headers.Authorization.split(' ').at(-1) ?? '',
      ]) {
        expect(shown).not.toContain(hidden);
      }
      // Neither the cut nor a parser that quotes what it read leaves the beginning of a secret standing.
      expect(shown).not.toContain(token.slice(0, 6));
    });
    await fc.assert(property, { numRuns: 150 });
  });

  test('the error of a library that quotes one is passed on without it', () => {
    const cause = Object.assign(new Error('invalid header lin_api_1234'), {
      code: 'E_BAD',
      data: 'lin_api_1234',
    });
    const failure = { kind: 'rejected', retry: false, what: 'was not asked', remedy: 'Stop.' } as const;
    const error = giveUp(failure, {
      source: 'acme',
      where: 'GET /',
      rest: 0,
      secrets: ['lin_api_1234'],
      cause,
    });
    expect(error.cause).toMatchObject({ message: 'invalid header ***', code: 'E_BAD' });
    expect(inspect(error)).not.toContain('lin_api_1234');
  });

  test('progress is free of them too', async () => {
    await using server = await localServer((request, response) =>
      json(response, { message: `bad login ${request.headers.authorization}` }, 401),
    );
    const heard: string[] = [];
    await using transport = wakefulTransport({
      baseUrl: server.url,
      headers: { Authorization: 'lin_api_0123456789' },
      onAttempt: (attempt) => heard.push(JSON.stringify(attempt)),
    });
    await trackerErrorOf(transport.send(get));
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('bad login ***');
    expect(heard[0]).not.toContain('lin_api_0123456789');
  });

  test('a malformed credential is not quoted, and not tried again', async () => {
    await using server = await localServer((_request, response) => json(response, {}));
    await using transport = wakefulTransport({
      baseUrl: server.url,
      headers: { Authorization: 'lin_api_1234\nx' },
    });
    const error = await trackerErrorOf(transport.send(get));
    expect(error.kind).toBe('rejected');
    expect(error.message).toContain('Check the credentials of this source for line breaks');
    expect(inspect(error)).not.toContain('lin_api_1234');
    expect(server.hits()).toBe(0);
  });
});

describe('redact', () => {
  test.each([
    ['Authorization: Basic bWU6eA==', 'Authorization: ***'],
    ['{"authorization":"Bearer abc"}', '{"authorization":"***"}'],
    ['sent Bearer abcdefghijklmnop.qrs to', 'sent Bearer *** to'],
    ['GET /x?access_token=abc&b=1', 'GET /x?access_token=***&b=1'],
    ['https://me:pw@acme.example/x', 'https://***@acme.example/x'],
    ['Basic authentication is off', 'Basic authentication is off'],
    ['the pass is hunter22, HUNTER22, hunter%3A22', 'the pass is ***, ***, hunter%3A22'],
    ['also a:b c in a%3Ab%20c, a%3Ab+c and YTpiIGM=', 'also *** in ***, *** and ***'],
  ])('%s', (text, expected) => {
    expect(redact(text, ['hunter22', 'a:b c', 'ab'])).toBe(expected);
  });

  test('a Basic header gives away its login, user and password', () => {
    expect(secretsIn(basic('me@acme.example:to:ken'))).toEqual([
      'Basic bWVAYWNtZS5leGFtcGxlOnRvOmtlbg==',
      'bWVAYWNtZS5leGFtcGxlOnRvOmtlbg==',
      'me@acme.example:to:ken',
      'me@acme.example',
      'to:ken',
    ]);
  });
});
