import { DelayedError, type Job } from 'bullmq';
import { forQueue, waitAfter } from './later.ts';
import { createPatience } from './patience.ts';
import type { WorkerContext } from './start.ts';
import { NotItsTurnError } from './turns.ts';

/** What a processor works with, for one run of one job. */
export interface JobContext extends WorkerContext {
  /** Whether an earlier run of the same job has come further before it was put off or failed. */
  readonly hasBegun: boolean;
  /** Something is stored that the next run need not do again. */
  readonly cameFurther: () => void;
}

const BEGUN = 'begun';

/** Makes the runs of jobs. One that has to wait is put off, which costs none of its tries and holds up no other. */
export function createAttempts(
  context: WorkerContext,
  run: (job: Job, context: JobContext) => Promise<void>,
  stopping: AbortSignal,
): (job: Job, token: string | undefined) => Promise<void> {
  const patience = createPatience();
  return async (job, token) => {
    const who = partyOf(job);
    const began = Date.now();
    const hasBegun = job.progress === BEGUN;
    let kept: Promise<void> | undefined;
    try {
      await run(job, {
        ...context,
        tracker: (source) =>
          context.tracker(source, { patience: () => patience.of(who, Date.now() - began) }),
        hasBegun,
        cameFurther: () => {
          // What is not kept is done again, no more.
          kept ??= hasBegun ? Promise.resolve() : job.updateProgress(BEGUN).catch(() => {});
        },
      });
      patience.ended(who);
    } catch (error) {
      // What is cut off since we stop is for the next worker.
      const waitMs = stopping.aborted ? 0 : waitAfter(error);
      if (waitMs === undefined) throw forQueue(error);
      if (!(error instanceof NotItsTurnError)) patience.putOff(who, kept !== undefined);
      await kept;
      await job.moveToDelayed(Date.now() + waitMs, token);
      report(job, context, error);
      throw new DelayedError();
    }
  };
}

/** Jobs of one queue for one source, or for one team. */
export function partyOf({ queueName, data }: Job): string {
  const { source, team }: { readonly source?: unknown; readonly team?: unknown } =
    typeof data === 'object' && data !== null ? data : {};
  return `${queueName}:${String(source ?? team)}`;
}

function report({ name, data }: Job, { onJob }: WorkerContext, error: unknown): void {
  // Where many hints come at once, this is so often that it would hide the rest.
  if (error instanceof NotItsTurnError) return;
  onJob?.({
    name,
    payload: data,
    outcome: 'delayed',
    ...(error instanceof Error ? { error } : {}),
  });
}
