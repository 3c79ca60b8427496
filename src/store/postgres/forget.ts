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
