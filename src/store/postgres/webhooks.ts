import { sql } from 'kysely';
import type { IssueEvent } from '#domain/issue.ts';
import type { AcceptedDelivery } from '../store.ts';
import { cleanJson, cleanText } from './clean-text.ts';
import type { Database } from './tables.ts';

/**
 * Takes a delivery unless it, or one with a mark of it, was taken before, and runs `work` then. Everything or nothing:
 * when `work` fails, the delivery was not taken, and its sender may come with it again. Of two that come at once, one
 * waits for what becomes of the other.
 */
export async function acceptDelivery(
  db: Database,
  { source, marks, now, rememberUntil, told }: AcceptedDelivery,
  work: () => Promise<void>,
): Promise<boolean> {
  await db.deleteFrom('webhook_delivery').where('expires_at', '<', now).execute();
  return db.transaction().execute(async (tx) => {
    const taken = await tx
      .insertInto('webhook_delivery')
      // In one order, so that two deliveries never wait for each other.
      .values(marks.toSorted().map((mark) => ({ source, mark, expires_at: rememberUntil })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('mark')
      .execute();
    if (taken.length < marks.length) return false;
    const rows = [...told].flatMap(([issueId, events]) =>
      events.map((event) => ({
        source,
        issue_id: cleanText(issueId),
        event_id: event.eventId,
        item_index: event.itemIndex,
        event: sql<IssueEvent>`${cleanJson(event)}::jsonb`,
      })),
    );
    if (rows.length > 0) {
      await tx
        .insertInto('told_change')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await work();
    return true;
  });
}

/** What was told of some issues, by id. */
export async function toldChanges(
  db: Database,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly IssueEvent[]>> {
  const rows = await db
    .selectFrom('told_change')
    .select(['issue_id', 'event'])
    .where('source', '=', source)
    .where('issue_id', '=', sql<string>`any(${ids})`)
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.issue_id)].map(([id, own]) => [id, own.map(({ event }) => event)]),
  );
}
