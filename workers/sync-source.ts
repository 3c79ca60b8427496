import { syncSource } from '#pipeline/sync-source.ts';
import type { JobPayload } from '#queue/jobs.ts';
import { assessTeamsOf } from './assess-teams.ts';
import type { JobContext } from './attempt.ts';
import { TryLaterError } from './later.ts';

/** For those who want all of it read while a part is being read. */
const BUSY_WAIT_MS = 60_000;

/** Reads what changed in a source, or all of it, then has the teams assessed that it concerns. */
export async function syncSourceJob(
  { source, full }: JobPayload<'sync-source'>,
  context: JobContext,
  signal: AbortSignal,
): Promise<void> {
  const { config, store, now, onProgress } = context;
  // A source that was taken out of the configuration since the job was made is no longer ours to read.
  if (!config.sources.some((candidate) => candidate.id === source)) return;
  await using tracker = context.tracker(source);
  const sync = await syncSource(
    {
      tracker,
      store,
      now,
      signal,
      onProgress: (progress) => {
        context.cameFurther();
        onProgress?.(progress);
      },
    },
    // One that was put off or failed goes on with what it began, and does not begin again.
    { full: full && !context.hasBegun },
  );
  if (!sync) {
    if (full)
      throw new TryLaterError(`Source "${source}" is being read; all of it is read then.`, BUSY_WAIT_MS);
    return;
  }
  context.onSynced?.(sync);
  await assessTeamsOf(source, context, { sync });
  // Reading everything again shows what there is, not what is gone.
  if (full && sync.completeBefore !== undefined) {
    await (await context.queue()).add('reconcile-source', { source }, source);
  }
}
