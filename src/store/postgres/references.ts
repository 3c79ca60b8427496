import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { parseDay } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { type Renewal, renewed } from '#domain/renewal.ts';
import { retained } from '#domain/retained.ts';
import type { VersionObservation } from '#domain/version-history.ts';
import { cleanJson } from './clean-text.ts';
import { lockName, lockUntilCommit } from './lock.ts';
import { idsSeenAfter, moment, observeCycles, observeVersions, type Reading } from './observations.ts';
import type { Database, VersionObservationTable } from './tables.ts';

export async function readReference(db: Database, source: string): Promise<Reference | undefined> {
  const row = await db
    .selectFrom('reference')
    .select(['document', 'first_observed_at'])
    .where('source', '=', source)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const observations = await db
    .selectFrom('version_observation')
    .selectAll()
    .where('source', '=', source)
    .orderBy('observed_at')
    .orderBy('version_id')
    .execute();
  const since = row.first_observed_at.getTime();
  return { ...row.document, versionHistory: { since, observations: observations.map(versionSeen) } };
}

export async function siteId(db: Database, source: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('reference')
    .select(sql<string | null>`document ->> 'siteId'`.as('id'))
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.id ?? undefined;
}

/**
 * Keeps what a source says about itself now beside what it no longer names, and adds what is new about its versions and
 * cycles to their history. What was seen earlier than the reference that is stored comes too late to be told from what was seen since.
 */
export async function saveReference(
  db: Database,
  schema: string,
  reference: Reference,
  observedAt: Instant,
): Promise<void> {
  const { versionHistory: _, ...said } = reference;
  const { source } = said;
  const at = moment(observedAt);
  await db.transaction().execute(async (tx) => {
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    const before = await tx
      .selectFrom('reference')
      .select('document')
      .where('source', '=', source)
      .executeTakeFirst();
    const reading = { db: tx, schema, source, at };
    const document =
      before === undefined
        ? said
        : retained(before.document, await asLastSeen(reading, said, before.document), observedAt);
    const saved = await tx
      .insertInto('reference')
      .values({
        source,
        document: sql`${cleanJson(document)}::jsonb`,
        observed_at: at,
        first_observed_at: at,
      })
      .onConflict((conflict) =>
        conflict
          .column('source')
          .doUpdateSet((row) => ({
            document: row.ref('excluded.document'),
            observed_at: row.ref('excluded.observed_at'),
          }))
          .whereRef('reference.observed_at', '<=', 'excluded.observed_at'),
      )
      .returning('source')
      .execute();
    if (saved.length === 0) return;
    await observeVersions(reading, reference.versions);
    await observeCycles(reading, reference.cycles, true);
  });
}

/** What was seen by itself after the reference was read stands: the reference may be heard of later than it was read. */
async function asLastSeen(reading: Reading, said: Reference, before: Reference): Promise<Reference> {
  const later = await idsSeenAfter(reading);
  const from = <T extends { readonly id: string }>(
    now: readonly T[],
    known: readonly T[],
    ids: ReadonlySet<string>,
  ) =>
    ids.size === 0
      ? now
      : [...now.filter(({ id }) => !ids.has(id)), ...known.filter(({ id }) => ids.has(id))];
  return {
    ...said,
    versions: from(said.versions, before.versions, later.versions),
    cycles: from(said.cycles, before.cycles, later.cycles),
  };
}

/**
 * Adds to the reference what was seen of some cycles and versions since it was read, and to their history what is new.
 * Returns whether anything was. The rest stands, and is as old as it was; a reference that was read later knows better.
 */
export async function renewReference(
  db: Database,
  schema: string,
  source: string,
  renewal: Renewal,
  seenAt: Instant,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    const stored = await tx
      .selectFrom('reference')
      .select(['document', 'observed_at'])
      .where('source', '=', source)
      .executeTakeFirst();
    if (stored === undefined || stored.observed_at.getTime() > seenAt) return false;
    const document = cleanJson(renewed(stored.document, renewal));
    if (isDeepStrictEqual(JSON.parse(document), stored.document)) return false;
    await tx
      .updateTable('reference')
      .set({ document: sql`${document}::jsonb` })
      .where('source', '=', source)
      .execute();
    const reading = { db: tx, schema, source, at: moment(seenAt) };
    const { cycles, versions } = renewal;
    if (versions) await observeVersions(reading, versions.seen, versions.projects);
    if (cycles) await observeCycles(reading, cycles.seen, false);
    return true;
  });
}

function versionSeen(row: VersionObservationTable): VersionObservation {
  const releaseDay = row.release_day === null ? undefined : parseDay(row.release_day);
  return {
    at: row.observed_at.getTime(),
    version: {
      id: row.version_id,
      projectId: row.project_id,
      name: row.name,
      released: row.released,
      ...(releaseDay === undefined ? {} : { releaseDay }),
      ...(row.kind === 'milestone' ? { kind: row.kind } : {}),
    },
    ...(row.removed ? { removed: true } : {}),
  };
}
