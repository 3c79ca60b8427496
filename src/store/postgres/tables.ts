import type { Kysely } from 'kysely';
import type { Allowance } from '#domain/allowance.ts';
import type { Claim } from '#domain/claim.ts';
import type { Decision } from '#domain/decision.ts';
import type { Verification } from '#domain/done-evidence.ts';
import type { GoalText } from '#domain/goal-text.ts';
import type { Absence, CurrentFields, Instant, IssueEvent, PersonHash } from '#domain/issue.ts';
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
  readonly webhook_delivery: WebhookDeliveryTable;
  readonly told_change: ToldChangeTable;
  readonly cross_check: CrossCheckTable;
  readonly allowance: AllowanceTable;
  readonly allowance_pause: AllowancePauseTable;
  readonly deployment: DeploymentTable;
  readonly verification: VerificationTable;
  readonly kpi_value: KpiValueTable;
  readonly escalation: EscalationTable;
  readonly decision: DecisionTable;
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
  readonly team_id: string | null;
  readonly team_ids: readonly string[];
  readonly gone: readonly Absence[] | null;
  readonly gone_since: Instant | null;
  readonly claims: readonly Claim[] | null;
  readonly texts: readonly GoalText[] | null;
}

interface ReferenceTable {
  readonly source: string;
  readonly document: Reference;
  readonly observed_at: Date;
  readonly first_observed_at: Date;
}

export interface VersionObservationTable {
  readonly source: string;
  readonly version_id: string;
  readonly observed_at: Date;
  readonly project_id: string;
  readonly name: string;
  readonly released: boolean;
  readonly release_day: string | null;
  readonly kind: string | null;
  readonly removed: boolean;
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
  readonly cursor: Instant | null;
  readonly census_at: Instant | null;
  readonly scope: string | null;
  readonly parts: readonly string[] | null;
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

interface WebhookDeliveryTable {
  readonly source: string;
  readonly mark: string;
  readonly expires_at: Instant;
}

interface ToldChangeTable {
  readonly source: string;
  readonly issue_id: string;
  readonly event_id: string;
  readonly item_index: number;
  readonly event: IssueEvent;
}

interface CrossCheckTable {
  readonly source: string;
  readonly issue_id: string;
  readonly checked_at: Instant;
  readonly agrees: boolean | null;
}

export interface AllowanceTable {
  readonly source: string;
  readonly resource: string;
  readonly spent: number;
  readonly since: Instant;
  readonly told: Omit<Allowance, 'resource' | 'observedAt'> | null;
  readonly observed_at: Instant | null;
}

interface AllowancePauseTable {
  readonly source: string;
  /** Empty: the whole tracker. */
  readonly endpoint: string;
  readonly until: Instant;
}

export interface DeploymentTable {
  readonly id: string;
  readonly source: string | null;
  readonly issues: readonly string[];
  readonly environment: string;
  readonly rework: boolean | null;
  readonly at: Instant;
  readonly recorded_at: Instant;
}

export interface VerificationTable {
  readonly id: string;
  readonly source: string | null;
  readonly issue: string;
  readonly outcome: Verification['outcome'];
  readonly verified_by: string;
  readonly at: Instant;
  readonly recorded_at: Instant;
}

export interface KpiValueTable {
  readonly id: string;
  readonly team: string;
  readonly goal: string;
  readonly kpi: string;
  readonly value: number;
  readonly at: Instant;
  readonly recorded_at: Instant;
}

/** A risk in the words and numbers of a day. */
export interface ToldColumns {
  readonly as_of: string;
  readonly statement: string;
  readonly accept_means: string;
  readonly chance: number | null;
  readonly due: string | null;
  readonly dp_low: number | null;
  readonly dp_high: number | null;
  readonly weeks_low: number | null;
  readonly weeks_high: number | null;
}

export interface EscalationTable extends ToldColumns {
  readonly id: string;
  readonly team: string;
  readonly risk: string;
  readonly note: string | null;
  readonly recorded_at: Instant;
}

export interface DecisionTable extends ToldColumns {
  readonly escalation: string;
  readonly team: string;
  readonly risk: string;
  readonly decision: Decision['decision'];
  readonly decided_by: string;
  readonly until: string;
  readonly accepted: string | null;
  readonly note: string | null;
  readonly recorded_at: Instant;
}
