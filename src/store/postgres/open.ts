import { Kysely, PostgresDialect } from 'kysely';
import { digestLine } from '#domain/digest.ts';
import type { Issue } from '#domain/issue.ts';
import { checkSchema, migrate } from '../migrate.ts';
import type { Store } from '../store.ts';
import { addToBudget, readBudget } from './budgets.ts';
import { type DatabaseAddress, describeAddress, openPool } from './connection.ts';
import { countCrossChecks, leastCrossChecked, noteCrossChecks } from './cross-checks.ts';
import { databaseError } from './database-error.ts';
import { decisions, escalationOf, escalations, recordDecision, recordEscalation } from './decisions.ts';
import { doneEvidence, knownIssues, recordEvidence } from './done-evidence.ts';
import { forecasts, recordForecasts, resolveForecast, unresolvedForecasts } from './forecasts.ts';
import { forgetSource, forgetTexts } from './forget.ts';
import { countGone, markGone } from './gone.ts';
import { countIssues, inventory, issuePages, readLive, storedSince } from './held-issues.ts';
import { saveBatch } from './issues.ts';
import { lockName, takeLock } from './lock.ts';
import { openPlaces } from './places.ts';
import { latestReport, publish, publishedOn } from './published-reports.ts';
import { readReference, renewReference, saveReference, siteId } from './references.ts';
import { referringToGone } from './referring.ts';
import { failSync, finishCensus, finishSync, readSyncState, resetWalks } from './sync-state.ts';
import type { Tables } from './tables.ts';
import { acceptDelivery } from './webhooks.ts';

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
  const places = openPlaces(connection, schema);
  const attempt = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw databaseError(error, what, where);
    });
  const ping = () => attempt('Could not open the store', () => checkSchema(pool, schema, where));
  // Kysely ends the pool only if it ever used it.
  const close = async () => {
    await places[Symbol.asyncDispose]();
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
    saveBatch: (source, issues, place) =>
      attempt(`Could not save ${issues.length} issues of source "${source}"`, () =>
        saveBatch(db, schema, source, issues, place),
      ),
    markGone: (source, missing, since) =>
      attempt(`Could not record that ${missing.size} issues of source "${source}" are gone`, () =>
        markGone(db, schema, source, missing, since),
      ),
    readIssues: (source, filter) =>
      attempt(`Could not read the issues of source "${source}"`, async () => {
        const issues: Issue[] = [];
        for await (const page of issuePages(db, source, filter)) issues.push(...page);
        return issues;
      }),
    storedIssues: (source, ids) =>
      attempt(`Could not read ${ids.length} issues of source "${source}"`, () => readLive(db, source, ids)),
    storedSince: (source, since) =>
      attempt(`Could not read what is stored of source "${source}"`, () => storedSince(db, source, since)),
    inventory: (source) =>
      attempt(`Could not list the issues of source "${source}"`, () => inventory(db, source)),
    countIssues: (source) =>
      attempt(`Could not count the issues of source "${source}"`, () => countIssues(db, source)),
    countGone: (source, since) =>
      attempt(`Could not count the issues of source "${source}" that are gone`, () =>
        countGone(db, source, since),
      ),
    referringToGone: (source, since) =>
      attempt(`Could not list what leads to issues of source "${source}" that are gone`, () =>
        referringToGone(db, source, since),
      ),
    leastCrossChecked: (source, limit) =>
      attempt(`Could not list what to check of source "${source}"`, () =>
        leastCrossChecked(db, source, limit),
      ),
    noteCrossChecks: (source, agrees, at) =>
      attempt(`Could not keep what was checked of source "${source}"`, () =>
        noteCrossChecks(db, source, agrees, at),
      ),
    countCrossChecks: (source) =>
      attempt(`Could not count what was checked of source "${source}"`, () => countCrossChecks(db, source)),
    async *digestLines(source) {
      try {
        for await (const page of issuePages(db, source, { live: true })) yield* page.map(digestLine);
      } catch (error) {
        throw databaseError(error, `Could not read the issues of source "${source}"`, where);
      }
    },

    saveReference: (reference, observedAt) =>
      attempt(`Could not save the reference of source "${reference.source}"`, () =>
        saveReference(db, schema, reference, observedAt),
      ),
    renewReference: (source, renewal, seenAt) =>
      attempt(`Could not renew the reference of source "${source}"`, () =>
        renewReference(db, schema, source, renewal, seenAt),
      ),
    readReference: (source) =>
      attempt(`Could not read the reference of source "${source}"`, () => readReference(db, source)),
    siteId: (source) => attempt(`Could not read which site source "${source}" is`, () => siteId(db, source)),

    syncState: (source) =>
      attempt(`Could not read how far the sync of source "${source}" is`, () => readSyncState(db, source)),
    forgetTexts: (source, which) =>
      attempt(`Could not forget the ${which} of source "${source}"`, () =>
        forgetTexts(db, schema, source, which),
      ),
    forgetSource: (source) =>
      attempt(`Could not forget source "${source}"`, () => forgetSource(db, schema, source)),
    resetWalks: (source) =>
      attempt(`Could not reset the sync of source "${source}"`, () => resetWalks(db, source)),
    finishSync: (source, completeAsOf, finishedAt, cursor, walked) =>
      attempt(`Could not record that source "${source}" is complete`, () =>
        finishSync(db, source, completeAsOf, finishedAt, cursor, walked),
      ),
    finishCensus: (source, at) =>
      attempt(`Could not record the census of source "${source}"`, () => finishCensus(db, source, at)),
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

    budget: (source) =>
      attempt(`Could not read the budget of source "${source}"`, () => readBudget(db, source)),
    addToBudget: (source, news) =>
      attempt(`Could not keep the budget of source "${source}"`, () => addToBudget(db, source, news)),
    takePlace: (source, of) =>
      attempt(`Could not take a place at source "${source}"`, () => places.take(source, of)),

    async acceptDelivery(delivery, work) {
      let failure: unknown;
      const told = () =>
        work().catch((error: unknown) => {
          failure = error;
          throw error;
        });
      return attempt(`Could not take a delivery of a webhook of source "${delivery.source}"`, () =>
        acceptDelivery(db, delivery, told),
      ).catch((error: unknown) => {
        // What the work threw is no trouble of the database.
        throw failure ?? error;
      });
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

    recordEvidence: (record) =>
      attempt(`Could not keep the record "${record.id}"`, () => recordEvidence(db, record)),
    doneEvidence: (filter) => attempt('Could not read what was recorded', () => doneEvidence(db, filter)),
    knownIssues: (names, source) =>
      attempt(`Could not look up ${names.length} issues`, () => knownIssues(db, names, source)),

    recordEscalation: (escalation) =>
      attempt(`Could not keep the escalation "${escalation.id}"`, () => recordEscalation(db, escalation)),
    recordDecision: (decision) =>
      attempt(`Could not keep the decision on "${decision.escalation}"`, () => recordDecision(db, decision)),
    escalation: (id) => attempt(`Could not read the escalation "${id}"`, () => escalationOf(db, id)),
    escalations: (team) =>
      attempt(`Could not read the escalations of team "${team}"`, () => escalations(db, team)),
    decisions: (team) => attempt(`Could not read the decisions of team "${team}"`, () => decisions(db, team)),

    ping,
    [Symbol.asyncDispose]: close,
  };
}
