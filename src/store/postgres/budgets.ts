import { sql } from 'kysely';
import type { Budget, BudgetNews, Pause } from '#domain/allowance.ts';
import { cleanText } from './clean-text.ts';
import type { AllowanceTable, Database } from './tables.ts';

export async function readBudget(db: Database, source: string): Promise<Budget> {
  const rows = await db
    .selectFrom('allowance')
    .selectAll()
    .where('source', '=', source)
    .orderBy(sql`resource collate "C"`)
    .execute();
  const pauses = await db
    .selectFrom('allowance_pause')
    .select(['endpoint', 'until'])
    .where('source', '=', source)
    .orderBy(sql`endpoint collate "C"`)
    .execute();
  return {
    allowances: rows.flatMap(({ resource, told, observed_at: observedAt }) =>
      told === null || observedAt === null ? [] : [{ resource, ...told, observedAt }],
    ),
    pauses: pauses.map(({ endpoint, until }) => (endpoint === '' ? { until } : { endpoint, until })),
    spent: rows.map(({ resource, spent: amount, since }) => ({ resource, amount, since })),
  };
}

/** Adds what was spent; of what was told, the latest counts, and of pauses the longest. */
export async function addToBudget(
  db: Database,
  source: string,
  { at, allowances, pauses, spent }: BudgetNews,
): Promise<void> {
  const told = new Map(allowances.map((allowance) => [allowance.resource, allowance]));
  const rows = [...new Set([...told.keys(), ...spent.keys()])].toSorted().map((resource) => {
    const allowance = told.get(resource);
    const { resource: _, observedAt = null, ...rest } = allowance ?? { resource };
    return {
      source,
      resource,
      spent: spent.get(resource) ?? 0,
      since: at,
      told: sql<AllowanceTable['told']>`${allowance === undefined ? null : JSON.stringify(rest)}::jsonb`,
      observed_at: observedAt,
    };
  });
  if (rows.length > 0) {
    await db
      .insertInto('allowance')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['source', 'resource']).doUpdateSet((row) => ({
          spent: sql<number>`allowance.spent + ${row.ref('excluded.spent')}`,
          told: sql<AllowanceTable['told']>`case when ${IS_NEWER} then excluded.told else allowance.told end`,
          observed_at: sql<number>`case when ${IS_NEWER} then excluded.observed_at else allowance.observed_at end`,
        })),
      )
      .execute();
  }
  if (pauses.length > 0) await addPauses(db, source, pauses);
}

const IS_NEWER = sql<boolean>`excluded.observed_at >= coalesce(allowance.observed_at, excluded.observed_at)`;

async function addPauses(db: Database, source: string, pauses: readonly Pause[]): Promise<void> {
  const longest = new Map<string, number>();
  for (const { endpoint = '', until } of pauses) {
    longest.set(cleanText(endpoint), Math.max(until, longest.get(cleanText(endpoint)) ?? until));
  }
  await db
    .insertInto('allowance_pause')
    .values([...longest].map(([endpoint, until]) => ({ source, endpoint, until })))
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'endpoint'])
        .doUpdateSet({ until: sql<number>`greatest(allowance_pause.until, excluded.until)` }),
    )
    .execute();
}
