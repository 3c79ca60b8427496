import { sql } from 'kysely';
import type { Instant } from '#domain/issue.ts';
import type { Database } from './tables.ts';

/** Ids of issues that are there, and have a parent or a link that is gone since a moment, or in the trash. */
export async function referringToGone(
  db: Database,
  source: string,
  since: Instant,
): Promise<readonly string[]> {
  const gone = await db
    .selectFrom('issue')
    .select(['id', 'key', 'current'])
    .where('source', '=', source)
    .where('gone_since', 'is not', null)
    .where((where) =>
      where.or([where('gone_since', '>=', since), sql<boolean>`gone -> -1 ->> 'why' = 'trashed'`]),
    )
    .execute();
  if (gone.length === 0) return [];
  // A link goes by an id, or by a key of whatever day.
  const names = gone.flatMap(({ id, key, current }) => [id, key ?? id, ...(current.formerKeys ?? [])]);
  const rows = await db
    .selectFrom('issue')
    .select('id')
    .where('source', '=', source)
    .where('gone_since', 'is', null)
    .where(
      sql<boolean>`(
        current #>> '{scalars,parent,value}' = any(${names}) or exists (
          select from jsonb_array_elements(current #> '{sets,links}') as link
          where link ->> 'value' = any(${names}) or link -> 'aliases' ?| ${names}::text[]
        )
      )`,
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
