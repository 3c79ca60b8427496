import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { NothingSyncedError } from '#pipeline/assess-team.ts';
import { DecisionError, type DecisionErrorCode } from '#pipeline/decision-error.ts';
import { QueueError } from '#queue/queue-error.ts';
import { StoreError } from '#store/store-error.ts';
import { messagePageHtml } from '#views/html/message-page.ts';
import type { Server } from './dependencies.ts';
import { HttpProblem } from './problem.ts';

/** Answers whatever goes wrong: JSON to programs, a page to people, and no inner detail to either. */
export function answerErrors(server: Server): void {
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request, reply) =>
    answerError(
      new HttpProblem(
        404,
        'NO_SUCH_ADDRESS',
        `There is nothing at ${request.method} ${pathOf(request)}. The addresses there are stand at /docs.`,
      ),
      request,
      reply,
    ),
  );
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, message, details, headers } = problemOf(error, request.id);
  if (status >= 500) request.log.error({ err: error }, 'a request failed');
  void reply.code(status).headers(headers);
  if (isForPrograms(pathOf(request))) {
    return reply
      .type('application/json; charset=utf-8')
      .send({ error: { code, message, ...(details.length > 0 ? { details } : {}) } });
  }
  const title = TITLES[status] ?? (status < 500 ? 'This cannot be answered' : 'Something failed here');
  return reply.type('text/html; charset=utf-8').send(messagePageHtml({ title, message }));
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'A token is needed',
  403: 'This is not allowed',
  404: 'There is no such page',
  409: 'Not yet',
  429: 'Too many requests',
  503: 'Not at the moment',
};

function problemOf(error: unknown, id: string): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const details = error.validation.map(({ instancePath, message = 'is not valid' }) => ({
      at: [PLACES[error.validationContext ?? ''], ...instancePath.split('/')].filter(Boolean).join('.'),
      message,
    }));
    const said = details.map(({ at, message }) => `${at}: ${message}`).join('; ');
    return new HttpProblem(400, 'INVALID_REQUEST', `The request is not valid. ${said}.`, { details });
  }
  if (error instanceof NothingSyncedError) return new HttpProblem(409, error.code, error.message);
  if (error instanceof DecisionError) {
    const { code, message } = error;
    const at = WHERE[code];
    const details = at === undefined ? [] : [{ at, message }];
    return new HttpProblem(DECISION_STATUS[code], code, message, { details });
  }
  if (error instanceof StoreError || error instanceof QueueError) {
    if (UNREACHABLE.has(error.code)) {
      return new HttpProblem(503, error.code, `${UNREACHABLE.get(error.code)} ${seeLog(id)}`);
    }
  }
  if (isFastifyError(error)) {
    if (error.code === 'FST_ERR_HANDLER_TIMEOUT') {
      return new HttpProblem(503, 'TOO_SLOW', `The answer took too long and was given up. ${seeLog(id)}`);
    }
    if (error.statusCode < 500) return new HttpProblem(error.statusCode, error.code, `${error.message}.`);
  }
  return new HttpProblem(500, 'INTERNAL', `Something failed that should not have. ${seeLog(id)}`);
}

const DECISION_STATUS: Readonly<Record<DecisionErrorCode, number>> = {
  UNKNOWN_RISK: 404,
  UNKNOWN_ESCALATION: 404,
  RECORD_ID_TAKEN: 409,
  UNTIL_PASSED: 400,
  RISK_NOT_RAISED: 409,
  ALREADY_DECIDED: 409,
};

/** The part of the request that is to be another. */
const WHERE: Readonly<Partial<Record<DecisionErrorCode, string>>> = {
  RECORD_ID_TAKEN: 'body.id',
  UNTIL_PASSED: 'body.until',
};

/** What people call the parts of a request. */
const PLACES: Readonly<Record<string, string>> = {
  querystring: 'query',
  params: 'path',
  body: 'body',
  headers: 'headers',
};

const UNREACHABLE: ReadonlyMap<string, string> = new Map([
  ['STORE_UNREACHABLE', 'The database cannot be reached.'],
  ['QUEUE_UNREACHABLE', 'The job queue cannot be reached.'],
]);

function seeLog(id: string): string {
  return `The reason stands in the server’s log under ${id}.`;
}

interface FastifyOwnError extends Error {
  readonly code: string;
  readonly statusCode: number;
}

/** Fastify's own errors speak of the request alone; a status on any other error may be that of a tracker. */
function isFastifyError(error: unknown): error is FastifyOwnError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('FST_') &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  );
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

function isForPrograms(path: string): boolean {
  return (
    path.startsWith('/api/') ||
    path.startsWith('/webhooks/') ||
    ['/healthz', '/readyz', '/metrics', '/openapi.json'].includes(path)
  );
}
