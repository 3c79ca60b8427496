import type * as agile from 'jira.js/agile';
import type * as cloud from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import type { z } from 'zod';
import { type Classify, classifyByStatus } from '../classify.ts';
import { TrackerError } from '../tracker-error.ts';
import type { Transport, TransportRequest } from '../transport.ts';
import { untilAllowed } from './allowances.ts';

/** A checked answer, and the tracker's clock when it was given. */
export interface Answer<T> {
  readonly data: T;
  readonly date: number | undefined;
}

export interface JiraClient {
  /**
   * Asks by one of jira.js's functions, which know addresses and parameters, and checks the answer by a schema of
   * ours. Their own schemas are left aside: they reject what Jira really sends, a change without `toString` for one.
   */
  readonly ask: <Schema extends z.ZodType>(
    schema: Schema,
    call: (jira: JiraFunctions, client: Client) => Promise<unknown>,
  ) => Promise<Answer<z.infer<Schema>>>;
}

interface JiraFunctions {
  readonly cloud: typeof cloud;
  readonly agile: typeof agile;
}

// An answer of the wrong shape is mostly a gateway's, and gone at the next try.
const TRIES = 3;

/** jira.js's functions over our transport. */
export function createJiraClient(source: string, transport: Transport, signal?: AbortSignal): JiraClient {
  return {
    ask: async (schema, call) => {
      const jira = await jiraFunctions();
      for (let attempt = 1; ; attempt += 1) {
        let date: number | undefined;
        let asked = '';
        const body = await call(jira, {
          sendRequest: async <T>(options: Parameters<Client['sendRequest']>[0]) => {
            asked = `${options.method ?? 'GET'} ${options.url}`;
            const response = await transport.send(requestOf(options, signal));
            date = response.date;
            return response.body as T;
          },
        });
        const { success, data, error } = schema.safeParse(body);
        if (success) return { data, date };
        if (attempt === TRIES) throw misshapen(source, asked, error);
      }
    },
  };
}

/** What an answer of Jira means: as its status says. A refused login names what to look at, a used-up quota its end. */
export const classifyJira: Classify = (response, now) => {
  const failure = classifyByStatus(response, now);
  if (failure?.kind === 'rate_limited') {
    const untilReset = untilAllowed(response.headers);
    if (untilReset === undefined) return failure;
    // A burst limit has no such window: it is the quota that is used up, whatever else is said.
    return { ...failure, quota: true, retryAfterMs: Math.max(failure.retryAfterMs ?? 0, untilReset) };
  }
  const isLocked = /AUTHENTICATION_DENIED/i.test(response.headers.get('x-seraph-loginreason') ?? '');
  if (failure?.kind !== 'unauthorized' || isLocked) return failure;
  return {
    ...failure,
    remedy:
      'Check auth.email and auth.apiToken of this source: a token belongs to one account and expires within a year, ' +
      'and one that was given scopes needs auth.scoped: true. ' +
      'It was not tried again, so as not to lock the account.',
  };
};

// Half a second of start-up that only those pay who talk to a Jira; the package admits no import of its parts.
async function jiraFunctions(): Promise<JiraFunctions> {
  const [cloud, agile] = await Promise.all([import('jira.js/cloud'), import('jira.js/agile')]);
  return { cloud, agile };
}

function requestOf(
  options: Parameters<Client['sendRequest']>[0],
  signal: AbortSignal | undefined,
): TransportRequest {
  const { method = 'GET', url, searchParams, body } = options;
  if (method !== 'GET' && method !== 'POST') throw new RangeError(`a sync only reads, so not by ${method}`);
  return {
    method,
    path: url,
    // Lists of words and plain values are all that the functions we call put here.
    ...(searchParams === undefined ? {} : { query: searchParams as NonNullable<TransportRequest['query']> }),
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function misshapen(source: string, asked: string, error: z.ZodError): TrackerError {
  const [first] = error.issues;
  // The place and the complaint only: the value may be somebody's text.
  const place = first === undefined || first.path.length === 0 ? 'the answer' : first.path.join('.');
  return new TrackerError('unexpected_response', {
    source,
    message:
      `${source} answered in a shape that cannot be read (${asked}: ${place}: ${first?.message ?? ''}). ` +
      'The next sync tries again; if it lasts, check that the url of the source is that of a Jira Cloud site.',
    cause: error,
  });
}
