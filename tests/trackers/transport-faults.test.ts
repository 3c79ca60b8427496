import type { RequestListener } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { networkFailure } from '#trackers/network-failure.ts';
import { createSlots } from '#trackers/slots.ts';
import { createTransport } from '#trackers/transport.ts';
import type { TransportOptions } from '#trackers/transport-options.ts';
import { bodyOf, json, localServer, trackerErrorOf, wakefulTransport } from './transport-support.ts';

const get = { method: 'GET', path: '/rest' } as const;
const half = '{"issues":[{"id":"10';

/** Two tries against a server that behaves like this. */
async function failureOf(listener: RequestListener, timeouts: TransportOptions['timeouts'] = {}) {
  await using server = await localServer(listener);
  await using transport = wakefulTransport({
    baseUrl: server.url,
    tries: 2,
    // A connection that is not given back would be missed at once.
    concurrency: 1,
    timeouts,
    maxResponseBytes: 100_000,
  });
  const error = await trackerErrorOf(transport.send(get));
  return { error, hits: server.hits() };
}

describe('a tracker that fails in the middle is asked again, then is unavailable', () => {
  test('it never begins to answer', async () => {
    const { error, hits } = await failureOf(() => undefined, { headersMs: 60 });
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain('did not begin to answer within 0.06 s');
    expect(hits).toBe(2);
  });

  test('it stalls after half of the body', async () => {
    const { error, hits } = await failureOf(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write(half);
      },
      { bodyMs: 60 },
    );
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain('did not deliver the body of its answer within 0.06 s');
    expect(hits).toBe(2);
  });

  test('it sends its body in drops without end', async () => {
    const { error, hits } = await failureOf(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drops = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drops));
      },
      { bodyMs: 60 },
    );
    expect(error.message).toContain('did not deliver the body of its answer');
    expect(hits).toBe(2);
  });

  test('it cuts the connection before it answers', async () => {
    const { error, hits } = await failureOf((request) => request.socket.destroy());
    expect(error.kind).toBe('unavailable');
    expect(error.message).toMatch(/broke the connection to 127\.0\.0\.1:\d+ off \(\w+\)/);
    expect(hits).toBe(2);
  });

  test.each([
    ['with a length', { 'content-length': '1000' }],
    ['in chunks', {}],
  ])('it cuts the connection in the middle of a body %s', async (_name, headers) => {
    const { error, hits } = await failureOf((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.write(half, () => request.socket.destroy());
    });
    expect(error.kind).toBe('unavailable');
    expect(hits).toBe(2);
  });

  test('nobody listens at its address', async () => {
    const server = await localServer(() => undefined);
    await server[Symbol.asyncDispose]();
    await using transport = wakefulTransport({ baseUrl: server.url });
    const error = await trackerErrorOf(transport.send(get));
    expect(error).toMatchObject({ kind: 'unavailable', status: undefined });
    expect(error.message).toMatch(/127\.0\.0\.1:\d+ refused the connection .* Check the url of the source/);
    expect(transport.spend).toMatchObject({ requests: 4, retries: 3 });
  });

  test.each(['ENOTFOUND', 'EAI_AGAIN'])('its name is unknown (%s)', (code) => {
    const failure = networkFailure(Object.assign(new Error('getaddrinfo'), { code }), 'acme.example', 1);
    expect(failure).toMatchObject({ kind: 'unavailable', retry: true });
    expect(failure?.what).toContain('no address is known for acme.example');
    expect(failure?.remedy).toContain('Check the url');
  });
});

test("a mistake in our own code is not taken for the tracker's", async () => {
  await using server = await localServer((_request, response) => json(response, {}));
  const mistake = new TypeError('issues is not iterable');
  await using transport = wakefulTransport({
    baseUrl: server.url,
    classify: () => {
      throw mistake;
    },
  });
  await expect(transport.send(get)).rejects.toBe(mistake);
  expect(server.hits()).toBe(1);
});

test('a refused login is not tried again even when its body is cut off', async () => {
  const { error, hits } = await failureOf((request, response) => {
    response.writeHead(401, { 'content-length': '1000' }).write(half, () => request.socket.destroy());
  });
  expect(error).toMatchObject({ kind: 'unauthorized', status: 401 });
  expect(hits).toBe(1);
});

test('a request that succeeds after faults gives its whole answer', async () => {
  let turn = 0;
  await using server = await localServer((request, response) => {
    turn += 1;
    if (turn === 1) request.socket.destroy();
    else if (turn === 2) response.writeHead(200, { 'content-type': 'application/json' }).end(half);
    else
      void bodyOf(request).then((text) =>
        json(response, { echo: text, type: request.headers['content-type'] }),
      );
  });
  await using transport = wakefulTransport({ baseUrl: server.url });
  const response = await transport.send({ method: 'POST', path: '/search', body: { jql: 'x' } });
  expect(response.body).toEqual({ echo: '{"jql":"x"}', type: 'application/json' });
  expect(transport.waits).toEqual([2_000, 4_000]);
});

describe('compressed bodies', () => {
  const answer = JSON.stringify({ text: 'na'.repeat(20_000) });

  test.each([
    ['gzip', gzipSync(answer)],
    ['deflate', deflateSync(answer)],
    ['br', brotliCompressSync(answer)],
  ])('%s is unpacked, and counted as it came', async (encoding, packed) => {
    let accepted: string | undefined;
    await using server = await localServer((request, response) => {
      accepted = request.headers['accept-encoding'];
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
        .end(packed);
    });
    await using transport = wakefulTransport({ baseUrl: server.url });
    expect((await transport.send(get)).body).toEqual(JSON.parse(answer));
    expect(transport.spend.bytes).toBe(packed.length);
    expect(accepted).toContain(encoding);
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(20_000_000, ' '))],
    ['deflate', deflateSync(Buffer.alloc(20_000_000, ' '))],
    ['br', brotliCompressSync(Buffer.alloc(20_000_000, ' '))],
    ['identity', Buffer.alloc(200_000, ' ')],
  ])(
    '%s that unfolds beyond the limit is dropped on the way and not asked for again',
    async (encoding, packed) => {
      const { error, hits } = await failureOf((_request, response) => {
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding })
          .end(packed);
      });
      expect(error).toMatchObject({ kind: 'unexpected_response', status: 200 });
      expect(error.message).toContain('answered with more than 100000 bytes once unpacked');
      expect(hits).toBe(1);
    },
  );

  test('exactly the limit is accepted', async () => {
    await using server = await localServer((_request, response) => {
      const body = `"${'x'.repeat(998)}"`;
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(body));
    });
    await using roomy = wakefulTransport({ baseUrl: server.url, maxResponseBytes: 1_000 });
    expect((await roomy.send(get)).body).toHaveLength(998);
    await using tight = wakefulTransport({ baseUrl: server.url, maxResponseBytes: 999 });
    expect((await trackerErrorOf(tight.send(get))).kind).toBe('unexpected_response');
  });

  test.each([
    ['cut short', gzipSync(answer).subarray(0, 60), 'gzip', 'cannot be unpacked'],
    ['not gzip at all', Buffer.from(answer), 'gzip', 'cannot be unpacked'],
    ['not brotli at all', Buffer.from(answer), 'br', 'cannot be unpacked'],
    ['in an unknown encoding', Buffer.alloc(2_000_000), 'zstd', 'in an encoding nobody asked for (zstd)'],
  ])('a body that is %s is an unexpected response, asked for again', async (_name, body, encoding, words) => {
    const { error, hits } = await failureOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(body);
    });
    expect(error.kind).toBe('unexpected_response');
    expect(error.message).toContain(words);
    expect(hits).toBe(2);
  });
});

describe('an abort by the caller', () => {
  const reason = new Error('the job was cancelled');

  test('before the request sends nothing', async () => {
    await using server = await localServer((_request, response) => json(response, {}));
    await using transport = wakefulTransport({ baseUrl: server.url });
    await expect(transport.send({ ...get, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(transport.spend.requests).toBe(0);
  });

  test.each([
    ['while it waits for headers', undefined],
    ['in the middle of the body', 200],
    ['in the middle of the body of an error', 401],
  ])('%s rejects with its reason and is not retried', async (_name, status) => {
    const abort = new AbortController();
    await using server = await localServer((_request, response) => {
      if (status !== undefined)
        response.writeHead(status, { 'content-type': 'application/json' }).write(half);
      setTimeout(() => abort.abort(reason), 20);
    });
    await using transport = wakefulTransport({ baseUrl: server.url });
    await expect(transport.send({ ...get, signal: abort.signal })).rejects.toBe(reason);
    expect(server.hits()).toBe(1);
    expect(transport.waits).toEqual([]);
  });

  test('during a wait ends the wait', async () => {
    const abort = new AbortController();
    await using server = await localServer((_request, response) => {
      json(response, {}, 503);
      setTimeout(() => abort.abort(reason), 20);
    });
    const transport = createTransport({ name: 'acme', baseUrl: server.url });
    await expect(transport.send({ ...get, signal: abort.signal })).rejects.toBe(reason);
    expect(server.hits()).toBe(1);
    await transport.close();
  });

  test('in the queue for a slot leaves the queue to the others', async () => {
    const abort = new AbortController();
    const waiting: (() => void)[] = [];
    await using server = await localServer((_request, response) => waiting.push(() => json(response, {})));
    await using transport = wakefulTransport({ baseUrl: server.url, concurrency: 1 });
    const first = transport.send(get);
    const second = transport.send({ ...get, signal: abort.signal });
    const third = transport.send(get);
    abort.abort(reason);
    await expect(second).rejects.toBe(reason);
    const answerNext = async () => {
      await expect.poll(() => waiting.length).toBe(1);
      waiting.shift()?.();
    };
    await answerNext();
    await first;
    await answerNext();
    expect((await third).status).toBe(200);
    expect(server.hits()).toBe(2);
  });
});

test('closing rejects what is under way and everything after', async () => {
  await using server = await localServer(() => undefined);
  const transport = wakefulTransport({ baseUrl: server.url });
  const outcome = transport.send(get).catch((error: unknown) => String(error));
  await expect.poll(server.hits).toBe(1);
  await transport.close();
  expect(await outcome).toBe('Error: the connection to acme was closed');
  await expect(transport.send(get)).rejects.toThrow('the connection to acme was closed');
});

test('never more than five requests are under way at once, retries included', async () => {
  let open = 0;
  let most = 0;
  let answered = 0;
  await using server = await localServer((_request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      answered += 1;
      json(response, {}, answered <= 4 ? 503 : 200);
    }, 10);
  });
  await using transport = wakefulTransport({ baseUrl: server.url });
  const outcomes = await Promise.all(Array.from({ length: 23 }, () => transport.send(get)));
  expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 23 }, () => 200));
  expect(most).toBe(5);
  expect(transport.spend).toMatchObject({ requests: 27, retries: 4 });
});

test('connections that share their slots have as many requests under way together as one alone', async () => {
  let open = 0;
  let most = 0;
  await using server = await localServer((_request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      json(response, {});
    }, 10);
  });
  const slots = createSlots(5);
  await using one = wakefulTransport({ baseUrl: server.url, slots });
  await using other = wakefulTransport({ baseUrl: server.url, slots });
  await Promise.all(Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? one : other).send(get)));
  expect(most).toBe(5);
});

test('a request that waits to try again keeps its place', async () => {
  let wake = (): void => undefined;
  await using server = await localServer((_request, response) =>
    json(response, {}, server.hits() === 1 ? 503 : 200),
  );
  await using transport = wakefulTransport({
    baseUrl: server.url,
    concurrency: 1,
    sleep: () => new Promise<void>((resolve) => (wake = resolve)),
  });
  const first = transport.send(get);
  const second = transport.send(get);
  await expect.poll(() => transport.spend.retries).toBe(1);
  expect(server.hits()).toBe(1);
  wake();
  await Promise.all([first, second]);
  expect(server.hits()).toBe(3);
});
