import { reconcileSource } from '#pipeline/reconcile-source.ts';
import type { JobPayload } from '#queue/jobs.ts';
import { assessTeamsOf } from './assess-teams.ts';
import { TryLaterError } from './later.ts';
import type { WorkerContext } from './start.ts';

/** A sync is over in moments, the first one of a large source in an hour. */
const BUSY_WAIT_MS = 60_000;

/** Takes a census of a source, then has its teams assessed when it found something. */
export async function reconcileSourceJob(
  { source }: JobPayload<'reconcile-source'>,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const { config, store, now } = context;
  if (!config.sources.some((candidate) => candidate.id === source)) return;
  await using tracker = context.tracker(source);
  const census = await reconcileSource({ tracker, store, now, signal });
  if (census === 'busy') {
    throw new TryLaterError(`Source "${source}" is being read; its census waits.`, BUSY_WAIT_MS);
  }
  // It will be read completely first, and every issue seen then.
  if (census === 'unread') return;
  const foundNothing = census.gone.size === 0 && census.found + census.edited + census.rekeyed === 0;
  await assessTeamsOf(source, context, foundNothing ? { sync: census.sync } : {});
}
