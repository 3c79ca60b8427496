import type { TrackerAnswers } from '../faulty-answer.ts';
import { errorBody } from './http-error.ts';

/** How Jira Cloud, and the gateway before it, say that something is wrong. */
export function jiraFaultAnswers(retryAfterSeconds: number): TrackerAnswers {
  const written = (reset: number): string => new Date(reset).toISOString();
  return {
    limited: (reply, reset) =>
      reply
        .code(429)
        .headers({
          'retry-after': String(retryAfterSeconds),
          'x-ratelimit-limit': '100',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': written(reset),
          'ratelimit-reason': 'jira-burst-based',
        })
        .send(errorBody('Rate limit exceeded.')),
    limitedByGateway: (reply, reset) =>
      reply
        .code(429)
        .headers({ 'x-failure-category': 'FAILURE CLIENT RATE LIMITED', 'x-ratelimit-reset': written(reset) })
        .type('text/plain')
        .send('Too many requests'),
    broken: (reply) => reply.code(500).send(errorBody('Internal server error')),
    loginTitle: 'Log in with Atlassian account',
  };
}
