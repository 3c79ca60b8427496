import { sql } from 'kysely';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { PublishedReport } from '../store.ts';
import type { Database } from './tables.ts';

/** Adds a report to those published; one that is there already stays as it is. */
export async function publish(db: Database, report: PublishedReport): Promise<void> {
  await db
    .insertInto('published_report')
    .values({
      team: report.team,
      as_of: report.asOf,
      published_at: report.publishedAt,
      document: sql`${JSON.stringify(report.document)}::json`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The report of the latest day; of that day, the one published last. */
export async function latestReport(db: Database, team: string): Promise<PublishedReport | undefined> {
  return newest(db, team);
}

export async function publishedOn(
  db: Database,
  team: string,
  asOf: CalendarDay,
): Promise<PublishedReport | undefined> {
  return newest(db, team, asOf);
}

async function newest(db: Database, team: string, asOf?: CalendarDay): Promise<PublishedReport | undefined> {
  const row = await db
    .selectFrom('published_report')
    .select(['as_of', 'published_at', 'document'])
    .where('team', '=', team)
    .$if(asOf !== undefined, (query) => query.where('as_of', '=', asOf ?? ''))
    .orderBy('as_of', 'desc')
    .orderBy('published_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const day = row && parseDay(row.as_of);
  return day && { team, asOf: day, publishedAt: row.published_at, document: row.document };
}
