import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { classifyByStatus } from '#trackers/classify.ts';
import { meetNock } from './transport-nock.ts';
import { trackerErrorOf, wakefulTransport } from './transport-support.ts';

const baseUrl = 'https://acme.example';
const get = { method: 'GET', path: '/rest/api/3/field', query: { nextPageToken: 'tok-123' } } as const;

meetNock();

function answers(
  status: number,
  body: nock.Body | string = {},
  headers: Record<string, string> = {},
  times = 1,
) {
  nock(baseUrl)
    .get(get.path)
    .query(true)
    .times(times)
    .reply(status, body, { 'Content-Type': 'application/json', ...headers });
}

describe('an answer that will not change is taken at once', () => {
  test.each([
    [400, 'rejected', 'TRACKER_REJECTED'],
    [401, 'unauthorized', 'TRACKER_UNAUTHORIZED'],
    [403, 'forbidden', 'TRACKER_FORBIDDEN'],
    [404, 'not_found', 'TRACKER_NOT_FOUND'],
    [409, 'rejected', 'TRACKER_REJECTED'],
    [410, 'gone', 'TRACKER_GONE'],
    [501, 'unavailable', 'TRACKER_UNAVAILABLE'],
    [302, 'unexpected_response', 'TRACKER_UNEXPECTED_RESPONSE'],
  ] as const)('%i is %s after one request', async (status, kind, code) => {
    answers(status);
    await using transport = wakefulTransport({ baseUrl });
    const error = await trackerErrorOf(transport.send(get));
    expect(error).toMatchObject({ kind, code, status, source: 'acme', retryAfterMs: undefined });
    expect(transport.spend).toMatchObject({ requests: 1, retries: 0, waitedMs: 0 });
  });

  test('a refused login names the credentials, and the CAPTCHA where there is one', async () => {
    answers(401);
    await using transport = wakefulTransport({ baseUrl });
    expect((await trackerErrorOf(transport.send(get))).message).toContain(
      'Check the credentials of this source',
    );

    answers(403, {}, { 'X-Seraph-LoginReason': 'AUTHENTICATION_DENIED' });
    const denied = await trackerErrorOf(transport.send(get));
    expect(denied.kind).toBe('forbidden');
    expect(denied.message).toContain('CAPTCHA (AUTHENTICATION_DENIED): log in once in a browser');
    expect(transport.spend.requests).toBe(2);
  });
});

describe('an answer that may change is asked for four times', () => {
  test.each([
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
  ] as const)('%i is %s', async (status, kind) => {
    answers(status, 'upstream', { 'Content-Type': 'text/html' }, 4);
    await using transport = wakefulTransport({ baseUrl });
    const error = await trackerErrorOf(transport.send(get));
    expect(error).toMatchObject({ kind, status });
    // 2 s + 4 s + 8 s.
    expect(transport.waits).toEqual([2_000, 4_000, 8_000]);
    expect(transport.spend).toMatchObject({ requests: 4, retries: 3, waitedMs: 14_000 });
  });

  test.each([
    ['a login page', 'text/html', '<html>log in</html>', 'with text/html instead of JSON'],
    ['JSON that calls itself text', 'text/plain', '{"a":1}', 'with text/plain instead of JSON'],
    ['truncated JSON', 'application/json', '{"issues":[{"id":"1"', 'with JSON that is broken or cut short'],
    ['an empty body', 'application/json', '', 'with an empty body'],
    [
      'text that is not UTF-8',
      'application/json',
      Buffer.from([0x22, 0xff, 0x22]),
      'with JSON that is broken',
    ],
  ])('%s with status 200 is an unexpected response', async (_name, type, body, words) => {
    answers(200, body, { 'Content-Type': type }, 4);
    await using transport = wakefulTransport({ baseUrl });
    const error = await trackerErrorOf(transport.send(get));
    expect(error).toMatchObject({ kind: 'unexpected_response', status: 200 });
    expect(error.message).toContain(words);
    expect(transport.spend.requests).toBe(4);
  });

  test('the first good answer ends it', async () => {
    answers(503);
    answers(200, '<html>', { 'Content-Type': 'text/html' });
    answers(
      200,
      { values: [1] },
      { 'Content-Type': 'application/vnd.acme.v2+json; charset=utf-8', 'X-A': 'b' },
    );
    await using transport = wakefulTransport({ baseUrl });
    const response = await transport.send(get);
    expect(response.body).toEqual({ values: [1] });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-A')).toBe('b');
    expect(response.headers.get('x-absent')).toBeUndefined();
    // '{}' + '<html>' + '{"values":[1]}' = 2 + 6 + 14 bytes.
    expect(transport.spend).toEqual({ requests: 3, retries: 2, waitedMs: 6_000, bytes: 22 });
  });
});

describe('what an error says', () => {
  test('what failed, on which address without its query, and what to do', async () => {
    answers(400, { errorMessages: ['The value is not valid.'], errors: { jql: 'Field missing' } });
    await using transport = wakefulTransport({ baseUrl });
    expect((await trackerErrorOf(transport.send(get))).message).toBe(
      'acme answered 400, saying “The value is not valid.; jql: Field missing” ' +
        '(GET https://acme.example/rest/api/3/field, try 1 of 4). ' +
        'Correct what the tracker names; asking again will not help.',
    );
  });

  test('a long complaint is cut to 300 characters and loses its control characters', async () => {
    answers(400, { message: `\u001b[31m${'x\n'.repeat(400)}` });
    await using transport = wakefulTransport({ baseUrl });
    const { message } = await trackerErrorOf(transport.send(get));
    // ' [31m' without its escape and trimmed is 4 characters: '[31m'; 'x ' 148 times fills the 300.
    expect(/“(.*)”/s.exec(message)?.[1]).toBe(`[31m${'x '.repeat(148)}…`);
  });

  test('errors of GraphQL are quoted too', async () => {
    answers(400, { errors: [{ message: 'Cannot query field "x"', extensions: { code: 'GRAPHQL' } }] });
    await using transport = wakefulTransport({ baseUrl });
    expect((await trackerErrorOf(transport.send(get))).message).toContain('saying “Cannot query field "x"”');
  });
});

describe("a tracker's own reading of an answer comes first", () => {
  const ratelimited = { errors: [{ message: 'slow down', extensions: { code: 'RATELIMITED' } }] };

  test.each([200, 400])('a rate limit can hide behind status %i', async (status) => {
    answers(status, ratelimited, {}, 1);
    answers(200, { data: 1 });
    await using transport = wakefulTransport({
      baseUrl,
      classify: (response, now) =>
        JSON.stringify(response.body).includes('RATELIMITED')
          ? { kind: 'rate_limited', retry: true, what: 'wants a pause', remedy: 'Wait.', retryAfterMs: 5_000 }
          : classifyByStatus(response, now),
    });
    expect((await transport.send(get)).body).toEqual({ data: 1 });
    expect(transport.waits).toEqual([5_000]);
  });
});

test("the tracker's clock comes along with its answer", async () => {
  answers(200, {}, { Date: 'Wed, 21 Oct 2015 07:28:00 GMT' });
  await using transport = wakefulTransport({ baseUrl });
  expect((await transport.send(get)).date).toBe(Date.UTC(2015, 9, 21, 7, 28));
});

test('a query repeats the parameter for every element of an array and leaves out what is undefined', async () => {
  nock('https://api.example')
    .get('/ex/jira/1/rest/search?id=1&id=2&q=a+%26+b&deep=true')
    .reply(200, { ok: 1 });
  await using transport = wakefulTransport({ baseUrl: 'https://api.example/ex/jira/1/' });
  const query = { id: [1, 2], q: 'a & b', deep: true, none: undefined, empty: [] };
  expect((await transport.send({ method: 'GET', path: '/rest/search', query })).body).toEqual({ ok: 1 });
});
