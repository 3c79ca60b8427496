import type { Kysely } from 'kysely';
import type { CurrentFields, Instant, PersonHash } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import type { Stated } from '#forecast/stated.ts';
import type { StoredEvent } from './codec.ts';

/** The tables that `migrations/` makes, as the driver is set to return them: bigint as number, date as text. */
export interface Tables {
  readonly issue: IssueTable;
  readonly reference: ReferenceTable;
  readonly version_observation: VersionObservationTable;
  readonly cycle_observation: CycleObservationTable;
  readonly sync_state: SyncStateTable;
  readonly sync_walk: SyncWalkTable;
  readonly published_report: PublishedReportTable;
  readonly forecast: ForecastTable;
}

/** Bound to the schema of one store. */
export type Database = Kysely<Tables>;

export interface IssueTable {
  readonly source: string;
  readonly id: string;
  readonly key: string | null;
  readonly project_id: string | null;
  readonly project_ids: readonly string[];
  readonly type_id: string | null;
  readonly status_id: string | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly creator: PersonHash | null;
  readonly current: CurrentFields;
  readonly events: readonly StoredEvent[];
}

interface ReferenceTable {
  readonly source: string;
  readonly document: Reference;
  readonly observed_at: Date;
}

export interface VersionObservationTable {
  readonly source: string;
  readonly version_id: string;
  readonly observed_at: Date;
  readonly project_id: string;
  readonly name: string;
  readonly released: boolean;
  readonly release_day: string | null;
}

export interface CycleObservationTable {
  readonly source: string;
  readonly cycle_id: string;
  readonly observed_at: Date;
  readonly name: string;
  readonly start_at: Instant | null;
  readonly planned_end_at: Instant | null;
  readonly ended_at: Instant | null;
}

interface SyncStateTable {
  readonly source: string;
  readonly complete_as_of: Instant | null;
  readonly finished_at: Instant | null;
  readonly last_error: string | null;
}

interface SyncWalkTable {
  readonly source: string;
  readonly part: string;
  readonly started_as_of: Instant;
  readonly resume: string | null;
  readonly done: boolean;
}

interface PublishedReportTable {
  readonly team: string;
  readonly as_of: string;
  readonly published_at: Instant;
  readonly document: unknown;
}

export interface ForecastTable {
  readonly team: string;
  readonly as_of: string;
  readonly horizon_days: number;
  readonly method: string;
  readonly published_at: Instant;
  readonly quantiles: Stated['quantiles'];
  readonly probabilities: Stated['probabilities'];
  readonly outcome: number | null;
  readonly resolved_at: Instant | null;
}
