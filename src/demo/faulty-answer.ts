import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { FaultKind } from './faults.ts';

/** What the clock says, and how long slow answers stall and limited clients are told to wait. */
export interface FaultTiming {
  readonly now: number;
  readonly stallMilliseconds: number;
  readonly retryAfterSeconds: number;
}

/** What each tracker says in its own words. */
export interface TrackerAnswers {
  readonly limited: (reply: FastifyReply, reset: number) => FastifyReply;
  /** Of the gateway, which does not know the tracker's API. */
  readonly limitedByGateway: (reply: FastifyReply, reset: number) => FastifyReply;
  readonly broken: (reply: FastifyReply) => FastifyReply;
  readonly loginTitle: string;
}

/** Gives the answer that stands in for the right one; undefined when the fault leaves the request to be served. */
export function answerInstead(
  kind: FaultKind,
  reply: FastifyReply,
  { now, retryAfterSeconds }: FaultTiming,
  answers: TrackerAnswers,
): FastifyReply | undefined {
  const reset = now + retryAfterSeconds * 1000;
  switch (kind) {
    case '429_retry_after':
      return answers.limited(reply, reset);
    case '429_bare':
      return answers.limitedByGateway(reply, reset);
    case '500':
      return answers.broken(reply);
    case '502':
    case '503':
      return reply
        .code(Number(kind))
        .type('text/html')
        .send(`<html><h1>${kind}</h1>The upstream is away.</html>`);
    case 'html_200':
      return reply
        .type('text/html;charset=UTF-8')
        .send(
          `<!DOCTYPE html><html><head><title>${answers.loginTitle}</title></head><body>Log in to continue</body></html>`,
        );
    case 'empty_200':
      return reply.type('application/json;charset=UTF-8').send('');
    case 'truncated_json_200':
    case 'slow_headers':
    case 'slow_body':
    case 'cut_connection':
    case 'repeat_page':
    case 'shuffled':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** The right answer's body, spoiled. */
export function spoiledBody(
  kind: FaultKind | undefined,
  body: string,
  reply: FastifyReply,
  { stallMilliseconds }: FaultTiming,
): string | Readable {
  const bytes = Buffer.from(body);
  const half = Math.floor(bytes.length / 2);
  if (kind === 'truncated_json_200') return bytes.subarray(0, half).toString();
  if (kind !== 'slow_body' && kind !== 'cut_connection') return body;
  reply.header('content-length', bytes.length);
  return Readable.from(
    (async function* halves(): AsyncGenerator<Buffer> {
      yield bytes.subarray(0, half);
      // Long enough for the first half to be on its way before the connection is cut.
      await sleep(kind === 'slow_body' ? stallMilliseconds : 5);
      if (kind === 'cut_connection') reply.raw.destroy();
      else yield bytes.subarray(half);
    })(),
  );
}
