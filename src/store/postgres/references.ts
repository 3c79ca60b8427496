import { sql } from 'kysely';
import type { Cycle, Reference, Version } from '#domain/reference.ts';
import { cleanJson } from './clean-text.ts';
import { lockName, lockUntilCommit } from './lock.ts';
import type { CycleObservationTable, Database, VersionObservationTable } from './tables.ts';

export async function readReference(db: Database, source: string): Promise<Reference | undefined> {
  const row = await db
    .selectFrom('reference')
    .select('document')
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.document;
}

/** Keeps what a source says about itself now, and adds what is new about its versions and cycles to their history. */
export async function saveReference(db: Database, schema: string, reference: Reference): Promise<void> {
  const { source } = reference;
  await db.transaction().execute(async (tx) => {
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    await tx
      .insertInto('reference')
      .values({ source, document: sql`${cleanJson(reference)}::jsonb`, observed_at: sql`clock_timestamp()` })
      .onConflict((conflict) =>
        conflict.column('source').doUpdateSet((row) => ({
          document: row.ref('excluded.document'),
          observed_at: row.ref('excluded.observed_at'),
        })),
      )
      .execute();
    const observed = { db: tx, schema, source };
    await observe(observed, 'version_observation', 'version_id', reference.versions.map(versionRow));
    await observe(observed, 'cycle_observation', 'cycle_id', reference.cycles.map(cycleRow));
  });
}

type Seen<Table> = Omit<Table, 'source' | 'observed_at'>;

const versionRow = (version: Version): Seen<VersionObservationTable> => ({
  version_id: version.id,
  project_id: version.projectId,
  name: version.name,
  released: version.released,
  release_day: version.releaseDay ?? null,
});

const cycleRow = (cycle: Cycle): Seen<CycleObservationTable> => ({
  cycle_id: cycle.id,
  name: cycle.name,
  start_at: cycle.startAt ?? null,
  planned_end_at: cycle.plannedEndAt ?? null,
  ended_at: cycle.endedAt ?? null,
});

/** Adds a row for each thing that was never seen before or differs from when it was last seen. */
async function observe(
  { db, schema, source }: { readonly db: Database; readonly schema: string; readonly source: string },
  tableName: 'version_observation' | 'cycle_observation',
  idColumn: 'version_id' | 'cycle_id',
  seen: readonly object[],
): Promise<void> {
  const table = sql.id(schema, tableName);
  const id = sql.id(idColumn);
  // The moment of the statement, not of the transaction, which may have waited for the one before it.
  const shared = sql`jsonb_build_object('source', ${source}::text, 'observed_at', clock_timestamp())`;
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
    on conflict do nothing
  `.execute(db);
}
