import { UnrecoverableError } from 'bullmq';
import { syncSource } from '#pipeline/sync-source.ts';
import type { JobPayload } from '#queue/jobs.ts';
import { StoreError } from '#store/store-error.ts';
import { TrackerError } from '#trackers/tracker-error.ts';
import type { WorkerContext } from './start.ts';

/** Errors that no retry mends: a person has to change a credential, a right or the configuration. */
const NEEDS_A_PERSON: ReadonlySet<TrackerError['kind']> = new Set([
  'unauthorized',
  'forbidden',
  'rejected',
  'not_found',
  'gone',
]);

/** Trying again changes nothing, and with a refused password it may lock the account. */
function needsAPerson(error: unknown): error is Error {
  if (error instanceof StoreError) return error.code === 'STORE_HISTORY_TOO_LONG';
  return error instanceof TrackerError && NEEDS_A_PERSON.has(error.kind);
}

/** Reads a source, then has every team assessed that draws on it. */
export async function syncSourceJob(
  { source, full }: JobPayload<'sync-source'>,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const { config, store, now, onProgress } = context;
  // A source that was taken out of the configuration since the job was made is no longer ours to read.
  if (!config.sources.some((candidate) => candidate.id === source)) return;
  await using tracker = context.tracker(source);
  try {
    const result = await syncSource(
      { tracker, store, now, signal, ...(onProgress ? { onProgress } : {}) },
      { full },
    );
    if (!result) return;
    context.onSynced?.(result);
  } catch (error) {
    if (needsAPerson(error)) {
      throw Object.assign(new UnrecoverableError(error.message), { cause: error });
    }
    throw error;
  }
  const queue = await context.queue();
  for (const team of config.teams) {
    if (team.scope.some((filter) => filter.source === source)) {
      await queue.add('assess-team', { team: team.id }, team.id);
    }
  }
}
