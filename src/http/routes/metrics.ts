import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import { leftNow } from '#domain/allowance.ts';
import { endOf, parseDay } from '#domain/calendar.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { problems } from '../schemas.ts';

/** For Prometheus: how far sources are read, what is left of their trackers' limits, and what the queues hold. */
export function metricsRoutes(server: Server, dependencies: ServerDependencies): void {
  const own = new Registry();
  collectDefaultMetrics({ register: own });

  server.get(
    '/metrics',
    {
      schema: {
        operationId: 'getMetrics',
        summary: 'Measurements of the server, for Prometheus',
        description:
          'How far each tracker is read, what it has cost and what is left of its limits, how many jobs are in which state, and the process itself. Nothing of any team.',
        tags: ['operation'],
        response: {
          200: { description: 'In the text format', content: { 'text/plain': { schema: z.string() } } },
          ...problems(),
        },
      },
    },
    async (_request, reply) => {
      const register = await measured(dependencies);
      void reply.type(register.contentType);
      return reply.send(await Registry.merge([own, register]).metrics());
    },
  );
}

/** What all processes share, as it is now: it is measured anew for every answer. */
async function measured({ config, store, queue, now }: ServerDependencies): Promise<Registry> {
  const register = new Registry();
  const metric = (name: string, help: string, ...labelNames: readonly string[]) => ({
    name: `evenkeel_${name}`,
    help,
    labelNames: [...labelNames],
    registers: [register],
  });
  const used = new Counter(
    metric('tracker_used_total', 'Used of what a tracker grants, by all processes', 'source', 'resource'),
  );
  const limit = new Gauge(metric('tracker_limit', 'What a tracker grants', 'source', 'resource'));
  const left = new Gauge(metric('tracker_remaining', 'What is left of it by now', 'source', 'resource'));
  const paused = new Gauge(
    metric('tracker_pause_seconds', 'For how long a tracker is still left alone altogether', 'source'),
  );
  const issues = new Gauge(metric('source_issues', 'Issues in the store', 'source'));
  const complete = new Gauge(
    metric('source_complete_timestamp_seconds', 'Up to when a source is read completely', 'source'),
  );
  const failing = new Gauge(metric('source_failing', 'Whether the last attempt to read failed', 'source'));
  const expires = new Gauge(
    metric(
      'source_token_expires_timestamp_seconds',
      'When the last day of a token is over, in UTC',
      'source',
    ),
  );
  const crossChecked = new Gauge(
    metric(
      'source_cross_checked_issues',
      'Issues whose statuses were held against a second record of the tracker',
      'source',
    ),
  );
  const contradicted = new Gauge(
    metric('source_contradicted_issues', 'Of these, issues whose history tells other statuses', 'source'),
  );
  const jobs = new Gauge(metric('queue_jobs', 'Jobs', 'queue', 'state'));

  for (const { id: source, auth } of config.sources) {
    const lastDay = parseDay('expires' in auth ? (auth.expires ?? '') : '');
    if (lastDay !== undefined) expires.set({ source }, endOf(lastDay, 'UTC') / 1000);
    const [budget, state, count, checks] = await Promise.all([
      store.budget(source),
      store.syncState(source),
      store.countIssues(source),
      store.countCrossChecks(source),
    ]);
    for (const { resource, amount } of budget.spent) used.inc({ source, resource }, amount);
    for (const allowance of budget.allowances) {
      const labels = { source, resource: allowance.resource };
      limit.set(labels, allowance.limit);
      left.set(labels, leftNow(allowance, now()));
    }
    const until = budget.pauses.find(({ endpoint }) => endpoint === undefined)?.until ?? now();
    paused.set({ source }, Math.max(0, until - now()) / 1000);
    issues.set({ source }, count);
    if (checks.checked > 0) {
      crossChecked.set({ source }, checks.checked);
      contradicted.set({ source }, checks.contradicted);
    }
    if (state.completeAsOf !== undefined) complete.set({ source }, state.completeAsOf / 1000);
    failing.set({ source }, state.lastError === undefined ? 0 : 1);
  }
  for (const { queue: name, ...states } of (await queue?.counts()) ?? []) {
    for (const [state, count] of Object.entries(states)) jobs.set({ queue: name, state }, count);
  }
  return register;
}
