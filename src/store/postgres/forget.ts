import { sql } from 'kysely';
import { lockName, lockUntilCommit } from './lock.ts';
import type { Database, Tables } from './tables.ts';

const TABLES = [
  'issue',
  'reference',
  'version_observation',
  'cycle_observation',
  'sync_state',
  'sync_walk',
  'told_change',
  'cross_check',
  'allowance',
  'allowance_pause',
] as const satisfies readonly (keyof Tables)[];

/** Removes all that was ever read of a source, in one transaction. Published reports are a record of their own. */
export async function forgetSource(db: Database, schema: string, source: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    for (const table of TABLES) await tx.deleteFrom(table).where('source', '=', source).execute();
  });
}

/** Removes what texts of a source said, also of issues that are gone, and of projects. Published reports stay as they were. */
export async function forgetTexts(
  db: Database,
  schema: string,
  source: string,
  which: 'claims' | 'goals',
): Promise<void> {
  const column = which === 'claims' ? 'claims' : 'texts';
  await db.transaction().execute(async (tx) => {
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    await tx
      .updateTable('issue')
      .set({ [column]: null })
      .where('source', '=', source)
      .where(column, 'is not', null)
      .execute();
    if (which === 'claims') return;
    await tx
      .updateTable('reference')
      .set({
        document: sql`jsonb_set(document, '{projects}', coalesce((
          select jsonb_agg(project - 'texts' order by place)
          from jsonb_array_elements(document -> 'projects') with ordinality as one (project, place)
        ), '[]'::jsonb))`,
      })
      .where('source', '=', source)
      .where(sql<boolean>`document @? '$.projects[*].texts'`)
      .execute();
  });
}
