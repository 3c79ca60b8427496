import type { TrackerErrorKind } from './tracker-error.ts';

/** Why one exchange with a tracker did not give what was asked for, and whether asking again can help. */
export interface Failure {
  readonly kind: TrackerErrorKind;
  /** Asking again soon may help. */
  readonly retry: boolean;
  /** What happened, as the rest of a sentence that begins with the tracker: "answered 503". */
  readonly what: string;
  /** The tracker's own words about it, as they came; cut and cleaned before anyone sees them. */
  readonly words?: string | undefined;
  /** What the reader can do, one sentence. */
  readonly remedy: string;
  readonly status?: number | undefined;
  /** How long the tracker asked to be left alone, milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** An allowance by the hour is used up, which no short wait brings back. */
  readonly quota?: boolean | undefined;
}

/** Carries a failure out of the depth of one exchange; it never leaves the transport. */
export class FailedExchange extends Error {
  override readonly name = 'FailedExchange';
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.what, { cause });
    this.failure = failure;
  }
}
