import { missed } from '#domain/absence.ts';
import type { AbsenceReason, Instant, Issue } from '#domain/issue.ts';
import { readByIds } from './held-issues.ts';
import { writeIssues } from './issues.ts';
import { lockName, lockUntilCommit } from './lock.ts';
import type { Database } from './tables.ts';

/** Records that a tracker shows some issues no more, all in one transaction. Ids that are not stored are nothing. */
export async function markGone(
  db: Database,
  schema: string,
  source: string,
  missing: ReadonlyMap<string, AbsenceReason>,
  since: Instant,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockUntilCommit(lockName('save', schema, source)).execute(tx);
    const ids = [...missing.keys()];
    for (let i = 0; i < ids.length; i += PAGE) {
      const stored = await readByIds(tx, source, ids.slice(i, i + PAGE));
      const changed = [...stored.values()].flatMap((issue) => {
        const why = missing.get(issue.id);
        const gone = why && missed(issue.gone ?? [], Math.max(since, lastSign(issue) + 1), why);
        return gone === undefined || gone === issue.gone ? [] : [{ ...issue, gone }];
      });
      await writeIssues(tx, source, changed);
    }
  });
}

const PAGE = 500;

export async function countGone(db: Database, source: string, since: Instant = 0): Promise<number> {
  const { count } = await db
    .selectFrom('issue')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('source', '=', source)
    .where('gone_since', '>=', since)
    .executeTakeFirstOrThrow();
  return count;
}

/** Until then it was there, whatever the tracker's clock shows: some show whole seconds. */
function lastSign({ updatedAt, events }: Issue): Instant {
  return Math.max(updatedAt, events.at(-1)?.at ?? updatedAt);
}
