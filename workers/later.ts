import { UnrecoverableError } from 'bullmq';
import { StoreError } from '#store/store-error.ts';
import { TrackerError } from '#trackers/tracker-error.ts';

/** Nothing is wrong, but it cannot be done now. Trying again costs none of the job's tries. */
export class TryLaterError extends Error {
  override readonly name = 'TryLaterError';
  readonly waitMs: number;
  constructor(message: string, waitMs: number) {
    super(message);
    this.waitMs = waitMs;
  }
}

/** When a tracker does not say how long it wants to be left alone. */
const UNSAID_WAIT_MS = 60_000;

const SHORTEST_WAIT_MS = 1_000;

/** Whatever a tracker says: by then it is looked at again. */
const LONGEST_WAIT_MS = 3_600_000;

/** How long a job has to wait before it may go on; undefined when its failure is one. */
export function waitAfter(error: unknown): number | undefined {
  if (error instanceof TryLaterError) return error.waitMs;
  if (!(error instanceof TrackerError)) return undefined;
  const { kind, retryAfterMs } = error;
  // A tracker that says when it will be back is not to be tried until then.
  const isTold = kind === 'unavailable' && retryAfterMs !== undefined;
  if (kind !== 'rate_limited' && !isTold) return undefined;
  return Math.min(Math.max(SHORTEST_WAIT_MS, retryAfterMs ?? UNSAID_WAIT_MS), LONGEST_WAIT_MS);
}

/** Errors that no retry mends: a person has to change a credential, a right or the configuration. */
const NEEDS_A_PERSON: ReadonlySet<TrackerError['kind']> = new Set([
  'unauthorized',
  'forbidden',
  'rejected',
  'not_found',
  'gone',
]);

/** The error as the queue is to see it: trying again changes nothing where a person is needed, and may lock an account. */
export function forQueue(error: unknown): unknown {
  return needsAPerson(error) ? Object.assign(new UnrecoverableError(error.message), { cause: error }) : error;
}

function needsAPerson(error: unknown): error is Error {
  if (error instanceof StoreError) return error.code === 'STORE_HISTORY_TOO_LONG';
  return error instanceof TrackerError && NEEDS_A_PERSON.has(error.kind);
}
