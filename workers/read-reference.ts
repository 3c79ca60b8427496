import { readReference } from '#pipeline/read-reference.ts';
import type { JobPayload } from '#queue/jobs.ts';
import { assessTeamsOf } from './assess-teams.ts';
import type { WorkerContext } from './start.ts';

/** As for issues: who plans a sprint or a release changes more than one thing. */
const GATHER_MS = 60_000;

/** Reads again what a source says of itself, then has its teams assessed. */
export async function readReferenceJob(
  { source }: JobPayload<'read-reference'>,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const { config, store, now } = context;
  if (!config.sources.some((candidate) => candidate.id === source)) return;
  await using tracker = context.tracker(source);
  if (await readReference({ tracker, store, now, signal })) {
    await assessTeamsOf(source, context, { waitMs: GATHER_MS });
  }
}
