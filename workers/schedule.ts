import type { Config } from '#config/config.ts';
import type { Queue } from '#queue/jobs.ts';

/**
 * Reads every source at the configured rhythm, the first time at once, and its sprints and versions more often where its
 * tracker touches no issue when they are moved. Takes a census of each at night, by the organisation's clock. Teams are
 * assessed after each reading that brought something.
 */
export async function scheduleSyncs(queue: Queue, config: Config): Promise<void> {
  await queue.schedule([
    ...config.sources.map(({ id }) => ({
      id: `sync:${id}`,
      name: 'sync-source' as const,
      payload: { source: id },
      every: { ms: config.syncEveryMinutes * 60_000 },
    })),
    ...config.sources
      // Linear's poll tells of them itself.
      .filter(({ kind }) => kind === 'jira')
      .flatMap(({ id }) =>
        (['cycles', 'versions'] as const).map((what) => ({
          id: `sweep-${what}:${id}`,
          name: 'sweep-reference' as const,
          payload: { source: id, what },
          every: { ms: config.sweepEveryMinutes[what] * 60_000 },
        })),
      ),
    ...config.sources.map(({ id }, i) => ({
      id: `reconcile:${id}`,
      name: 'reconcile-source' as const,
      payload: { source: id },
      // A quarter of an hour apart: several sources may be one tracker's, with one limit.
      every: {
        pattern: `${(i * 15) % 60} ${2 + (Math.floor(i / 4) % 4)} * * *`,
        timezone: config.organisation.timezone,
      },
    })),
  ]);
}
