import { type Agent, type Dispatcher } from 'undici';
import { type BodyLimits, parseJson, readBody } from './body.ts';
import { FailedExchange } from './failure.ts';
import type { ResponseHeaders, TransportResponse } from './transport.ts';

const MOST_REDIRECTS = 3;

// An error page tells its story early.
const MOST_ERROR_BYTES = 1024 * 1024;

/** Counted up as requests leave and bytes arrive. */
export interface Meter {
  requests: number;
  bytes: number;
}

export interface Exchange extends BodyLimits {
  readonly agent: Agent;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly headersMs: number;
  readonly signal: AbortSignal;
  readonly meter: Meter;
}

/**
 * Asks once and reads the whole answer. A good answer must be JSON; of a bad one the body is read if it can be,
 * since its status already says what matters. Redirects are followed on the same origin only: anything else
 * would hand the credentials in the headers to a stranger.
 */
export async function exchange(url: URL, call: Exchange, redirects = 0): Promise<TransportResponse> {
  call.meter.requests += 1;
  const answer = await call.agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: call.method,
    headers: { ...call.headers },
    body: call.body ?? null,
    headersTimeout: call.headersMs,
    // The limit in `readBody` covers the body as a whole, stalls included.
    bodyTimeout: 0,
    signal: call.signal,
  });
  const headers = headersOf(answer);
  if (answer.statusCode >= 300 && answer.statusCode < 400) {
    answer.body.on('error', () => undefined).destroy();
    return exchange(
      redirectTarget(url, answer.statusCode, headers, call.method, redirects),
      call,
      redirects + 1,
    );
  }
  const date = Date.parse(headers.get('date') ?? '');
  return {
    status: answer.statusCode,
    headers,
    body:
      answer.statusCode < 300
        ? await goodBody(answer, headers, call)
        : await errorBody(answer, headers, call),
    ...(Number.isFinite(date) ? { date } : {}),
  };
}

async function goodBody(
  answer: Dispatcher.ResponseData,
  headers: ResponseHeaders,
  call: Exchange,
): Promise<unknown> {
  try {
    return parseJson(await readBody(answer.body, headers, call, call.signal, call.meter), headers);
  } catch (error) {
    if (!(error instanceof FailedExchange)) throw error;
    throw new FailedExchange({ ...error.failure, status: answer.statusCode }, error.cause);
  }
}

async function errorBody(
  answer: Dispatcher.ResponseData,
  headers: ResponseHeaders,
  call: Exchange,
): Promise<unknown> {
  const limits = { bodyMs: call.bodyMs, maxBytes: Math.min(call.maxBytes, MOST_ERROR_BYTES) };
  try {
    return parseJson(await readBody(answer.body, headers, limits, call.signal, call.meter), headers);
  } catch {
    call.signal.throwIfAborted();
    return undefined;
  }
}

function redirectTarget(
  from: URL,
  status: number,
  headers: ResponseHeaders,
  method: string,
  redirects: number,
): URL {
  const location = headers.get('location');
  const target = location === undefined ? null : URL.parse(location, from.href);
  // Other redirects turn a POST into a GET, which would ask something else.
  const keepsMethod = method === 'GET' || status === 307 || status === 308;
  if (target?.origin === from.origin && keepsMethod && redirects < MOST_REDIRECTS) return target;
  throw new FailedExchange({
    kind: 'unexpected_response',
    retry: false,
    status,
    what: `answered ${status}, a redirect to ${target === null ? 'nowhere' : target.origin} that is not followed`,
    remedy:
      'Set the url of the source to where its API really is; credentials are not sent on to another address.',
  });
}

function headersOf({ headers }: Dispatcher.ResponseData): ResponseHeaders {
  return {
    get: (name) => {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}
