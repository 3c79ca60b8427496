import { readHinted } from '#pipeline/read-hinted.ts';
import type { JobPayload } from '#queue/jobs.ts';
import { assessTeamsOf } from './assess-teams.ts';
import type { WorkerContext } from './start.ts';

/** Hints come in flocks, and a report reads a team's whole history: so long they are gathered. */
const GATHER_MS = 60_000;

/** Reads issues that something hinted at, then has the teams of their source assessed. */
export async function readIssuesJob(
  { source, ids }: JobPayload<'read-issues'>,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<void> {
  const { config, store, now } = context;
  if (!config.sources.some((candidate) => candidate.id === source)) return;
  await using tracker = context.tracker(source);
  const read = await readHinted({ tracker, store, now, signal }, ids);
  if (read > 0) await assessTeamsOf(source, context, { waitMs: GATHER_MS });
}
