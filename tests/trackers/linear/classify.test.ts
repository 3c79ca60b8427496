import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createPageSize } from '#trackers/linear/page-size.ts';
import { json, localServer, trackerErrorOf } from '../transport-support.ts';
import { trackerOf } from './following.ts';

type Reply = (response: ServerResponse, asked: number) => void;

/** What becomes of an overview when every question is answered like this, and how often it was asked. */
async function overviewOf(reply: Reply) {
  let asked = 0;
  await using server = await localServer((_request, response) => {
    asked += 1;
    reply(response, asked);
  });
  await using tracker = trackerOf(server);
  const error = await trackerErrorOf(tracker.overview());
  return { error, asked };
}

const problem = (code: string, message = 'No.', more: object = {}) => ({
  errors: [{ message, extensions: { code, type: code.toLowerCase() }, ...more }],
});

describe('an answer with errors', () => {
  test.each([400, 429, 200])(
    'that the allowance is used up, with status %i, says until when',
    async (status) => {
      const { error, asked } = await overviewOf((response) =>
        json(response, problem('RATELIMITED', 'Rate limit exceeded'), status, {
          date: 'Mon, 30 Mar 2026 00:00:00 GMT',
          'x-ratelimit-requests-remaining': '0',
          // 25 minutes later.
          'x-ratelimit-requests-reset': String(Date.UTC(2026, 2, 30, 0, 25)),
          'x-ratelimit-complexity-remaining': '1200000',
          'x-ratelimit-complexity-reset': String(Date.UTC(2026, 2, 30, 0, 55)),
        }),
      );
      expect(error).toMatchObject({ kind: 'rate_limited', status, retryAfterMs: 25 * 60_000 });
      expect(asked).toBe(1);
    },
  );

  // 2,500 requests an hour are one in 1.44 s; 3,000,000 points an hour are 10,000 in 12 s; 50,000 are that in 720 s.
  test.each([
    [
      'one request has flowed back',
      { requests: [2500, 0], complexity: [3_000_000, 3_000_000] },
      undefined,
      4,
      2_000,
    ],
    ['a question of the most points has', { complexity: [3_000_000, 0] }, undefined, 4, 12_000],
    ['what is missing of those points has', { complexity: [3_000_000, 7_500] }, undefined, 4, 3_000],
    ['the scarcer of two has', { requests: [2500, 0], complexity: [50_000, 0] }, undefined, 1, 720_000],
    ['it is whole, where that is sooner', { complexity: [50_000, 0] }, 60_000, 1, 60_000],
  ])('is asked again when %s', async (_, allowances, wholeInMs = 3_000_000, times, firstWait) => {
    const date = Date.UTC(2026, 2, 30);
    const waits: number[] = [];
    let asked = 0;
    await using server = await localServer((_request, response) => {
      asked += 1;
      const told = Object.entries(allowances).flatMap(([name, [limit, remaining]]) => [
        [`x-ratelimit-${name}-limit`, String(limit)],
        [`x-ratelimit-${name}-remaining`, String(remaining)],
        [`x-ratelimit-${name}-reset`, String(date + wholeInMs)],
      ]);
      json(response, problem('RATELIMITED'), 400, {
        date: new Date(date).toUTCString(),
        ...(Object.fromEntries(told) as Record<string, string>),
      });
    });
    await using tracker = trackerOf(server, {
      transport: { random: () => 0, sleep: async (ms) => void waits.push(ms) },
    });
    const error = await trackerErrorOf(tracker.overview());
    expect([error.kind, asked]).toEqual(['rate_limited', times]);
    expect(waits[0] ?? error.retryAfterMs).toBe(firstWait);
  });

  test('and half of the data is no answer: what is missing would look like nothing', async () => {
    const { error, asked } = await overviewOf((response) =>
      json(response, {
        ...problem('SOMETHING', 'Could not load', { path: ['projects', 'nodes', 3, 'health'] }),
        data: { projects: { nodes: [] } },
      }),
    );
    expect(error).toMatchObject({ kind: 'unexpected_response', status: 200 });
    expect(error.message).toContain('answered in part only (projects.nodes.health), saying “Could not load”');
    expect(asked).toBe(4);
  });

  test.each([
    ['AUTHENTICATION_ERROR', 200, 'unauthorized', 1],
    // Once more without the initiatives, without the releases, and without both: not every plan has them.
    ['FORBIDDEN', 200, 'forbidden', 4],
    ['FEATURE_NOT_ACCESSIBLE', 200, 'forbidden', 4],
    ['INPUT_ERROR', 400, 'rejected', 1],
    ['GRAPHQL_VALIDATION_FAILED', 200, 'rejected', 1],
    ['INTERNAL_SERVER_ERROR', 200, 'unavailable', 4],
    ['INTERNAL_SERVER_ERROR', 500, 'unavailable', 4],
  ])('%s with status %i is %s', async (code, status, kind, times) => {
    const { error, asked } = await overviewOf((response) => json(response, problem(code), status));
    expect([error.kind, asked]).toEqual([kind, times]);
    expect(error.message).toContain('labs');
  });

  test('without a body to speak of goes by its status', async () => {
    const { error } = await overviewOf((response) => response.writeHead(401).end());
    expect(error.kind).toBe('unauthorized');
    expect(error.message).toContain('Check auth.apiKey');
  });
});

test('a question that is too complex is halved until it is not, and given up when nothing is left to halve', async () => {
  const firsts: number[] = [];
  await using server = await localServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const { variables } = JSON.parse(text) as { readonly variables: { readonly first: number } };
      firsts.push(variables.first);
      json(response, problem('INPUT_ERROR', 'Query too complex: 12000 points of 10000'), 400);
    });
  });
  await using tracker = trackerOf(server);
  const error = await trackerErrorOf(tracker.overview());
  expect(error).toMatchObject({ kind: 'rejected' });
  expect(firsts).toEqual([250, 125, 62, 31, 15, 7, 3, 1]);
});

test('an answer without a date is none: cursors go by Linear’s clock', async () => {
  const { error } = await overviewOf((response) => {
    response.sendDate = false;
    json(response, { data: {} });
  });
  expect(error.kind).toBe('unexpected_response');
});

describe('the size of pages', () => {
  const full = (points: number, first: number) => ({ points, first, got: first });

  test('stays where it began until a refusal would have paid for itself, then grows with what issues cost', () => {
    const size = createPageSize(139);
    for (let page = 1; page < 69; page += 1) size.learn(full(3000, 139));
    expect([size.next(), size.instead()]).toEqual([139, undefined]);
    size.learn(full(3000, 139));
    // 8,000 points at 3,000 / 139 each would be 370; Linear gives no more than 250.
    expect([size.next(), size.instead()]).toEqual([250, 139]);
  });

  test('never again exceeds what was refused', () => {
    const size = createPageSize(139);
    for (let page = 1; page <= 69; page += 1) size.learn(full(3000, 139));
    size.learn(full(3000, 139));
    expect(size.next()).toBe(139);
    for (let page = 1; page <= 100; page += 1) size.learn(full(3000, 139));
    expect(size.next()).toBe(139);
    size.learn(full(3000, 69));
    expect(size.next()).toBe(69);
    size.learn(full(900, 69));
    expect(size.next()).toBe(69);
  });

  test('stays within the points when issues are dear', () => {
    const size = createPageSize(139);
    for (let page = 1; page <= 69; page += 1) size.learn(full(6950, 139));
    // 50 points each: 160 of them are 8,000.
    expect(size.next()).toBe(160);
  });
});
