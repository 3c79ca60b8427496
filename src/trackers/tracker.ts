import type { Instant, Issue } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import type { Renewal } from '#domain/renewal.ts';

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
  /** What the source said about itself in the overview, with what these issues told beyond it. */
  readonly learned?: Reference;
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
  /** Which parts its configuration names: a text that changes when others are named. */
  readonly scope: string;
  /** Which texts are read for what they say, where it can be told: what others left is to be forgotten. */
  readonly reads?: { readonly claims: boolean; readonly goals: boolean };
  overview(signal?: AbortSignal): Promise<SourceOverview>;
  /**
   * Walks one part from the start, or from a batch's `resume`. Every batch is complete in itself. Throws
   * `TrackerError`; a resume that the tracker no longer accepts starts the part over.
   */
  walk(part: WalkPart, resume?: string, signal?: AbortSignal): AsyncIterable<IssueBatch>;
  readonly spend: Spend;
}

/** What the store holds of some issues, by id; absent: not stored. */
export type StoredIssues = (ids: readonly string[]) => Promise<ReadonlyMap<string, Issue>>;

/** When issues changed last, by id, of those that are stored and changed since a moment. None of what is gone. */
export type StoredSince = (since: Instant) => Promise<ReadonlyMap<string, Instant>>;

/** Issues that were created or edited, with their complete histories. */
export interface ChangeBatch {
  readonly issues: readonly Issue[];
  /** Once the batch is stored, everything that changed before this is: the next changes are asked for from here on. */
  readonly cursor: Instant;
  /** The tracker's own clock. */
  readonly trackerNow: Instant;
  /** What the source says about itself, read again because something of it changed too. */
  readonly reference?: Reference;
  /** What was remembered of that, with what these issues told beyond it: newer in part, and not read again. */
  readonly learned?: Reference;
}

/** What became of issues that were asked for by id. */
export interface Reread {
  readonly issues: readonly Issue[];
  /**
   * Those that are gone: deleted, out of our sight, or in the trash. One in the trash is among the issues as well, with
   * its last history.
   */
  readonly missing: readonly string[];
  /** Ids of issues whose recorded statuses are not those the tracker gives on asking for statuses alone. */
  readonly contradicted?: readonly string[];
}

/** Why nothing is seen of a part, or that it is there. */
export type PartState = 'live' | 'archived' | 'trashed' | 'access_lost' | 'deleted';

/** What a tracker has, without saying what it is like. */
export interface Census {
  /** State of every part that is there, and of those `known` that are not. */
  readonly parts: ReadonlyMap<string, PartState>;
  /** Of those `known`, parts that the configuration does not want read: their issues are not counted. */
  readonly outside?: ReadonlySet<string>;
  /** What the keys of the issues of each part begin with now, where the tracker tells. */
  readonly keys?: ReadonlyMap<string, string>;
  /** Whether a part is counted that changes are not asked for, until the source has been asked again for an overview. */
  readonly hasMore?: boolean;
  /** Ids of every issue that can be seen of the parts that are wanted, a page at a time. */
  readonly pages: AsyncIterable<readonly string[]>;
}

/** What people move without any issue changing, and what matters sooner than all that a source says of itself. */
export type Swept = 'cycles' | 'versions';

/** What a sweep saw, and the tracker's own clock when it began. */
export interface Sweep {
  readonly renewal: Renewal;
  readonly trackerNow: Instant;
}

/** A tracker that can be followed without reading it all again. */
export interface LiveTracker extends Tracker {
  /**
   * Hands over what is stored of the source's own account of itself. With it a question in a new process needs no
   * others before it, and what only issues told (a sprint that no board shows) outlives the next overview.
   */
  remember?(reference: Reference): void;
  /**
   * What changed since a cursor, oldest change first; the last batch may be empty and tells the tracker's clock. What
   * the tracker shows late (a lagging index, a tie of one millisecond) is asked for again by the tracker's own
   * overlap; `stored` serves to leave out what is known already, and to read only the new part of a history. With
   * `storedSince` the tracker may trust that what is stored of the overlap is as it was when it changed, and need not
   * show it again.
   */
  changes(
    since: Instant,
    stored: StoredIssues,
    signal?: AbortSignal,
    storedSince?: StoredSince,
  ): AsyncIterable<ChangeBatch>;
  /**
   * Reads the cycles or versions again that people may be moving these days: of a source that was remembered, as of a
   * moment of its clock. Undefined when there are none, and nothing was asked. A tracker whose `changes` tell of these
   * has no such method.
   */
  sweep?(what: Swept, asOf: Instant, signal?: AbortSignal): Promise<Sweep | undefined>;
  /** Reads some issues as they are now, consistently: after a webhook, or when a census misses them. */
  read(ids: readonly string[], stored: StoredIssues, signal?: AbortSignal): Promise<Reread>;
  /**
   * Whether the recorded statuses of stored issues are those of another record that the tracker keeps of them, by id;
   * absent: there is nothing to compare. A tracker that keeps none has no such method.
   */
  crossCheck?(issues: readonly Issue[], signal?: AbortSignal): Promise<ReadonlyMap<string, boolean>>;
  /** Which issues there are. `known`: ids of the parts whose issues are stored. */
  census(known: readonly string[], signal?: AbortSignal): Promise<Census>;
}
