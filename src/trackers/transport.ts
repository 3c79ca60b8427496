import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { addressOf, checkAddress } from './address.ts';
import { ACCEPTED_ENCODINGS } from './body.ts';
import { classifyByStatus } from './classify.ts';
import { exchange } from './exchange.ts';
import { FailedExchange, type Failure } from './failure.ts';
import { giveUp, presentable } from './give-up.ts';
import { networkFailure } from './network-failure.ts';
import { redact, secretsIn } from './redact.ts';
import { jitteredMs, LONGEST_WAIT_MS, restMs } from './retry.ts';
import { createSlots } from './slots.ts';
import type { Spend } from './tracker.ts';
import { TrackerError } from './tracker-error.ts';
import type { TransportOptions } from './transport-options.ts';

/** One question to a tracker. It must be safe to ask twice: only reads go through here, also those by POST. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash; appended to the path of the base URL. */
  readonly path: string;
  /** An array becomes one parameter per element; undefined leaves the parameter out. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly (string | number)[] | undefined>
  >;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Aborting it rejects the request with the signal's reason, at once and without a retry. */
  readonly signal?: AbortSignal;
}

export interface ResponseHeaders {
  /** The value of a header, in whatever case it is named; several values are joined by a comma. */
  readonly get: (name: string) => string | undefined;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Parsed JSON. Undefined only where `classify` looks at an error answer without a readable body. */
  readonly body: unknown;
  /** The tracker's clock when it answered, epoch milliseconds. */
  readonly date?: number;
}

export interface Transport {
  /**
   * Asks and retries within the limits. Rejects with a TrackerError, or with the reason of the request's signal.
   */
  readonly send: (request: TransportRequest) => Promise<TransportResponse>;
  /** What has been spent so far: every retry and redirect is a request, bytes are as they came over the wire. */
  readonly spend: Spend;
  /** Ends every connection; requests still under way are rejected. */
  readonly close: () => Promise<void>;
}

type Outcome =
  | { readonly response: TransportResponse; readonly failure: undefined; readonly cause?: undefined }
  | { readonly response?: undefined; readonly failure: Failure; readonly cause?: unknown };

/**
 * The one way to a tracker: time limits, size limits, a cap on requests at once, retries, strict JSON, and no
 * credential in any error. What an answer means is the tracker's own affair (`classify`).
 */
export function createTransport(options: TransportOptions): Transport {
  const {
    name,
    headers = {},
    classify = classifyByStatus,
    tries = 4,
    random = Math.random,
    now = Date.now,
  } = options;
  // Jira takes tens of seconds for a heavy page; a page of 10,000 histories is about 20 MB.
  const { headersMs = 60_000, bodyMs = 60_000 } = options.timeouts ?? {};
  const { maxResponseBytes: maxBytes = 64 * 1024 * 1024, concurrency = 5 } = options;
  const sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
  const secrets = secretsIn(headers);
  const sent = {
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': 'evenkeel',
    ...lowerCased(headers),
  };
  const base = checkedBase();
  const slots = createSlots(concurrency);
  const closing = new AbortController();
  // HTTP/1.1 only: with a handful of connections HTTP/2 gains nothing and fails in more ways.
  const agent = new Agent({ connections: concurrency, pipelining: 1, allowH2: false });
  const spend = { requests: 0, retries: 0, waitedMs: 0, bytes: 0 };
  let pausedUntil = 0;

  async function send(request: TransportRequest): Promise<TransportResponse> {
    const signal = AbortSignal.any([
      closing.signal,
      ...(request.signal === undefined ? [] : [request.signal]),
    ]);
    const url = addressOf(base, request);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const ask = (): Promise<Outcome> => askOnce(request.method, url, body, signal);
    const giveBack = await slots.take(signal);
    try {
      return await askUntilDone(ask, request.method, url, signal);
    } finally {
      giveBack();
    }
  }

  async function askUntilDone(
    ask: () => Promise<Outcome>,
    method: TransportRequest['method'],
    url: URL,
    signal: AbortSignal,
  ): Promise<TransportResponse> {
    for (let n = 0; ; n += 1) {
      const told = { method, path: url.pathname, number: n + 1 };
      const { response, failure, cause } = await ask();
      if (failure === undefined) {
        options.onAttempt?.({ ...told, failure, waitMs: undefined });
        return response;
      }
      const rest = restMs(failure, n);
      const isLast = !failure.retry || n + 1 >= tries || (failure.quota === true && rest > LONGEST_WAIT_MS);
      const waitMs = isLast ? undefined : jitteredMs(rest, random);
      options.onAttempt?.({ ...told, failure, waitMs });
      if (waitMs === undefined) {
        if (failure.quota === true) pausedUntil = Math.max(pausedUntil, now() + rest);
        const where = `${method} ${url.origin}${url.pathname}, try ${n + 1} of ${tries}`;
        throw giveUp(failure, { source: name, where, rest, secrets, cause });
      }
      spend.retries += 1;
      spend.waitedMs += waitMs;
      await sleep(waitMs, signal).catch((woken: unknown) => {
        signal.throwIfAborted();
        throw woken;
      });
    }
  }

  async function askOnce(
    method: TransportRequest['method'],
    url: URL,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      refuseWhilePaused();
      const response = await exchange(url, {
        agent,
        method,
        body,
        signal,
        headersMs,
        bodyMs,
        maxBytes,
        meter: spend,
        headers: body === undefined ? sent : { ...sent, 'content-type': 'application/json' },
      });
      const failure = classify(response, response.date ?? now());
      if (failure === undefined) return { response, failure };
      return { failure: presentable({ status: response.status, ...failure }, secrets) };
    } catch (cause) {
      signal.throwIfAborted();
      const failure =
        cause instanceof FailedExchange ? cause.failure : networkFailure(cause, url.host, headersMs);
      if (failure === undefined) throw cause;
      return { failure: presentable(failure, secrets), cause };
    }
  }

  // Every further request would be refused as well, and some trackers count the refused ones.
  function refuseWhilePaused(): void {
    const left = pausedUntil - now();
    if (left <= 0) return;
    throw new FailedExchange({
      kind: 'rate_limited',
      retry: false,
      retryAfterMs: left,
      what: 'was not asked, since its allowance is used up',
      remedy: 'The next sync goes on from here, once the tracker allows it.',
    });
  }

  function checkedBase(): URL {
    const checked = checkAddress(options.baseUrl);
    if (typeof checked !== 'string') return checked;
    throw new TrackerError('rejected', {
      source: name,
      message: redact(
        `${name} was not asked: its url ${checked} (${options.baseUrl}). Correct it in the configuration.`,
        secrets,
      ),
    });
  }

  async function close(): Promise<void> {
    closing.abort(new Error(`the connection to ${name} was closed`));
    await agent.destroy();
  }

  return {
    send,
    close,
    get spend() {
      return { ...spend };
    },
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
