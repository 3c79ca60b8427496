import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { addressOf, checkAddress } from './address.ts';
import { ACCEPTED_ENCODINGS } from './body.ts';
import { createBudget, endpointOf, type ToldLimits, type Wait } from './budget.ts';
import { classifyByStatus } from './classify.ts';
import { exchange } from './exchange.ts';
import { FailedExchange, type Failure } from './failure.ts';
import { giveUp, presentable } from './give-up.ts';
import { networkFailure } from './network-failure.ts';
import { redact, secretsIn } from './redact.ts';
import { isBeyondPatience, jitteredMs, LONGEST_WAIT_MS, restMs } from './retry.ts';
import { createSlots, REQUESTS_AT_ONCE } from './slots.ts';
import type { Spend } from './tracker.ts';
import { TrackerError } from './tracker-error.ts';
import type { Attempt, TransportOptions } from './transport-options.ts';

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
  /** Part of a reading of everything, which leaves some of the allowance to polls and webhooks. */
  readonly bulk?: boolean;
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
  const { maxResponseBytes: maxBytes = 64 * 1024 * 1024, concurrency = REQUESTS_AT_ONCE } = options;
  const { slots = createSlots(concurrency), patience } = options;
  const sleep = options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal }));
  const secrets = secretsIn(headers);
  const sent = {
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    'user-agent': 'evenkeel',
    ...lowerCased(headers),
  };
  const base = checkedBase();
  const closing = new AbortController();
  // HTTP/1.1 only: with a handful of connections HTTP/2 gains nothing and fails in more ways.
  const agent = new Agent({ connections: concurrency, pipelining: 1, allowH2: false });
  const spend = { requests: 0, retries: 0, waitedMs: 0, bytes: 0 };
  const { budget = createBudget({ source: name, now }), readLimits = () => NO_LIMITS } = options;

  async function send(request: TransportRequest): Promise<TransportResponse> {
    const signal = AbortSignal.any([
      closing.signal,
      ...(request.signal === undefined ? [] : [request.signal]),
    ]);
    const url = addressOf(base, request);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const ask = (): Promise<Outcome> => askOnce(request.method, url, body, signal);
    const giveBack = await slots.take(signal, request.bulk);
    try {
      return await askUntilDone(ask, request, url, signal);
    } finally {
      giveBack();
    }
  }

  async function askUntilDone(
    ask: () => Promise<Outcome>,
    { method, path, bulk = false }: TransportRequest,
    url: URL,
    signal: AbortSignal,
  ): Promise<TransportResponse> {
    const endpoint = endpointOf(method, path);
    let waitedUntil = 0;
    for (let n = 0; ; n += 1) {
      const told = { method, path: url.pathname, number: n + 1 };
      const where = `${method} ${url.origin}${url.pathname}, try ${n + 1} of ${tries}`;
      const refusal = await leaveOrRefusal({ endpoint, bulk, waitedUntil }, told, signal);
      if (refusal !== undefined) {
        const rest = restMs(refusal, n);
        throw giveUp(refusal, { source: name, where, rest, secrets, cause: undefined });
      }
      const { response, failure, cause } = await ask();
      if (failure === undefined) {
        options.onAttempt?.({ ...told, failure, waitMs: undefined });
        return response;
      }
      const rest = restMs(failure, n);
      const goesAway = isBeyondPatience(failure, rest, patience?.());
      const isLast = !failure.retry || n + 1 >= tries || goesAway;
      const waitMs = isLast ? undefined : jitteredMs(rest, random);
      options.onAttempt?.({ ...told, failure, waitMs });
      if (goesAway || (failure.kind === 'rate_limited' && failure.retry)) {
        // Every further request would be refused as well, and some trackers count the refused ones.
        waitedUntil = now() + (goesAway || failure.quota === true ? rest : Math.min(rest, LONGEST_WAIT_MS));
        await budget.pause({ ...(failure.quota === true ? {} : { endpoint }), until: waitedUntil });
      }
      if (waitMs === undefined) throw giveUp(failure, { source: name, where, rest, secrets, cause });
      spend.retries += 1;
      await wait(waitMs, signal);
    }
  }

  /** Waits until the budget lets the question go, or says why it is not asked. */
  async function leaveOrRefusal(
    intent: { readonly endpoint: string; readonly bulk: boolean; readonly waitedUntil: number },
    told: Pick<Attempt, 'method' | 'path' | 'number'>,
    signal: AbortSignal,
  ): Promise<Failure | undefined> {
    let { waitedUntil } = intent;
    for (;;) {
      const mostMs = patience?.() ?? LONGEST_WAIT_MS;
      const hold = await budget.leave({ ...intent, waitedUntil, patienceMs: mostMs });
      if (hold === undefined) return undefined;
      const failure = notAsked(hold);
      if (hold.ms > mostMs) return failure;
      const isPaced = hold.why === 'paced';
      const waitMs = isPaced ? hold.ms : jitteredMs(hold.ms, random);
      options.onAttempt?.({ ...told, failure, waitMs });
      await wait(waitMs, signal).catch((woken: unknown) => {
        if (isPaced) budget.forgo();
        throw woken;
      });
      if (isPaced) return undefined;
      waitedUntil = hold.until;
    }
  }

  async function wait(ms: number, signal: AbortSignal): Promise<void> {
    spend.waitedMs += ms;
    await sleep(ms, signal).catch((woken: unknown) => {
      signal.throwIfAborted();
      throw woken;
    });
  }

  async function askOnce(
    method: TransportRequest['method'],
    url: URL,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    let limits = NO_LIMITS;
    try {
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
      const trackerNow = response.date ?? now();
      limits = readLimits(response.headers, now(), trackerNow);
      const failure = classify(response, trackerNow);
      if (failure === undefined) return { response, failure };
      return { failure: presentable({ status: response.status, ...failure }, secrets) };
    } catch (cause) {
      signal.throwIfAborted();
      const failure =
        cause instanceof FailedExchange ? cause.failure : networkFailure(cause, url.host, headersMs);
      if (failure === undefined) throw cause;
      return { failure: presentable(failure, secrets), cause };
    } finally {
      await budget.answered(limits);
    }
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
    // What was counted since the last time is not worth an error that would hide why we are closing.
    await budget.flush().catch(() => {});
  }

  return {
    send,
    close,
    get spend() {
      return { ...spend };
    },
  };
}

const NO_LIMITS: ToldLimits = { allowances: [], cost: new Map() };

const NOT_ASKED_SINCE: Readonly<Record<Wait['why'], string>> = {
  paced: 'the rest of its allowance is kept for polls and webhooks',
  paused: 'its allowance is used up',
  endpoint: 'it wants to be left alone for a while',
};

function notAsked({ ms, why }: Wait): Failure {
  return {
    kind: 'rate_limited',
    retry: false,
    retryAfterMs: ms,
    what: `was not asked, since ${NOT_ASKED_SINCE[why]}`,
    remedy: 'The next sync goes on from here, once the tracker allows it.',
  };
}

/** The same way, for questions that are parts of a reading of everything. */
export function forBulk(transport: Transport): Transport {
  return {
    send: (request) => transport.send({ ...request, bulk: true }),
    close: () => transport.close(),
    get spend() {
      return transport.spend;
    },
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
