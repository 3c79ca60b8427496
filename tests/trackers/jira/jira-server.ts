import type { IncomingMessage, ServerResponse } from 'node:http';
import { createJiraTracker, type JiraTrackerOptions } from '#trackers/jira/tracker.ts';
import type { Tracker } from '#trackers/tracker.ts';
import { bodyOf, json, localServer } from '../transport-support.ts';
import { fieldListJson } from './jira-json.ts';

/** What a request asked: `POST /rest/api/3/search/jql`, its query and its body. */
export interface Asked {
  readonly what: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The body of an answer, or a status when that is all there is to say; `times` counts this question from 1. */
export type Answer = (asked: Asked, times: number) => unknown;

export interface JiraServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** How often it was asked that. */
  readonly count: (what: string) => number;
}

export const SEARCH = 'POST /rest/api/3/search/jql';
export const HISTORIES = 'POST /rest/api/3/changelog/bulkfetch';

const DATE = 'Mon, 30 Mar 2026 00:00:00 GMT';
const PROJECTS = [{ id: '100', key: 'PAY', name: 'Payments' }];

const USUAL: Readonly<Record<string, Answer>> = {
  'GET /rest/api/3/myself': () => ({ accountId: 'me', displayName: 'Me' }),
  'GET /rest/api/3/serverInfo': () => ({
    baseUrl: 'https://acme.atlassian.net/',
    serverTime: '2026-03-29T02:00:00.000+0200',
  }),
  'GET /rest/api/3/field': () => fieldListJson,
  'GET /rest/api/3/project/search': ({ query }) =>
    page(PROJECTS.filter(({ key }) => !query.has('keys') || query.getAll('keys').includes(key))),
  'GET /rest/api/3/project/100/statuses': () => [],
  'GET /rest/api/3/project/100/version': () => page([]),
  'GET /rest/agile/1.0/board': () => page([]),
  [SEARCH]: () => ({ issues: [], isLast: true }),
  [HISTORIES]: () => ({ issueChangeLogs: [], nextPageToken: null }),
};

/** A page of a list that is walked by position, and the last one. */
export function page(values: readonly unknown[], startAt = 0) {
  return { startAt, maxResults: 50, total: startAt + values.length, isLast: true, values };
}

/**
 * A Jira that answers as told, and otherwise as an empty project does. A number is a bare status. `date` is what its
 * clock says in every answer; nothing when empty.
 */
export async function jiraServer(
  answers: Readonly<Record<string, Answer>> = {},
  date = DATE,
): Promise<JiraServer> {
  const asked: Asked[] = [];
  const count = (what: string): number => asked.filter((one) => one.what === what).length;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://jira');
    const text = await bodyOf(request);
    const what = `${request.method ?? ''} ${url.pathname}`;
    const one = { what, query: url.searchParams, body: text === '' ? {} : JSON.parse(text) };
    asked.push(one);
    const body = (answers[what] ?? USUAL[what] ?? (() => 404))(one, count(what));
    response.sendDate = false;
    const headers = date === '' ? {} : { date };
    if (typeof body === 'number') json(response, { errorMessages: ['No.'] }, body, headers);
    else json(response, body, 200, headers);
  };
  const server = await localServer((request, response) => void answer(request, response));
  return { url: server.url, asked, count, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** A tracker that does not sleep between tries. */
export function trackerOf(server: JiraServer, more: Partial<JiraTrackerOptions> = {}): Tracker {
  return createJiraTracker({
    source: 'acme',
    url: server.url,
    auth: { email: 'reader@acme.example', apiToken: 'a-secret-token' },
    salt: 'pepper',
    transport: { sleep: () => Promise.resolve() },
    ...more,
  });
}
