import type { Budget, BudgetNews } from '#domain/allowance.ts';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision, Escalation } from '#domain/decision.ts';
import type { Deployment, DoneEvidence, KpiValue, Verification } from '#domain/done-evidence.ts';
import type { AbsenceReason, Instant, Issue, IssueEvent } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import type { Renewal } from '#domain/renewal.ts';
import type { Stated } from '#forecast/stated.ts';

/** How far a source's sync has come; survives a kill. */
export interface SyncState {
  readonly source: string;
  /** The tracker's clock when the last complete sync began; absent until one completed. */
  readonly completeAsOf?: Instant;
  /** Our clock at the end of the last complete sync. */
  readonly finishedAt?: Instant;
  /** Everything that changed in the tracker before it is stored; absent until the source was read completely. */
  readonly cursor?: Instant;
  /** The tracker's clock when the reference was read last. */
  readonly referenceReadAt?: Instant;
  /** The tracker's clock at the last census. */
  readonly censusAt?: Instant;
  /** What was read completely and is followed; absent until that was kept. */
  readonly walked?: WalkedParts;
  /** Parts of a sync that was interrupted: where to resume, or `done`. Empty when none is under way. */
  readonly walks: readonly WalkState[];
  /** Why the last attempt failed, when it did. */
  readonly lastError?: string;
}

/** Parts of a source that were read completely, and the tracker's scope that they were all parts of. */
export interface WalkedParts {
  readonly scope: string;
  readonly parts: readonly string[];
}

export interface WalkState {
  readonly part: string;
  /** The tracker's clock when the sync this walk belongs to began; a resumed one keeps it. */
  readonly startedAsOf: Instant;
  readonly resume?: string;
  readonly done: boolean;
}

/** Issues read on their own account, not in a walk. */
export interface Sighting {
  /** The tracker's clock when it showed them: an absence that began before ends here. */
  readonly seenAt: Instant;
  /** Where following has come to with them. */
  readonly cursor?: Instant;
}

/** What is held of an issue, without what it is like. */
export interface Held {
  readonly id: string;
  readonly key?: string;
  readonly project?: string;
  readonly team?: string;
  readonly gone: boolean;
  /** Where it is gone and nothing says that it was archived or thrown away: since when, by the tracker's clock. */
  readonly missedSince?: Instant;
}

/** A delivery of a webhook that is believed. */
export interface AcceptedDelivery {
  readonly source: string;
  /** What it is recognised by when it comes again, until `rememberUntil`. */
  readonly marks: readonly string[];
  readonly now: Instant;
  readonly rememberUntil: Instant;
  /** Changes that the tracker's histories leave out, by issue: worked into it whenever it is saved. */
  readonly told: ReadonlyMap<string, readonly IssueEvent[]>;
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

/** Something that a person or a pipeline records of work on its way to being used. */
export type EvidenceRecord =
  | ({ readonly kind: 'deployment' } & Deployment)
  | ({ readonly kind: 'verification' } & Verification)
  | ({ readonly kind: 'kpi_value' } & KpiValue);

/** What became of a record: new, told before in the same words, or its id stands for something else. */
export interface RecordedEvidence {
  readonly outcome: 'recorded' | 'repeated' | 'conflict';
  /** When the record that stands was made. */
  readonly recordedAt: Instant;
}

/** Which records to read; a filter that is absent holds for every one. */
export interface EvidenceFilter {
  /** Values of the KPIs of this team. */
  readonly team?: string;
  /** Deployments and verifications of issues of these sources, and those that name none. */
  readonly sources?: readonly string[];
}

/** What became of an escalation or a decision: new, told before in the same words, or another one stands in its place. */
export interface Kept<Record> {
  readonly outcome: 'recorded' | 'repeated' | 'conflict';
  readonly stands: Record;
}

/** Issues that are there, held against the second record that their tracker keeps of their statuses. */
export interface CrossChecked {
  readonly checked: number;
  /** Of these, how many it contradicts. */
  readonly contradicted: number;
}

/** Which issues to read; all filters absent: the whole source. */
export interface IssueFilter {
  /** Ids of projects that an issue is or ever was in. Where teams are given too, being in one of either will do. */
  readonly projects?: readonly string[];
  /** Ids of teams, the tracker's, that an issue is or ever was in. */
  readonly teams?: readonly string[];
  readonly ids?: readonly string[];
}

/**
 * The record of what trackers said, and of what we published. One row per issue with its whole timeline. Every
 * write is idempotent: repeating it, or giving it late or out of order, ends in the same store.
 */
export interface Store extends AsyncDisposable {
  /** Merges a batch into the store and moves its walk or the cursor on, in one transaction. */
  saveBatch(source: string, issues: readonly Issue[], place?: WalkState | Sighting): Promise<void>;
  /** Records that a tracker shows some issues no more; their histories stay. */
  markGone(source: string, missing: ReadonlyMap<string, AbsenceReason>, since: Instant): Promise<void>;
  /** Issues with their whole histories, those that are gone among them. */
  readIssues(source: string, filter?: IssueFilter): Promise<readonly Issue[]>;
  /** What is stored of some issues, by id, without those that are gone: a tracker that shows one again is believed. */
  storedIssues(source: string, ids: readonly string[]): Promise<ReadonlyMap<string, Issue>>;
  /** When each issue changed last of those that did since a moment, by id, without those that are gone. */
  storedSince(source: string, since: Instant): Promise<ReadonlyMap<string, Instant>>;
  /** Every issue ever read. */
  inventory(source: string): Promise<readonly Held[]>;
  /** How many issues there are, without those that are gone. */
  countIssues(source: string): Promise<number>;
  /** How many issues are gone; with `since`, by the tracker's clock, those that were not missed before. */
  countGone(source: string, since?: Instant): Promise<number>;
  /**
   * Ids of issues with a parent or a link that is gone: since a moment of the tracker's clock, or in the trash, where it
   * ends for good some day. None of what is gone itself.
   */
  referringToGone(source: string, since: Instant): Promise<readonly string[]>;
  /** Ids of so many issues to check next: those never checked, then those checked longest ago. None of what is gone. */
  leastCrossChecked(source: string, limit: number): Promise<readonly string[]>;
  /** Keeps whether the recorded statuses of issues agreed; undefined: there was nothing to compare. */
  noteCrossChecks(
    source: string,
    agrees: ReadonlyMap<string, boolean | undefined>,
    at: Instant,
  ): Promise<void>;
  countCrossChecks(source: string): Promise<CrossChecked>;
  /** Digest lines in order of issue id, one at a time: a source may be larger than memory. None of what is gone. */
  digestLines(source: string): AsyncIterable<string>;

  /** `observedAt`: the tracker's clock. What is older than the reference that is stored changes nothing. */
  saveReference(reference: Reference, observedAt: Instant): Promise<void>;
  /**
   * Adds what was seen of some cycles and versions since the reference was read, and returns whether that is news. The
   * rest of it stays as old as it was. `seenAt`: the tracker's clock.
   */
  renewReference(source: string, renewal: Renewal, seenAt: Instant): Promise<boolean>;
  /** What a source said about itself last, and what it said of its versions before. */
  readReference(source: string): Promise<Reference | undefined>;
  /** What the tracker knows the site of a source by, where it said so when it described itself last. */
  siteId(source: string): Promise<string | undefined>;

  syncState(source: string): Promise<SyncState>;
  /** Forgets where walks stood, so that the next sync starts every part from its beginning. */
  resetWalks(source: string): Promise<void>;
  /** Forgets what comments claimed, or what descriptions said of goals, of a source where they are read no more. */
  forgetTexts(source: string, which: 'claims' | 'goals'): Promise<void>;
  /** Forgets all that was read of a source: it is another tracker's from now on. Published reports stay. */
  forgetSource(source: string): Promise<void>;
  /** `cursor`, when everything was read: the changes after it are followed. `walked`: which parts that was. */
  finishSync(
    source: string,
    completeAsOf: Instant,
    finishedAt: Instant,
    cursor?: Instant,
    walked?: WalkedParts,
  ): Promise<void>;
  finishCensus(source: string, at: Instant): Promise<void>;
  failSync(source: string, error: string): Promise<void>;
  /** Runs `work` while no other process syncs the source; undefined when one does. */
  exclusively<T>(source: string, work: () => Promise<T>): Promise<T | undefined>;

  /** What is known of a source's limits, by all processes that read it. */
  budget(source: string): Promise<Budget>;
  /** Adds what was spent; of what the tracker told, the latest stands. */
  addToBudget(source: string, news: BudgetNews): Promise<void>;
  /**
   * Takes one of the first `of` places at a source that no process holds; undefined when all are taken. The returned
   * function gives it back, and so does the end of the process, however it ends.
   */
  takePlace(source: string, of: number): Promise<(() => Promise<void>) | undefined>;

  /**
   * Takes a delivery and runs `work`, or returns false: it was taken before. When `work` fails nothing was taken, so
   * that it may come again.
   */
  acceptDelivery(delivery: AcceptedDelivery, work: () => Promise<void>): Promise<boolean>;

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

  /** Keeps a record, once: the first with an id stands, and when it was made is no part of what it says. */
  recordEvidence(record: EvidenceRecord): Promise<RecordedEvidence>;
  /** Each kind by when it was, then by id. */
  doneEvidence(filter?: EvidenceFilter): Promise<DoneEvidence>;
  /** Those of some keys or ids that name an issue as it is called now; capitals do not matter. */
  knownIssues(names: readonly string[], source?: string): Promise<ReadonlySet<string>>;

  /** Keeps an escalation, once: the first with an id stands. Its numbers are no part of what its author said. */
  recordEscalation(escalation: Escalation): Promise<Kept<Escalation>>;
  /** Keeps what was decided on an escalation, once: the first decision stands. */
  recordDecision(decision: Decision): Promise<Kept<Decision>>;
  escalation(id: string): Promise<Escalation | undefined>;
  /** About the risks of a team, oldest first. */
  escalations(team: string): Promise<readonly Escalation[]>;
  /** The same. */
  decisions(team: string): Promise<readonly Decision[]>;

  /** Throws `StoreError` when the database cannot be reached or is not migrated. */
  ping(): Promise<void>;
}
