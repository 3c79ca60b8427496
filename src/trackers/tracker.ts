import type { Instant, Issue } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';

/** What reading a tracker has cost so far. */
export interface Spend {
  readonly requests: number;
  readonly retries: number;
  readonly waitedMs: number;
  readonly bytes: number;
}

/** A part of a source that is walked on its own, so that an interrupted sync resumes where it stood. */
export interface WalkPart {
  /** Stable over runs; a Jira project's id. */
  readonly id: string;
  readonly name: string;
  /** How many issues the tracker says there are, when it says so. */
  readonly expected?: number;
}

/** Issues with their complete recorded histories, and where the walk goes on after them. */
export interface IssueBatch {
  readonly issues: readonly Issue[];
  /** Hand back to `walk` to go on behind this batch; absent after the last one. */
  readonly resume?: string;
}

/** What a source consists of, read before its issues. */
export interface SourceOverview {
  readonly reference: Reference;
  readonly parts: readonly WalkPart[];
  /** The tracker's own clock when the read began: cursors and "now" never use ours. */
  readonly trackerNow: Instant;
}

/**
 * A connected tracker, as a sync needs it. Issues come normalised into our nouns, persons hashed, so that no code
 * behind this port knows which tracker it was.
 */
export interface Tracker extends AsyncDisposable {
  readonly source: string;
  overview(signal?: AbortSignal): Promise<SourceOverview>;
  /**
   * Walks one part from the start, or from a batch's `resume`. Every batch is complete in itself. Throws
   * `TrackerError`; a resume that the tracker no longer accepts starts the part over.
   */
  walk(part: WalkPart, resume?: string, signal?: AbortSignal): AsyncIterable<IssueBatch>;
  readonly spend: Spend;
}
