/** What went wrong between us and a tracker, by what the caller can do about it. */
export type TrackerErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'rate_limited'
  | 'unavailable'
  | 'unexpected_response'
  | 'rejected'
  | 'not_found'
  | 'gone';

export type TrackerErrorCode = `TRACKER_${Uppercase<TrackerErrorKind>}`;

export interface TrackerErrorParts {
  /** Id of the source in the configuration. */
  readonly source: string;
  /** Free of secrets, in three parts: what failed, on what, what to do. */
  readonly message: string;
  /** HTTP status, when there was an answer at all. */
  readonly status?: number | undefined;
  /** How long to leave the tracker alone, milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A tracker could not be read. Everything worth retrying at once has been retried by then:
 * `unavailable`, `rate_limited` and `unexpected_response` may pass later, the others need a person.
 */
export class TrackerError extends Error {
  override readonly name = 'TrackerError';
  readonly code: TrackerErrorCode;
  readonly kind: TrackerErrorKind;
  readonly source: string;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: TrackerErrorKind, parts: TrackerErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.kind = kind;
    this.code = `TRACKER_${kind.toUpperCase() as Uppercase<TrackerErrorKind>}`;
    this.source = parts.source;
    this.status = parts.status;
    this.retryAfterMs = parts.retryAfterMs;
  }
}
