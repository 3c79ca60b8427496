import type { Instant } from '#domain/issue.ts';
import type { CrossChecked } from '../store.ts';
import type { Database } from './tables.ts';

/** Ids of issues that are there: first those that were never checked, then those that were checked longest ago. */
export async function leastCrossChecked(
  db: Database,
  source: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('issue')
    .leftJoin('cross_check', (join) =>
      join.onRef('cross_check.source', '=', 'issue.source').onRef('cross_check.issue_id', '=', 'issue.id'),
    )
    .select('issue.id')
    .where('issue.source', '=', source)
    .where('issue.gone_since', 'is', null)
    .orderBy('cross_check.checked_at', (order) => order.asc().nullsFirst())
    .orderBy('issue.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** What is heard of an earlier check after a later one changes nothing. */
export async function noteCrossChecks(
  db: Database,
  source: string,
  agrees: ReadonlyMap<string, boolean | undefined>,
  at: Instant,
): Promise<void> {
  if (agrees.size === 0) return;
  await db
    .insertInto('cross_check')
    .values([...agrees].map(([id, does]) => ({ source, issue_id: id, checked_at: at, agrees: does ?? null })))
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'issue_id'])
        .doUpdateSet((row) => ({
          checked_at: row.ref('excluded.checked_at'),
          agrees: row.ref('excluded.agrees'),
        }))
        .whereRef('cross_check.checked_at', '<=', 'excluded.checked_at'),
    )
    .execute();
}

export async function countCrossChecks(db: Database, source: string): Promise<CrossChecked> {
  return db
    .selectFrom('cross_check')
    .innerJoin('issue', (join) =>
      join.onRef('issue.source', '=', 'cross_check.source').onRef('issue.id', '=', 'cross_check.issue_id'),
    )
    .select((row) => [
      row.fn.count<number>('cross_check.agrees').as('checked'),
      row.fn.count<number>('cross_check.agrees').filterWhere('agrees', '=', false).as('contradicted'),
    ])
    .where('cross_check.source', '=', source)
    .where('issue.gone_since', 'is', null)
    .executeTakeFirstOrThrow();
}
