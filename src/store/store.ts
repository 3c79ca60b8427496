import type { CalendarDay } from '#domain/calendar.ts';
import type { Instant, Issue } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import type { Stated } from '#forecast/stated.ts';

/** How far a source's sync has come; survives a kill. */
export interface SyncState {
  readonly source: string;
  /** The tracker's clock when the last complete sync began; absent until one completed. */
  readonly completeAsOf?: Instant;
  /** Our clock at the end of the last complete sync. */
  readonly finishedAt?: Instant;
  /** Parts of a sync that was interrupted: where to resume, or `done`. Empty when none is under way. */
  readonly walks: readonly WalkState[];
  /** Why the last attempt failed, when it did. */
  readonly lastError?: string;
}

export interface WalkState {
  readonly part: string;
  /** The tracker's clock when the sync this walk belongs to began; a resumed one keeps it. */
  readonly startedAsOf: Instant;
  readonly resume?: string;
  readonly done: boolean;
}

/** A published report: kept as it was given, never an input of a later one. */
export interface PublishedReport {
  readonly team: string;
  readonly asOf: CalendarDay;
  readonly publishedAt: Instant;
  readonly document: unknown;
}

/** Which forecast: of a team there is one for each day, horizon and method. */
export interface ForecastId {
  readonly team: string;
  /** Made at the end of this day, for the `horizonDays` days after it. */
  readonly asOf: CalendarDay;
  readonly horizonDays: number;
  readonly method: string;
}

/** A forecast as it was told, and what came of it once that is known. */
export interface PublishedForecast extends ForecastId, Stated {
  readonly publishedAt: Instant;
  readonly outcome?: number;
  readonly resolvedAt?: Instant;
}

/** Which forecasts to read; all filters absent: every one. */
export interface ForecastFilter {
  readonly team?: string;
  readonly asOf?: CalendarDay;
}

/** Which issues to read; all filters absent: the whole source. */
export interface IssueFilter {
  /** Ids of projects that an issue is or ever was in. */
  readonly projects?: readonly string[];
  readonly ids?: readonly string[];
}

/**
 * The record of what trackers said, and of what we published. One row per issue with its whole timeline. Every
 * write is idempotent: repeating it, or giving it late or out of order, ends in the same store.
 */
export interface Store extends AsyncDisposable {
  /** Merges a batch into the store and moves its walk on, in one transaction. */
  saveBatch(source: string, issues: readonly Issue[], walk?: WalkState): Promise<void>;
  readIssues(source: string, filter?: IssueFilter): Promise<readonly Issue[]>;
  countIssues(source: string): Promise<number>;
  /** Digest lines in order of issue id, one at a time: a source may be larger than memory. */
  digestLines(source: string): AsyncIterable<string>;

  saveReference(reference: Reference): Promise<void>;
  readReference(source: string): Promise<Reference | undefined>;

  syncState(source: string): Promise<SyncState>;
  /** Forgets where walks stood, so that the next sync starts every part from its beginning. */
  resetWalks(source: string): Promise<void>;
  /** Forgets all that was read of a source: it is another tracker's from now on. Published reports stay. */
  forgetSource(source: string): Promise<void>;
  finishSync(source: string, completeAsOf: Instant, finishedAt: Instant): Promise<void>;
  failSync(source: string, error: string): Promise<void>;
  /** Runs `work` while no other process syncs the source; undefined when one does. */
  exclusively<T>(source: string, work: () => Promise<T>): Promise<T | undefined>;

  publish(report: PublishedReport): Promise<void>;
  latestReport(team: string): Promise<PublishedReport | undefined>;
  publishedOn(team: string, asOf: CalendarDay): Promise<PublishedReport | undefined>;

  /** Keeps forecasts, without an outcome. The first for a day, a horizon and a method stands. */
  recordForecasts(forecasts: readonly PublishedForecast[]): Promise<void>;
  /** Enters what came of a forecast; the first answer stands. One that was never published is left out. */
  resolveForecast(forecast: ForecastId, outcome: number, resolvedAt: Instant): Promise<void>;
  /** Forecasts of a team whose last day is `day` or earlier and whose outcome was not entered yet. */
  unresolvedForecasts(team: string, day: CalendarDay): Promise<readonly PublishedForecast[]>;
  /** By team, day, horizon and method. */
  forecasts(filter?: ForecastFilter): Promise<readonly PublishedForecast[]>;

  /** Throws `StoreError` when the database cannot be reached or is not migrated. */
  ping(): Promise<void>;
}
