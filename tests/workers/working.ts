import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { Config, SourceConfig } from '#config/config.ts';
import type { QueueConnections } from '#queue/backend.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Store } from '#store/store.ts';
import { sharedLimits } from '#trackers/shared-limits.ts';
import { type JobEvent, startWorkers } from '#workers/start.ts';
import { connect } from '../../src/app.ts';

export const SALT = 'salt';

/** What happened to the job of a source, and when. */
export type Told = JobEvent & { readonly source: string; readonly at: number };

/** Workers on real trackers, connected as a server connects them, with a queue of their own. */
export async function working(
  backend: Omit<QueueConnections, 'schema'>,
  store: Store,
  sources: readonly SourceConfig[],
  schema = `test_${randomBytes(4).toString('hex')}`,
) {
  await using cleanup = new AsyncDisposableStack();
  const connections = { ...backend, schema };
  const queue = cleanup.use(await openBullmqQueue(connections));
  const config: Config = {
    organisation: { name: 'Acme', timezone: 'UTC' },
    sources,
    teams: [],
    server: { host: '127.0.0.1', port: 0, allowedHosts: [], tokens: [] },
    syncEveryMinutes: 30,
    sweepEveryMinutes: { cycles: 15, versions: 60 },
  };
  const limits = sharedLimits(store);
  const events: Told[] = [];
  cleanup.use(
    await startWorkers(
      {
        config,
        store,
        connections,
        queue: async () => queue,
        now: Date.now,
        tracker: (id, options) => connect(config, id, SALT, { ...options, limits: limits(id) }),
        onJob: (event) => {
          const { source } = event.payload as { readonly source: string };
          events.push({ ...event, source, at: Date.now() });
        },
      },
      1_000,
    ),
  );
  const owned = cleanup.move();
  return {
    queue,
    events,
    /** Waits until no queue has anything left to do. */
    idle: (timeout = 60_000) =>
      expect
        .poll(
          async () => {
            const counts = await queue.counts();
            return counts.reduce((sum, { waiting, active, delayed }) => sum + waiting + active + delayed, 0);
          },
          { timeout, interval: 50 },
        )
        .toBe(0),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
