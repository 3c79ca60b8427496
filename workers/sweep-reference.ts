import { sweepReference } from '#pipeline/sweep-reference.ts';
import type { JobPayload } from '#queue/jobs.ts';
import { assessTeamsOf } from './assess-teams.ts';
import type { WorkerContext } from './start.ts';

/** As for issues: who plans a sprint or a release changes more than one thing. */
const GATHER_MS = 60_000;

/** Reads the cycles or versions of a source again, then has its teams assessed when any is other than it was. */
export async function sweepReferenceJob(
  { source, what }: JobPayload<'sweep-reference'>,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const { config, store, now } = context;
  if (!config.sources.some((candidate) => candidate.id === source)) return;
  await using tracker = context.tracker(source);
  const { hasNews } = await sweepReference({ tracker, store, now, signal }, what);
  if (hasNews) await assessTeamsOf(source, context, { waitMs: GATHER_MS });
}
