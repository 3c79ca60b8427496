import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { describeApi } from './api-document.ts';
import type { Server, ServerDependencies } from './dependencies.ts';
import { answerError, answerErrors } from './error-answer.ts';
import { requestLog } from './log.ts';
import { evidenceRoutes } from './routes/evidence.ts';
import { forecastRoutes } from './routes/forecasts.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { pageRoutes } from './routes/pages.ts';
import { queueRoutes } from './routes/queues.ts';
import { MOST_OF_RISK_ID, riskRoutes } from './routes/risks.ts';
import { sourceRoutes } from './routes/sources.ts';
import { teamRoutes } from './routes/teams.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { BARE_HEADERS, secure } from './security.ts';

/** What one request may cost before it is given up. */
const LIMITS = {
  bodyLimit: 64 * 1024,
  /** To send a request in. */
  requestTimeout: 30_000,
  /** To make an answer. */
  handlerTimeout: 60_000,
};

/** The id of a risk, with what it is about in it, every sign of it percent-encoded. */
const LONGEST_ID = 3 * MOST_OF_RISK_ID;

/**
 * Pages and API, ready to listen or to be asked directly; whoever built it closes it. Closing lets requests under way
 * end.
 */
export async function buildServer(dependencies: ServerDependencies): Promise<Server> {
  const { config, log } = dependencies;
  const server: Server = Fastify({
    ...LIMITS,
    routerOptions: { maxParamLength: LONGEST_ID },
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply.headers(BARE_HEADERS));
    },
    ...(log ? { loggerInstance: requestLog(log) } : {}),
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.removeContentTypeParser('text/plain');

  closePromptly(server);
  answerErrors(server);
  await secure(server, config.server);
  await describeApi(server);
  for (const routes of [
    teamRoutes,
    forecastRoutes,
    riskRoutes,
    evidenceRoutes,
    sourceRoutes,
    queueRoutes,
    healthRoutes,
    metricsRoutes,
    pageRoutes,
  ]) {
    routes(server, dependencies);
  }
  await webhookRoutes(server, dependencies);
  await server.ready();
  return server;
}

/** A connection that was busy when closing began would be kept open for a next request that is not served any more. */
function closePromptly(server: Server): void {
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}
