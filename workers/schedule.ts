import type { Config } from '#config/config.ts';
import type { Queue } from '#queue/jobs.ts';

/** Reads every source at the configured rhythm, the first time at once; teams are assessed after each sync. */
export async function scheduleSyncs(queue: Queue, config: Config): Promise<void> {
  await queue.schedule(
    config.sources.map((source) => ({
      id: `sync:${source.id}`,
      name: 'sync-source',
      payload: { source: source.id },
      every: { ms: config.syncEveryMinutes * 60_000 },
    })),
  );
}
