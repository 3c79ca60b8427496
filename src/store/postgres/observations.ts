import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '#domain/issue.ts';
import type { Cycle, Version } from '#domain/reference.ts';
import { cleanJson } from './clean-text.ts';
import type { CycleObservationTable, Database, VersionObservationTable } from './tables.ts';

/** A moment of the tracker's clock at which versions or cycles of a source were read. */
export interface Reading {
  readonly db: Database;
  readonly schema: string;
  readonly source: string;
  readonly at: RawBuilder<Date>;
}

export const moment = (at: Instant): RawBuilder<Date> => sql<Date>`to_timestamp(${at}::bigint / 1000.0)`;

/** `projects`: whose versions these are all of. Default: the whole source's. */
export async function observeVersions(
  reading: Reading,
  versions: readonly Version[],
  projects?: readonly string[],
): Promise<void> {
  const isOfThese = projects && sql`known.project_id = any (${[...projects]}::text[])`;
  await observe(reading, VERSIONS, versions.map(versionRow), isOfThese);
  await observeRemoved(
    reading,
    versions.map(({ id }) => id),
    isOfThese,
  );
}

/** `areAll`: whether the source has no others. */
export async function observeCycles(
  reading: Reading,
  cycles: readonly Cycle[],
  areAll: boolean,
): Promise<void> {
  const ids = cycles.map(({ id }) => id);
  await observe(
    reading,
    CYCLES,
    cycles.map(cycleRow),
    areAll ? undefined : sql`known.cycle_id = any (${ids}::text[])`,
  );
}

/** Ids of what was seen after a moment to be otherwise than before. */
export async function idsSeenAfter({ db, schema, source, at }: Reading): Promise<{
  readonly versions: ReadonlySet<string>;
  readonly cycles: ReadonlySet<string>;
}> {
  const idsIn = async ({ name, id }: Observed) => {
    const { rows } = await sql<{ readonly id: string }>`
      select distinct ${sql.id(id)} as id from ${sql.id(schema, name)}
      where source = ${source} and observed_at > ${at}
    `.execute(db);
    return new Set(rows.map((row) => row.id));
  };
  return { versions: await idsIn(VERSIONS), cycles: await idsIn(CYCLES) };
}

interface Observed {
  readonly name: 'version_observation' | 'cycle_observation';
  readonly id: 'version_id' | 'cycle_id';
}

const VERSIONS: Observed = { name: 'version_observation', id: 'version_id' };
const CYCLES: Observed = { name: 'cycle_observation', id: 'cycle_id' };

type Seen<Table> = Omit<Table, 'source' | 'observed_at'>;

const versionRow = (version: Version): Seen<VersionObservationTable> => ({
  version_id: version.id,
  project_id: version.projectId,
  name: version.name,
  released: version.released,
  release_day: version.releaseDay ?? null,
  kind: version.kind ?? null,
  removed: false,
});

const cycleRow = (cycle: Cycle): Seen<CycleObservationTable> => ({
  cycle_id: cycle.id,
  name: cycle.name,
  start_at: cycle.startAt ?? null,
  planned_end_at: cycle.plannedEndAt ?? null,
  ended_at: cycle.endedAt ?? null,
});

/**
 * Adds a row for each thing that was never seen before or differs from when it was last seen. What is heard late, after
 * the thing was seen later on, adds nothing.
 */
async function observe(
  { db, schema, source, at }: Reading,
  { name, id: idColumn }: Observed,
  seen: readonly object[],
  isOfThese: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  const table = sql.id(schema, name);
  const id = sql.id(idColumn);
  // Read twice at one moment of the tracker's clock, a source is as it was the second time.
  await sql`
    delete from ${table} as known
    where source = ${source} and observed_at = ${at} and ${isOfThese} and not exists (
      select from ${table} as later
      where later.source = known.source and later.${id} = known.${id} and later.observed_at > known.observed_at
    )
  `.execute(db);
  const shared = sql`jsonb_build_object('source', ${source}::text, 'observed_at', ${at})`;
  await sql`
    insert into ${table}
    select seen.*
    from jsonb_populate_recordset(jsonb_populate_record(null::${table}, ${shared}), ${cleanJson(seen)}::jsonb) as seen
    left join lateral (
      select * from ${table} as earlier
      where earlier.source = seen.source and earlier.${id} = seen.${id}
      order by earlier.observed_at desc
      limit 1
    ) as last on true
    where to_jsonb(last) - 'observed_at' is distinct from to_jsonb(seen) - 'observed_at'
      and (last.observed_at is null or last.observed_at <= seen.observed_at)
    on conflict do nothing
  `.execute(db);
}

/** Adds a row for each version that was there when it was last seen, and is not any more. */
async function observeRemoved(
  { db, schema, source, at }: Reading,
  ids: readonly string[],
  isOfThese: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  const table = sql.id(schema, 'version_observation');
  const change = sql`jsonb_build_object('observed_at', ${at}, 'removed', true)`;
  await sql`
    insert into ${table}
    select gone.*
    from (
      select distinct on (version_id) * from ${table}
      where source = ${source}
      order by version_id, observed_at desc
    ) as known, jsonb_populate_record(null::${table}, to_jsonb(known) || ${change}) as gone
    where not known.removed and known.observed_at < ${at} and ${isOfThese}
      and known.version_id <> all (${[...ids]}::text[])
  `.execute(db);
}
