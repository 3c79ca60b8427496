import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { createClock, type SimulatedClock } from '../clock.ts';
import { createFaults, type FaultControl, type FaultKind } from '../faults.ts';
import { answerInstead, type FaultTiming, spoiledBody } from '../faulty-answer.ts';
import { addBrowsePages } from './browse.ts';
import type { Disorder } from './connection.ts';
import { createEdits, type LinearEdits } from './edits.ts';
import { type Cap, createExecutor } from './execution.ts';
import { answerLimited, type LimitedStatus, linearFaultAnswers } from './fault-answers.ts';
import { createGraph, type Graph } from './graph.ts';
import { authenticationError, inputError } from './linear-error.ts';
import type { LinearWorkspace } from './model.ts';
import { followsPage, NO_QUESTION, type Question, questionIn } from './question.ts';
import { API_KEY_LIMITS, createRateLimiter, type HourlyLimits } from './rate-limit.ts';
import { loadSchema } from './schema.ts';
import { webhookMessage } from './webhook-message.ts';
import { createWebhooks, type LinearWebhooks } from './webhooks.ts';

/** A Linear workspace, simulated over real HTTP on this machine. */
export interface LinearSimulator extends AsyncDisposable {
  /** `http://127.0.0.1:<port>/graphql`. */
  readonly url: string;
  /** As it is now: edits replace it. */
  readonly workspace: LinearWorkspace;
  /** Starts at the workspace's present and stands still until moved; answers carry it in their `Date` header. */
  readonly clock: SimulatedClock;
  /** Every question that arrived, in order. */
  readonly requests: readonly LinearRequest[];
  /** Queries that broke the schema; each was answered with 400. */
  readonly violations: readonly { readonly query: string; readonly errors: readonly string[] }[];
  readonly faults: FaultControl;
  /** Changes the workspace while it is served. */
  readonly edits: LinearEdits;
  readonly webhooks: LinearWebhooks;
  close(): Promise<void>;
}

export interface LinearRequest {
  /** The simulated instant. */
  readonly at: number;
  /** The operation's name, as the request or else the query gives it. */
  readonly operation: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Points charged; 0 when nothing was executed. */
  readonly complexity: number;
  readonly status: number;
}

export interface LinearSimulatorOptions {
  /** Who may read. Default `lin_api_simulated`, sent without `Bearer`. */
  readonly apiKey?: string;
  /** An OAuth access token, sent with `Bearer`. Default none. */
  readonly accessToken?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** The SDL file to answer by (`.graphql` or `.graphql.gz`). Default our own selection of Linear's schema. */
  readonly schema?: string;
  /** Default what Linear grants an API key. */
  readonly limits?: HourlyLimits;
  /** How an answer says that an allowance is used up. Default 400. */
  readonly limitedStatus?: LimitedStatus;
  /** Whether the 10,000 points of one query are those it could cost or those its answer did. Default `static`. */
  readonly cap?: Cap;
  /** The status for a wrong key. Default 401. */
  readonly unauthenticatedStatus?: 400 | 401;
  /** For how long slow answers stall. Default 250. */
  readonly stallMilliseconds?: number;
  /** How far off the reset of a limit is that a fault makes up. Default 1. */
  readonly retryAfterSeconds?: number;
  /** After how many milliseconds a webhook that was not answered with 200 is sent again. Default Linear's. */
  readonly webhookRetryDelays?: readonly number[];
}

/** Both are known only once there is an answer. */
type Recorded = { -readonly [K in keyof LinearRequest]: LinearRequest[K] };

/** Who may read a simulated workspace unless told otherwise. */
export const SIMULATED_API_KEY = 'lin_api_simulated';

/** Serves the workspace until it is closed. Over GraphQL it can only be read. */
export async function createLinearSimulator(
  initial: LinearWorkspace,
  options: LinearSimulatorOptions = {},
): Promise<LinearSimulator> {
  let workspace = initial;
  const clock = createClock(initial.now);
  const faults = createFaults();
  const requests: LinearRequest[] = [];
  const violations: { readonly query: string; readonly errors: readonly string[] }[] = [];
  const limitedStatus = options.limitedStatus ?? 400;
  const limiter = createRateLimiter(options.limits ?? API_KEY_LIMITS, clock);
  const execute = createExecutor(await loadSchema(options.schema), options.cap ?? 'static');
  const webhooks = createWebhooks(
    clock,
    options.webhookRetryDelays === undefined ? {} : { retryDelays: options.webhookRetryDelays },
  );
  const server = fastify({ forceCloseConnections: true, bodyLimit: 1_048_576 });
  const inFault = new WeakMap<FastifyRequest, FaultKind>();
  const recorded = new WeakMap<FastifyRequest, Recorded>();
  let graph: Graph | undefined;
  let baseUrl = '';

  const timing = (): FaultTiming => ({
    now: clock.now(),
    stallMilliseconds: options.stallMilliseconds ?? 250,
    retryAfterSeconds: options.retryAfterSeconds ?? 1,
  });

  server.addHook('onRequest', async (_, reply) => {
    reply.header('date', new Date(clock.now()).toUTCString());
  });
  server.addHook('onSend', async (request, reply, payload) => {
    const entry = recorded.get(request);
    if (entry !== undefined) entry.status = reply.statusCode;
    return typeof payload === 'string'
      ? spoiledBody(inFault.get(request), payload, reply, timing())
      : payload;
  });
  server.setErrorHandler(async (error, _, reply) => {
    if (error instanceof Error && 'statusCode' in error) {
      return reply.code(400).send({ errors: [inputError(error.message).toJSON()] });
    }
    throw error;
  });
  addBrowsePages(server, () => workspace);

  server.post('/graphql', async (request, reply) => {
    const question = questionIn(request.body);
    const { name: operation, variables } = question ?? NO_QUESTION;
    const entry: Recorded = { at: clock.now(), operation, variables, complexity: 0, status: 0 };
    recorded.set(request, entry);
    requests.push(entry);
    const refusal = unauthenticated(request.headers.authorization, options);
    if (refusal !== undefined) {
      const status = options.unauthenticatedStatus ?? 401;
      return reply.code(status).send({ errors: [authenticationError(refusal).toJSON()] });
    }
    if (question === undefined) {
      return reply.code(400).send({ errors: [inputError('POST body must hold a query').toJSON()] });
    }
    const instead = await faultFor(question, request, reply);
    if (instead !== undefined) return instead;
    return answer(question, entry, inFault.get(request), reply);
  });

  async function faultFor(
    question: Question,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    const kind = faults.next(
      {
        signature: JSON.stringify(request.body),
        followsPage: followsPage(question),
        hasRows: /\b(nodes|edges)\b/.test(question.query),
      },
      question.name ?? '/graphql',
    );
    if (kind === undefined) return undefined;
    inFault.set(request, kind);
    if (kind === 'slow_headers') await sleep(timing().stallMilliseconds);
    return answerInstead(kind, reply, timing(), linearFaultAnswers(limitedStatus));
  }

  function answer(
    question: Question,
    entry: Recorded,
    kind: FaultKind | undefined,
    reply: FastifyReply,
  ): FastifyReply {
    const exhausted = limiter.exhausted();
    if (exhausted !== undefined) {
      limiter.writeHeaders(reply);
      return answerLimited(reply, limitedStatus, exhausted);
    }
    limiter.charge('requests', 1);
    if (graph?.workspace !== workspace) graph = createGraph(workspace);
    const { status, body, complexity, isInvalid } = execute(question, {
      graph,
      now: clock.now(),
      baseUrl,
      disorder: disorderOf(kind, requests.length),
      rateLimitStatus: limiter.status(),
    });
    if (isInvalid) violations.push({ query: question.query, errors: messagesIn(body) });
    limiter.charge('complexity', complexity);
    entry.complexity = complexity;
    limiter.writeHeaders(reply);
    return reply
      .code(status)
      .header('x-complexity', String(complexity))
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(body));
  }

  baseUrl = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const edits = createEdits(
    () => workspace,
    (next) => {
      workspace = next;
    },
    clock,
    (edit) => {
      const message = webhookMessage(edit, workspace, clock.now(), baseUrl);
      if (message !== undefined) webhooks.send(message);
    },
  );
  const close = async (): Promise<void> => {
    await webhooks.close();
    await server.close();
  };
  return {
    url: `${baseUrl}/graphql`,
    get workspace() {
      return workspace;
    },
    clock,
    requests,
    violations,
    faults,
    edits,
    webhooks,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function unauthenticated(
  authorization: string | undefined,
  { apiKey = SIMULATED_API_KEY, accessToken }: LinearSimulatorOptions,
): string | undefined {
  if (authorization === apiKey) return undefined;
  if (accessToken !== undefined && authorization === `Bearer ${accessToken}`) return undefined;
  return authorization === `Bearer ${apiKey}`
    ? "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix from the Authorization header."
    : 'Authentication required, not authenticated';
}

function disorderOf(kind: FaultKind | undefined, seed: number): Disorder | undefined {
  if (kind === 'repeat_page') return { kind };
  return kind === 'shuffled' ? { kind, seed: String(seed) } : undefined;
}

function messagesIn(body: object): readonly string[] {
  const { errors } = z.object({ errors: z.array(z.object({ message: z.string() })) }).parse(body);
  return errors.map(({ message }) => message);
}
