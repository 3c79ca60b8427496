import { sql } from 'kysely';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { ForecastFilter, ForecastId, PublishedForecast } from '../store.ts';
import type { Database, ForecastTable } from './tables.ts';

/** Adds forecasts to those published; one that is there already stays as it is. */
export async function recordForecasts(db: Database, forecasts: readonly PublishedForecast[]): Promise<void> {
  if (forecasts.length === 0) return;
  await db
    .insertInto('forecast')
    .values(
      forecasts.map(({ team, asOf, horizonDays, method, publishedAt, quantiles, probabilities }) => ({
        team,
        as_of: asOf,
        horizon_days: horizonDays,
        method,
        published_at: publishedAt,
        quantiles: sql<PublishedForecast['quantiles']>`${JSON.stringify(quantiles)}::jsonb`,
        probabilities: sql<PublishedForecast['probabilities']>`${JSON.stringify(probabilities)}::jsonb`,
        outcome: null,
        resolved_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Enters what came of a forecast; what was entered first stays. */
export async function resolveForecast(
  db: Database,
  { team, asOf, horizonDays, method }: ForecastId,
  outcome: number,
  resolvedAt: Instant,
): Promise<void> {
  await db
    .updateTable('forecast')
    .set({ outcome, resolved_at: resolvedAt })
    .where('team', '=', team)
    .where('as_of', '=', asOf)
    .where('horizon_days', '=', horizonDays)
    .where('method', '=', method)
    .where('outcome', 'is', null)
    .execute();
}

/** The forecasts of a team that wait for their outcome although their last day, or one before `day`, has passed. */
export async function unresolvedForecasts(
  db: Database,
  team: string,
  day: CalendarDay,
): Promise<readonly PublishedForecast[]> {
  const rows = await inOrder(db)
    .where('team', '=', team)
    .where('outcome', 'is', null)
    .where(sql<boolean>`as_of + horizon_days <= ${day}::date`)
    .execute();
  return rows.map(decoded);
}

/** Forecasts by team, day and horizon. */
export async function forecasts(
  db: Database,
  { team, asOf }: ForecastFilter,
): Promise<readonly PublishedForecast[]> {
  const rows = await inOrder(db)
    .$if(team !== undefined, (query) => query.where('team', '=', team ?? ''))
    .$if(asOf !== undefined, (query) => query.where('as_of', '=', asOf ?? ''))
    .execute();
  return rows.map(decoded);
}

function inOrder(db: Database) {
  return db
    .selectFrom('forecast')
    .selectAll()
    .orderBy(sql`team collate "C"`)
    .orderBy('as_of')
    .orderBy('horizon_days')
    .orderBy('method');
}

function decoded(row: ForecastTable): PublishedForecast {
  const asOf = parseDay(row.as_of);
  if (asOf === undefined) throw new RangeError(`"${row.as_of}" in table forecast is no day`);
  return {
    team: row.team,
    asOf,
    horizonDays: row.horizon_days,
    method: row.method,
    publishedAt: row.published_at,
    quantiles: row.quantiles,
    probabilities: row.probabilities,
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
  };
}
