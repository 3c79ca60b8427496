import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { meetNock } from './transport-nock.ts';
import { trackerErrorOf, wakefulTransport } from './transport-support.ts';

const baseUrl = 'https://acme.example';
const get = { method: 'GET', path: '/x' } as const;
// 2026-11-05 10:04:50 UTC.
const now = Date.UTC(2026, 10, 5, 10, 4, 50);

meetNock();

function answers(status: number, headers: Record<string, string> = {}) {
  nock(baseUrl).get('/x').reply(status, {}, headers);
}

async function waitsAfter(
  status: number,
  headers: Record<string, string>,
  random = 0,
): Promise<readonly number[]> {
  answers(status, headers);
  answers(200);
  await using transport = wakefulTransport({ baseUrl, random: () => random, now: () => now });
  await transport.send(get);
  return transport.waits;
}

describe('a wait is the longer of what the tracker asks and 2, 4, 8 seconds', () => {
  test.each([
    ['429 says nothing', 429, {}, 2_000],
    ['429 asks for less than two seconds', 429, { 'Retry-After': '1' }, 2_000],
    ['429 asks for ten seconds', 429, { 'Retry-After': '10' }, 10_000],
    ['503 asks for ten seconds', 503, { 'Retry-After': '10' }, 10_000],
    ['a date ten seconds from our now', 429, { 'Retry-After': 'Thu, 05 Nov 2026 10:05:00 GMT' }, 10_000],
    [
      'a date read by the clock of the tracker, not ours',
      429,
      { 'Retry-After': 'Wed, 21 Oct 2015 07:28:20 GMT', Date: 'Wed, 21 Oct 2015 07:28:00 GMT' },
      20_000,
    ],
    ['a date in the past', 429, { 'Retry-After': 'Wed, 21 Oct 2015 07:28:20 GMT' }, 2_000],
    ['a reset without seconds', 429, { 'X-RateLimit-Reset': '2026-11-05T10:05Z' }, 10_000],
    ['a reset without a zone is UTC', 429, { 'X-RateLimit-Reset': '2026-11-05T10:05' }, 10_000],
    ['a reset with an offset', 429, { 'X-RateLimit-Reset': '2026-11-05T12:05:01+02:00' }, 11_000],
    ['a reset in epoch milliseconds', 429, { 'X-RateLimit-Reset': String(now + 12_345) }, 12_345],
    ['the later of the two', 429, { 'Retry-After': '3', 'X-RateLimit-Reset': String(now + 7_000) }, 7_000],
    ['nonsense', 429, { 'Retry-After': 'soon', 'X-RateLimit-Reset': 'never' }, 2_000],
    ['a burst that asks for more than the longest wait', 429, { 'Retry-After': '120' }, 30_000],
  ])('%s', async (_name, status, headers, expected) => {
    expect(await waitsAfter(status, headers as Record<string, string>)).toEqual([expected]);
  });
});

describe('chance adds up to 30 %', () => {
  test('half of it to ten seconds makes 11.5', async () => {
    expect(await waitsAfter(429, { 'Retry-After': '10' }, 0.5)).toEqual([11_500]);
  });

  test('it does not lift a wait over 30 seconds', async () => {
    // 25 s × 1.27 = 31.75 s.
    expect(await waitsAfter(429, { 'Retry-After': '25' }, 0.9)).toEqual([30_000]);
  });

  test('it grows with the wait', async () => {
    for (const status of [429, 500, 502, 503]) answers(status);
    await using transport = wakefulTransport({ baseUrl, random: () => 0.5 });
    await trackerErrorOf(transport.send(get));
    // 2, 4, 8 s × 1.15.
    expect(transport.waits).toEqual([2_300, 4_600, 9_200]);
    expect(transport.spend.waitedMs).toBe(16_100);
  });
});

describe('a used-up quota', () => {
  const quota = { 'Retry-After': '600', 'RateLimit-Reason': 'jira-quota-global-based' };

  test('is handed back at once, with the time until it is filled again', async () => {
    answers(429, quota);
    await using transport = wakefulTransport({ baseUrl, random: () => 0.9 });
    const error = await trackerErrorOf(transport.send(get));
    expect(error).toMatchObject({ kind: 'rate_limited', status: 429, retryAfterMs: 600_000 });
    expect(transport.waits).toEqual([]);
  });

  test('pauses every other request until then, without asking', async () => {
    let clock = now;
    answers(429, quota);
    await using transport = wakefulTransport({ baseUrl, now: () => clock });
    await trackerErrorOf(transport.send(get));

    clock += 560_000;
    const refused = await trackerErrorOf(transport.send(get));
    expect(refused).toMatchObject({ kind: 'rate_limited', status: undefined, retryAfterMs: 40_000 });
    expect(transport.spend.requests).toBe(1);
    expect(transport.waits).toEqual([]);

    // The end of it is waited for.
    clock += 20_000;
    answers(200);
    expect((await transport.send(get)).status).toBe(200);
    expect(transport.waits).toEqual([20_000]);
  });

  test('is waited for when it is soon over', async () => {
    expect(await waitsAfter(429, { ...quota, 'Retry-After': '20' })).toEqual([20_000]);
  });
});

test('a burst limit that outlasts the tries says how long to leave the tracker alone', async () => {
  for (let n = 0; n < 4; n += 1)
    answers(429, { 'Retry-After': '90', 'RateLimit-Reason': 'jira-burst-based' });
  await using transport = wakefulTransport({ baseUrl });
  const error = await trackerErrorOf(transport.send(get));
  expect(error.retryAfterMs).toBe(90_000);
  expect(transport.waits).toEqual([30_000, 30_000, 30_000]);
});

describe('who has little patience', () => {
  const hurried = { baseUrl, patience: () => 2_000, now: () => now };

  test.each([
    ['a burst', 429, { 'Retry-After': '5' }, 'rate_limited', 5_000],
    ['a burst of minutes', 429, { 'Retry-After': '120' }, 'rate_limited', 120_000],
    ['an outage that says for how long', 503, { 'Retry-After': '600' }, 'unavailable', 600_000],
  ])('is sent away by %s, with the time to come back', async (_name, status, headers, kind, retryAfterMs) => {
    answers(status, headers);
    await using transport = wakefulTransport(hurried);
    expect(await trackerErrorOf(transport.send(get))).toMatchObject({ kind, status, retryAfterMs });
    expect(transport.waits).toEqual([]);
  });

  test.each([429, 503])('is sent away again, unasked, as long as a %i lasts', async (status) => {
    answers(status, { 'Retry-After': '120' });
    let clock = now;
    await using transport = wakefulTransport({ ...hurried, now: () => clock });
    await trackerErrorOf(transport.send(get));
    clock += 100_000;
    expect(await trackerErrorOf(transport.send(get))).toMatchObject({ retryAfterMs: 20_000 });
    expect(transport.spend.requests).toBe(1);
    clock += 19_000;
    answers(200);
    expect((await transport.send(get)).status).toBe(200);
    expect(transport.waits).toEqual([1_000]);
  });

  test('waits where nobody asks for it, and a moment where somebody does', async () => {
    answers(429, { 'Retry-After': '1' });
    for (const status of [500, 502]) answers(status);
    answers(200);
    await using transport = wakefulTransport(hurried);
    expect((await transport.send(get)).status).toBe(200);
    // 2, 4 and 8 s: of these the tracker asked for the first only.
    expect(transport.waits).toEqual([2_000, 4_000, 8_000]);
  });
});

test('an outage is asked again after half a minute by one who has the patience, whatever it says', async () => {
  expect(await waitsAfter(503, { 'Retry-After': '600' })).toEqual([30_000]);
});

test('progress hears of every try', async () => {
  answers(503);
  answers(200);
  const heard: unknown[] = [];
  await using transport = wakefulTransport({
    baseUrl,
    onAttempt: ({ path, number, failure, waitMs }) => heard.push([path, number, failure?.kind, waitMs]),
  });
  await transport.send(get);
  expect(heard).toEqual([
    ['/x', 1, 'unavailable', 2_000],
    ['/x', 2, undefined, undefined],
  ]);
});
