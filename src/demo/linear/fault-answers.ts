import type { FastifyReply } from 'fastify';
import type { TrackerAnswers } from '../faulty-answer.ts';
import { rateLimited } from './linear-error.ts';

/** The statuses Linear was seen to answer with when an allowance is used up. */
export type LimitedStatus = 400 | 429 | 200;

/** How Linear, and the gateway before it, say that something is wrong. */
export function linearFaultAnswers(limitedStatus: LimitedStatus): TrackerAnswers {
  return {
    limited: (reply, reset) =>
      answerLimited(
        reply.headers({ 'x-ratelimit-requests-remaining': '0', 'x-ratelimit-requests-reset': String(reset) }),
        limitedStatus,
        'requests',
      ),
    limitedByGateway: (reply) => reply.code(429).type('text/plain').send('error code: 1015'),
    broken: (reply) =>
      reply.code(500).send({
        errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      }),
    loginTitle: 'Linear – Log in',
  };
}

export function answerLimited(
  reply: FastifyReply,
  status: LimitedStatus,
  allowance: 'requests' | 'complexity',
): FastifyReply {
  return reply.code(status).send({ errors: [rateLimited(allowance).toJSON()] });
}
