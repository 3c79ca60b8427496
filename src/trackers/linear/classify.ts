import { z } from 'zod';
import { type Classify, classifyByStatus } from '../classify.ts';
import type { Failure } from '../failure.ts';
import { statedWait } from '../limits.ts';
import type { ResponseHeaders, TransportResponse } from '../transport.ts';
import { WINDOW_MS } from './allowances.ts';
import { MOST_POINTS } from './page-size.ts';

const problems = z.object({
  errors: z
    .array(
      z.object({
        message: z.string().catch(''),
        path: z
          .array(z.union([z.string(), z.number()]))
          .nullish()
          .catch(undefined),
        extensions: z
          .object({
            code: z.string().nullish().catch(undefined),
            type: z.string().nullish().catch(undefined),
          })
          .nullish()
          .catch(undefined),
      }),
    )
    .min(1),
});

/**
 * What an answer of Linear means. GraphQL tells of errors in the body, whatever the status: 400 for a spent allowance,
 * 200 for half an answer. Half an answer is a failure: what is missing from it would look like nothing.
 */
export const classifyLinear: Classify = (response, now) => {
  // The client asks again for less.
  if (isTooComplex(response)) return undefined;
  const byStatus = classifyByStatus(response, now);
  const parsed = problems.safeParse(response.body);
  if (!parsed.success) return byStatus && namingTheKey({ ...byStatus, ...waitOf(byStatus, response, now) });

  const { errors } = parsed.data;
  const codes = errors
    .map(({ extensions }) => `${extensions?.code ?? ''} ${extensions?.type ?? ''}`)
    .join(' ');
  const about = { status: response.status, words: wordsOf(errors) };
  if (/ratelimited/i.test(codes) || response.status === 429) {
    return {
      ...about,
      kind: 'rate_limited',
      retry: true,
      quota: true,
      what: `answered ${response.status}: its allowance is used up`,
      retryAfterMs: resetWait(response.headers, now),
      remedy: 'Nothing is lost: the next sync goes on from here once Linear allows it.',
    };
  }
  if (/authentication/i.test(codes)) {
    return namingTheKey({
      ...about,
      kind: 'unauthorized',
      retry: false,
      what: `answered ${response.status}: it does not know this key`,
      remedy: '',
    });
  }
  if (/forbidden|feature.?not.?accessible/i.test(codes)) {
    return {
      ...about,
      kind: 'forbidden',
      retry: false,
      what: `refused a part of the answer (${placesOf(errors)})`,
      remedy: 'Give the user whose key this is the right to read it.',
    };
  }
  if (/internal|lock.?timeout|network|bootstrap/i.test(codes)) {
    return {
      ...about,
      kind: 'unavailable',
      retry: true,
      what: `answered ${response.status} with an error of its own (${placesOf(errors)})`,
      retryAfterMs: byStatus?.retryAfterMs,
      remedy: 'Nothing is lost: the next sync goes on from here. If it lasts, look at linearstatus.com.',
    };
  }
  if (byStatus !== undefined) return namingTheKey({ ...byStatus, ...about });
  if (/input|invalid|validation|graphql/i.test(codes)) {
    return {
      ...about,
      kind: 'rejected',
      retry: false,
      what: `rejected the question (${placesOf(errors)})`,
      remedy: 'If it lasts, Linear has changed its API: update evenkeel.',
    };
  }
  return {
    ...about,
    kind: 'unexpected_response',
    retry: true,
    what: `answered in part only (${placesOf(errors)})`,
    remedy: 'Nothing of it was taken over, so that nothing goes missing unseen; the next sync tries again.',
  };
};

/** Whether Linear refused a question because its answer could become too large. */
export function isTooComplex({ body, status }: Pick<TransportResponse, 'body' | 'status'>): boolean {
  const parsed = problems.safeParse(body);
  if (!parsed.success || status === 429) return false;
  return parsed.data.errors.some(
    // The points of an hour may be used up as well, which is about complexity too.
    ({ message, extensions }) =>
      /complex/i.test(message) &&
      !/rate.?limit/i.test(`${message} ${extensions?.code ?? ''} ${extensions?.type ?? ''}`),
  );
}

type Errors = z.infer<typeof problems>['errors'];

const wordsOf = (errors: Errors): string => [...new Set(errors.map(({ message }) => message))].join('; ');

/** Names of fields only: positions in a list say nothing, and there may be a hundred of them. */
function placesOf(errors: Errors): string {
  const places = errors.map(({ path }) => (path ?? []).filter((step) => typeof step === 'string').join('.'));
  return [...new Set(places.filter((place) => place !== ''))].slice(0, 3).join(', ') || 'no field named';
}

function namingTheKey(failure: Failure): Failure {
  if (failure.kind !== 'unauthorized') return failure;
  return {
    ...failure,
    remedy:
      'Check auth.apiKey of this source, and the environment variable it names: the key may be mistyped or revoked. ' +
      'It was not tried again.',
  };
}

function waitOf(failure: Failure, { headers }: TransportResponse, now: number): Partial<Failure> {
  return failure.kind === 'rate_limited' ? { quota: true, retryAfterMs: resetWait(headers, now) } : {};
}

/**
 * Until as much as a question may cost has flowed back into the allowance that has run dry, which it does all the time.
 * Where no limit is told, until it is whole.
 */
function resetWait(headers: ResponseHeaders, now: number): number | undefined {
  const waits = Object.entries(COSTS).flatMap(([kind, cost]) => {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((what) =>
      Number(headers.get(`x-ratelimit-${kind}-${what}`) ?? Number.NaN),
    ) as [number, number, number];
    if (!(reset > 0 && remaining < cost)) return [];
    const whole = Math.max(0, reset - now);
    return limit > 0 ? [Math.min(whole, Math.ceil(((cost - remaining) * WINDOW_MS) / limit))] : [whole];
  });
  const stated = statedWait(headers, now);
  return waits.length === 0 ? stated : Math.max(stated ?? 0, ...waits);
}

/** What one question costs at most. */
const COSTS = { requests: 1, complexity: MOST_POINTS, 'endpoint-requests': 1 } as const;
