import { Kysely, PostgresDialect } from 'kysely';
import { digestLine } from '#domain/digest.ts';
import type { Issue } from '#domain/issue.ts';
import { checkSchema, migrate } from '../migrate.ts';
import type { Store } from '../store.ts';
import { type DatabaseAddress, describeAddress, openPool } from './connection.ts';
import { databaseError } from './database-error.ts';
import { forecasts, recordForecasts, resolveForecast, unresolvedForecasts } from './forecasts.ts';
import { forgetSource } from './forget.ts';
import { countIssues, issuePages, saveBatch } from './issues.ts';
import { lockName, takeLock } from './lock.ts';
import { latestReport, publish, publishedOn } from './published-reports.ts';
import { readReference, saveReference } from './references.ts';
import { failSync, finishSync, readSyncState, resetWalks } from './sync-state.ts';
import type { Tables } from './tables.ts';

export interface StoreOptions {
  readonly connection: DatabaseAddress;
  /** Where the store's tables are; `evenkeel` unless told otherwise. */
  readonly schema?: string;
  /** Brings the schema up to date first. Without it, a schema of another version is refused. */
  readonly migrate?: boolean;
  /** Most connections at a time, not counting one for each source being synced. */
  readonly poolSize?: number;
}

/**
 * Opens the store in a PostgreSQL database: a server of your own or the embedded one, it is all the same.
 *
 * @throws StoreError when the server cannot be reached, refuses us, or holds a schema of another version
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { connection, schema = 'evenkeel' } = options;
  const where = describeAddress(connection);
  if (options.migrate) await migrate({ connection, schema });

  const pool = openPool(connection, options.poolSize);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema(schema);
  const attempt = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw databaseError(error, what, where);
    });
  const ping = () => attempt('Could not open the store', () => checkSchema(pool, schema, where));
  // Kysely ends the pool only if it ever used it.
  const close = async () => {
    await db.destroy();
    if (!pool.ended) await pool.end();
  };

  try {
    await ping();
  } catch (error) {
    await close();
    throw error;
  }

  return {
    saveBatch: (source, issues, walk) =>
      attempt(`Could not save ${issues.length} issues of source "${source}"`, () =>
        saveBatch(db, schema, source, issues, walk),
      ),
    readIssues: (source, filter) =>
      attempt(`Could not read the issues of source "${source}"`, async () => {
        const issues: Issue[] = [];
        for await (const page of issuePages(db, source, filter)) issues.push(...page);
        return issues;
      }),
    countIssues: (source) =>
      attempt(`Could not count the issues of source "${source}"`, () => countIssues(db, source)),
    async *digestLines(source) {
      try {
        for await (const page of issuePages(db, source)) yield* page.map(digestLine);
      } catch (error) {
        throw databaseError(error, `Could not read the issues of source "${source}"`, where);
      }
    },

    saveReference: (reference) =>
      attempt(`Could not save the reference of source "${reference.source}"`, () =>
        saveReference(db, schema, reference),
      ),
    readReference: (source) =>
      attempt(`Could not read the reference of source "${source}"`, () => readReference(db, source)),

    syncState: (source) =>
      attempt(`Could not read how far the sync of source "${source}" is`, () => readSyncState(db, source)),
    forgetSource: (source) =>
      attempt(`Could not forget source "${source}"`, () => forgetSource(db, schema, source)),
    resetWalks: (source) =>
      attempt(`Could not reset the sync of source "${source}"`, () => resetWalks(db, source)),
    finishSync: (source, completeAsOf, finishedAt) =>
      attempt(`Could not record that source "${source}" is complete`, () =>
        finishSync(db, source, completeAsOf, finishedAt),
      ),
    failSync: (source, error) =>
      attempt(`Could not record why the sync of source "${source}" failed`, () =>
        failSync(db, source, error),
      ),
    async exclusively(source, work) {
      await using lock = await attempt(`Could not lock source "${source}"`, () =>
        takeLock(connection, lockName('sync', schema, source)),
      );
      return lock === undefined ? undefined : await work();
    },

    publish: (report) =>
      attempt(`Could not publish the report of team "${report.team}"`, () => publish(db, report)),
    latestReport: (team) =>
      attempt(`Could not read the reports of team "${team}"`, () => latestReport(db, team)),
    publishedOn: (team, asOf) =>
      attempt(`Could not read the reports of team "${team}"`, () => publishedOn(db, team, asOf)),

    recordForecasts: (made) =>
      attempt(`Could not keep ${made.length} forecasts`, () => recordForecasts(db, made)),
    resolveForecast: (forecast, outcome, resolvedAt) =>
      attempt(`Could not enter what came of a forecast for team "${forecast.team}"`, () =>
        resolveForecast(db, forecast, outcome, resolvedAt),
      ),
    unresolvedForecasts: (team, day) =>
      attempt(`Could not read the forecasts of team "${team}"`, () => unresolvedForecasts(db, team, day)),
    forecasts: (filter = {}) => attempt('Could not read the forecasts', () => forecasts(db, filter)),

    ping,
    [Symbol.asyncDispose]: close,
  };
}
