import type { Failure } from './failure.ts';
import { statedWait } from './limits.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Decides what an answer means: undefined when it is good. Asked about every answer, so that a tracker that
 * reports errors with status 200 or 400 can say so. `now` is the tracker's clock, or ours if it did not tell.
 */
export type Classify = (response: TransportResponse, now: number) => Failure | undefined;

const RETRIED_STATUSES: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** What the HTTP status alone says. A tracker's own rule comes first and falls back on this one. */
export function classifyByStatus(response: TransportResponse, now: number): Failure | undefined {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return undefined;
  const answered = { status, what: `answered ${status}`, words: wordsOf(response.body) };
  const retryAfterMs = statedWait(headers, now);

  if (status === 429) {
    const quota = /quota/i.test(headers.get('ratelimit-reason') ?? '');
    return { ...answered, kind: 'rate_limited', retry: true, retryAfterMs, quota, remedy: LATER };
  }
  if (RETRIED_STATUSES.has(status)) {
    return { ...answered, kind: 'unavailable', retry: true, retryAfterMs, remedy: LATER };
  }
  const final = { ...answered, retry: false };
  if (status >= 500) return { ...final, kind: 'unavailable', remedy: LATER };
  if (status === 401) return { ...final, kind: 'unauthorized', remedy: loginRemedy(response) };
  if (status === 403) return { ...final, kind: 'forbidden', remedy: accessRemedy(response) };
  if (status === 404) {
    return {
      ...final,
      kind: 'not_found',
      remedy: 'Check the url of the source and that its user may see this.',
    };
  }
  if (status === 410) {
    return { ...final, kind: 'gone', remedy: 'The tracker has withdrawn this address: update evenkeel.' };
  }
  if (status >= 400) {
    return {
      ...final,
      kind: 'rejected',
      remedy: 'Correct what the tracker names; asking again will not help.',
    };
  }
  return { ...final, kind: 'unexpected_response', remedy: 'Check that the url of the source is its API.' };
}

const LATER =
  'Nothing is lost: the next sync goes on from here. If it lasts, look at the status page of the tracker.';

function loginRemedy(response: TransportResponse): string {
  return (
    captchaRemedy(response) ??
    'Check the credentials of this source (expired or mistyped?); it was not tried again, so as not to lock the account.'
  );
}

function accessRemedy(response: TransportResponse): string {
  return (
    captchaRemedy(response) ??
    'Give the user of this source the right to read it, or widen the scopes of its token.'
  );
}

// Jira refuses every login of a user, right or wrong, until that user has solved a CAPTCHA in a browser.
function captchaRemedy({ headers }: TransportResponse): string | undefined {
  if (!/AUTHENTICATION_DENIED/i.test(headers.get('x-seraph-loginreason') ?? '')) return undefined;
  return 'The tracker demands a CAPTCHA (AUTHENTICATION_DENIED): log in once in a browser as this user, then check the credentials.';
}

/** The tracker's own words in an error body: Jira's `errorMessages` and `errors`, GraphQL's `errors`, `message`, `error`. */
export function wordsOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const {
    errorMessages,
    errors,
    message,
    error,
    error_description: description,
  } = body as Record<string, unknown>;
  return [errorMessages, errors, message, description ?? error].flatMap(texts).join('; ');
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  if ('message' in value) return texts(value.message);
  return Object.entries(value).flatMap(([field, text]) =>
    typeof text === 'string' ? [`${field}: ${text}`] : [],
  );
}
