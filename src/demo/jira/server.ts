import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyRequest } from 'fastify';
import { createClock, type SimulatedClock } from '../clock.ts';
import { createFaults, type FaultControl, type FaultKind } from '../faults.ts';
import { answerInstead, type FaultTiming, spoiledBody } from '../faulty-answer.ts';
import { addBrowsePages } from './browse.ts';
import type { Disorder, Simulation } from './call.ts';
import { createEdits, type JiraEdits } from './edits.ts';
import { jiraFaultAnswers } from './fault-answers.ts';
import { errorBody, JiraHttpError } from './http-error.ts';
import type { JiraSite } from './model.ts';
import { cloudIdOf } from './reference.ts';
import { createRenderer } from './render.ts';
import { createRequestCheck, type RequestCheck } from './request-check.ts';
import { addRoutes } from './routes.ts';

/** A Jira Cloud site, simulated over real HTTP on this machine. */
export interface JiraSimulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** As it is now: edits replace it. */
  readonly site: JiraSite;
  /** Changes the site while it is served. */
  readonly edits: JiraEdits;
  /** Starts at the site's present and stands still until moved; answers carry it in their `Date` header. */
  readonly clock: SimulatedClock;
  /** Every request that arrived, in order; `at` is the simulated instant, `path` has no query. */
  readonly requests: readonly JiraRequest[];
  /** Requests that broke the OpenAPI documents; each was answered with 400. */
  readonly violations: readonly {
    readonly method: string;
    readonly path: string;
    readonly errors: readonly string[];
  }[];
  readonly faults: FaultControl;
  close(): Promise<void>;
}

export interface JiraRequest {
  readonly method: string;
  readonly path: string;
  readonly at: number;
}

export interface JiraSimulatorOptions {
  /** Who may read. Default `reader@evenkeel.example` with the token `simulated-token`. */
  readonly email?: string;
  readonly apiToken?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** For how many seconds a change stays unknown to searches. Default 0. */
  readonly indexLagSeconds?: number;
  /** Whether `issue/bulkfetch` gives a thousand issues at once with fields that hold lists. Default no. */
  readonly isWide?: boolean;
  /** Whether the token has scopes: then it is taken under `/ex/jira/{cloudId}` alone, as the gateway does. Default no. */
  readonly isScoped?: boolean;
  /** Sent with every answer, such as the state of an allowance. */
  readonly headers?: Readonly<Record<string, string>>;
  /** OpenAPI documents requests are held to (`.json` or `.json.gz`). Default none. */
  readonly openapi?: readonly string[];
  /** For how long slow answers stall. Default 250. */
  readonly stallMilliseconds?: number;
  /** What a limited client is told to wait. Default 1. */
  readonly retryAfterSeconds?: number;
}

/** Who may read a simulated site unless told otherwise. */
export const SIMULATED_ACCOUNT = { email: 'reader@evenkeel.example', apiToken: 'simulated-token' } as const;

/** Serves the site until it is closed. Only reading is simulated. */
export async function createJiraSimulator(
  initial: JiraSite,
  options: JiraSimulatorOptions = {},
): Promise<JiraSimulator> {
  let site = initial;
  const { email = SIMULATED_ACCOUNT.email, apiToken = SIMULATED_ACCOUNT.apiToken } = options;
  const clock = createClock(initial.now);
  const faults = createFaults();
  const requests: JiraRequest[] = [];
  const violations: { readonly method: string; readonly path: string; readonly errors: readonly string[] }[] =
    [];
  const check = await createRequestCheck(options.openapi ?? []);
  const gatewayPath = `/ex/jira/${cloudIdOf(initial)}`;
  const server = fastify({
    forceCloseConnections: true,
    bodyLimit: 1_048_576,
    rewriteUrl: ({ url = '/' }) => (url.startsWith(`${gatewayPath}/`) ? url.slice(gatewayPath.length) : url),
  });
  const isAtItsPlace = ({ originalUrl }: FastifyRequest): boolean =>
    originalUrl.startsWith(gatewayPath) === (options.isScoped ?? false);
  const credentials = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
  const inFault = new WeakMap<FastifyRequest, FaultKind>();

  const timing = (): FaultTiming => ({
    now: clock.now(),
    stallMilliseconds: options.stallMilliseconds ?? 250,
    retryAfterSeconds: options.retryAfterSeconds ?? 1,
  });

  server.addHook('onRequest', async (request, reply) => {
    reply.header('date', new Date(clock.now()).toUTCString()).headers({ ...options.headers });
    requests.push({ method: request.method, path: pathOf(request), at: clock.now() });
    const isWelcome = request.headers.authorization === credentials && isAtItsPlace(request);
    if (isWelcome || isOpen(pathOf(request))) return undefined;
    return reply
      .code(401)
      .headers({
        'x-seraph-loginreason': 'AUTHENTICATED_FAILED',
        'www-authenticate': 'OAuth realm="simulated"',
      })
      .type('text/html;charset=UTF-8')
      .send('Client must be authenticated to access this resource.');
  });

  server.addHook('preHandler', async (request, reply) => {
    const kind = faults.next(
      {
        signature: `${request.method} ${request.url} ${JSON.stringify(request.body ?? null)}`,
        followsPage: hasPageToken(request.body) || hasPageToken(request.query),
        hasRows: /\/(search\/jql|bulkfetch|changelog)$/.test(pathOf(request)),
      },
      pathOf(request),
    );
    if (kind !== undefined) {
      inFault.set(request, kind);
      if (kind === 'slow_headers') await sleep(timing().stallMilliseconds);
      const { retryAfterSeconds } = timing();
      const instead = answerInstead(kind, reply, timing(), jiraFaultAnswers(retryAfterSeconds));
      if (instead !== undefined) return instead;
    }
    const errors = check(documentedRequest(request));
    if (errors.length === 0) return undefined;
    violations.push({ method: request.method, path: pathOf(request), errors });
    throw new JiraHttpError(400, `Invalid request payload. ${errors.join('; ')}`);
  });

  server.addHook('onSend', async (request, reply, payload) =>
    typeof payload === 'string' ? spoiledBody(inFault.get(request), payload, reply, timing()) : payload,
  );
  server.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof JiraHttpError) return reply.code(error.status).send(errorBody(error.message));
    throw error;
  });
  server.setNotFoundHandler(async (request, reply) =>
    reply.code(404).send(errorBody(`null for uri: ${request.url}`)),
  );

  let url = '';
  // Made anew when the site has changed: it looks things up in it.
  let drawn = { site, render: createRenderer(site, () => url) };
  const simulation: Simulation = {
    get site() {
      return site;
    },
    get render() {
      if (drawn.site !== site) drawn = { site, render: createRenderer(site, () => url) };
      return drawn.render;
    },
    clock,
    isWide: options.isWide ?? false,
    indexLag: (options.indexLagSeconds ?? 0) * 1000,
    // Known only once the server listens, which is when the first request can ask.
    baseUrl: () => url,
  };
  addBrowsePages(server, () => site);
  addRoutes(server, simulation, email, (request) => disorderOf(inFault.get(request), requests.length));
  url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });

  const close = async (): Promise<void> => server.close();
  const edits = createEdits(
    () => site,
    (next) => {
      site = next;
    },
    clock,
  );
  return {
    url,
    get site() {
      return site;
    },
    clock,
    edits,
    requests,
    violations,
    faults,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function disorderOf(kind: FaultKind | undefined, seed: number): Disorder | undefined {
  if (kind === 'repeat_page') return { kind };
  return kind === 'shuffled' ? { kind, seed: String(seed) } : undefined;
}

/** What needs no credentials: the site's id, and the pages that links in a report lead to. */
function isOpen(path: string): boolean {
  return path === '/_edge/tenant_info' || /^\/(browse|projects)\//.test(path);
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? url;
}

function hasPageToken(input: unknown): boolean {
  return (
    typeof input === 'object' && input !== null && 'nextPageToken' in input && input.nextPageToken !== null
  );
}

function documentedRequest(request: FastifyRequest): Parameters<RequestCheck>[0] {
  const headers = Object.entries(request.headers).filter(([, value]) => value !== undefined);
  return {
    method: request.method,
    path: pathOf(request),
    query: request.url.split('?', 2)[1] ?? '',
    headers: Object.fromEntries(headers.map(([name, value]) => [name, value ?? ''])),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}
