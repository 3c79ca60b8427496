import { type InsertResult, sql } from 'kysely';
import type { Deployment, DoneEvidence, KpiValue, Verification } from '#domain/done-evidence.ts';
import type { EvidenceFilter, EvidenceRecord, RecordedEvidence } from '../store.ts';
import { cleaned } from './clean-text.ts';
import type { Database, DeploymentTable, KpiValueTable, VerificationTable } from './tables.ts';

/**
 * Adds a record; one that is there already stays as it is. Two at once are one and a repetition, or one and a conflict.
 */
export async function recordEvidence(db: Database, record: EvidenceRecord): Promise<RecordedEvidence> {
  const given = cleaned(record);
  const added = await insert(db, given);
  if (added) return { outcome: 'recorded', recordedAt: given.recordedAt };
  const known = await stored(db, given);
  if (known === undefined) throw new Error(`a record with the id "${given.id}" is there and cannot be read`);
  const { recordedAt } = known;
  return { outcome: contentOf(known) === contentOf(given) ? 'repeated' : 'conflict', recordedAt };
}

/** Everything recorded, oldest first. */
export async function doneEvidence(
  db: Database,
  { team, sources }: EvidenceFilter = {},
): Promise<DoneEvidence> {
  const ofSources = sql<boolean>`(source is null or source = any(${[...(sources ?? [])]}))`;
  const [deployments, verifications, kpiValues] = await Promise.all([
    db
      .selectFrom('deployment')
      .selectAll()
      .$if(sources !== undefined, (query) => query.where(ofSources))
      .orderBy('at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('verification')
      .selectAll()
      .$if(sources !== undefined, (query) => query.where(ofSources))
      .orderBy('at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('kpi_value')
      .selectAll()
      .$if(team !== undefined, (query) => query.where('team', '=', team ?? ''))
      .orderBy('at')
      .orderBy('id')
      .execute(),
  ]);
  return {
    deployments: deployments.map(toDeployment),
    verifications: verifications.map(toVerification),
    kpiValues: kpiValues.map(toKpiValue),
  };
}

/** Those of some keys or ids, without regard to capitals, that name an issue as it is called now. */
export async function knownIssues(
  db: Database,
  names: readonly string[],
  source: string | undefined,
): Promise<ReadonlySet<string>> {
  const folded = [...new Set(names.map((name) => name.toLowerCase()))];
  const rows = await db
    .selectFrom('issue')
    .select(['id', 'key'])
    .where(sql<boolean>`(lower(key) = any(${folded}) or id = any(${[...names]}))`)
    .$if(source !== undefined, (query) => query.where('source', '=', source ?? ''))
    .execute();
  const known = new Set(rows.flatMap(({ id, key }) => [id, key?.toLowerCase()]));
  return new Set(names.filter((name) => known.has(name) || known.has(name.toLowerCase())));
}

async function insert(db: Database, record: EvidenceRecord): Promise<boolean> {
  const { id, at, recordedAt: recorded_at } = record;
  const common = { id, at, recorded_at };
  const { numInsertedOrUpdatedRows = 0n } = await insertion();
  return numInsertedOrUpdatedRows > 0n;

  function insertion(): Promise<InsertResult> {
    switch (record.kind) {
      case 'deployment': {
        const { source = null, environment, rework = null } = record;
        return db
          .insertInto('deployment')
          .values({ ...common, source, issues: [...record.issues], environment, rework })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
      }
      case 'verification': {
        const { source = null, issue, outcome, by: verified_by } = record;
        return db
          .insertInto('verification')
          .values({ ...common, source, issue, outcome, verified_by })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
      }
      case 'kpi_value': {
        const { team, goal, kpi, value } = record;
        return db
          .insertInto('kpi_value')
          .values({ ...common, team, goal, kpi, value })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
      }
      default:
        return record satisfies never;
    }
  }
}

async function stored(db: Database, { kind, id }: EvidenceRecord): Promise<EvidenceRecord | undefined> {
  switch (kind) {
    case 'deployment': {
      const row = await db.selectFrom('deployment').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { kind, ...toDeployment(row) };
    }
    case 'verification': {
      const row = await db.selectFrom('verification').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { kind, ...toVerification(row) };
    }
    case 'kpi_value': {
      const row = await db.selectFrom('kpi_value').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { kind, ...toKpiValue(row) };
    }
    default:
      return kind satisfies never;
  }
}

/** What a record says, without when we heard of it. */
function contentOf({ recordedAt: _recordedAt, ...content }: EvidenceRecord): string {
  return JSON.stringify(Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function toDeployment({ recorded_at, source, rework, ...row }: DeploymentTable): Deployment {
  return {
    ...row,
    recordedAt: recorded_at,
    ...(source === null ? {} : { source }),
    ...(rework === null ? {} : { rework }),
  };
}

function toVerification({ recorded_at, verified_by, source, ...row }: VerificationTable): Verification {
  const own = { ...row, by: verified_by, recordedAt: recorded_at };
  return source === null ? own : { ...own, source };
}

function toKpiValue({ recorded_at, ...row }: KpiValueTable): KpiValue {
  return { ...row, recordedAt: recorded_at };
}
