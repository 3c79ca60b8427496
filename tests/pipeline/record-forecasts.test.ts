import { range, sum } from 'd3-array';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { teamForecast } from '#forecast/team-forecast.ts';
import { NothingSyncedError, storedView } from '#pipeline/assess-team.ts';
import { recordForecasts } from '#pipeline/record-forecasts.ts';
import { trackRecords } from '#pipeline/track-record.ts';
import type { Store } from '#store/store.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { day } from '#tests/http/site.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

const START = Date.UTC(2025, 0, 6, 9);
const payments = team();

/** One finished every second day; every tenth is reopened 40 days later. */
const issues: readonly Issue[] = range(200).map((i) =>
  issue(`PAY-${i + 1}`, i % 10 === 0 ? 'In Progress 2d → Done 40d → In Progress' : 'In Progress 2d → Done', {
    from: new Date(START + 2 * i * MS_PER_DAY).toISOString(),
  }),
);

describe('forecasts that are kept', () => {
  let database: TemporaryDatabase;
  let store: Store;
  /** The sync of a day: what is known at noon of it. */
  const readAt = async (text: string) => {
    const noon = endOf(day(text), 'UTC') - MS_PER_DAY / 2;
    await store.finishSync('acme', noon, noon);
    return noon;
  };
  const kept = () => store.forecasts({ team: payments.id });

  beforeAll(async () => {
    database = await temporaryDatabase();
    store = await database.open();
    const { reference } = history(issues);
    await store.saveReference(reference, Date.now());
    await store.saveBatch('acme', issues);
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  test('a team that was never read promises nothing', async () => {
    await expect(recordForecasts(store, payments, 0)).rejects.toBeInstanceOf(NothingSyncedError);
    expect(await kept()).toEqual([]);
    const { teams, overall } = await trackRecords(store).ofAll([payments]);
    expect(teams[0]).toMatchObject({ team: 'payments', awaited: 0 });
    expect(overall.replayed.map(({ resolved }) => resolved)).toEqual([0, 0, 0]);
  });

  test('are those of the report of the day, told once', async () => {
    const noon = await readAt('2025-10-01');
    await recordForecasts(store, payments, noon);
    await recordForecasts(store, payments, noon + 5);
    const told = await kept();
    expect(told.map(({ asOf, horizonDays, publishedAt }) => [asOf, horizonDays, publishedAt])).toEqual(
      [28, 56, 84].map((days) => ['2025-10-01', days, noon]),
    );
    const { howMany } = teamForecast(await storedView(store, payments));
    expect(told.map(({ quantiles }) => quantiles.find(({ chance }) => chance === 0.85)?.items)).toEqual(
      howMany.map(({ atLeast85 }) => (atLeast85.kind === 'value' ? atLeast85.value : undefined)),
    );
    expect(told.every(({ outcome }) => outcome === undefined)).toBe(true);
  });

  test('wait until their last day has been read to its end', async () => {
    // 28 days after 1 October is 29 October: at its noon the day is not over.
    await recordForecasts(store, payments, await readAt('2025-10-29'));
    expect((await kept()).filter(({ outcome }) => outcome !== undefined)).toEqual([]);
    const noon = await readAt('2025-10-30');
    await recordForecasts(store, payments, noon);
    const resolved = (await kept()).filter(({ outcome }) => outcome !== undefined);
    expect(resolved.map(({ asOf, horizonDays, resolvedAt }) => [asOf, horizonDays, resolvedAt])).toEqual([
      ['2025-10-01', 28, noon],
    ]);
  });

  test('are resolved by what was known at the end of their last day, however late that is done', async () => {
    await recordForecasts(store, payments, await readAt('2026-03-01'));
    const view = await storedView(store, payments);
    // Finished from 2 to 29 October, counting those that were reopened in November.
    const [from, to] = [day('2025-10-01'), day('2025-10-29')].map((on) => endOf(on, 'UTC'));
    const finished = view.items.filter(({ stays }) =>
      stays.some(({ stage, from: at }) => stage === 'done' && at >= (from ?? 0) && at < (to ?? 0)),
    );
    const [first] = await kept();
    expect(first?.outcome).toBe(finished.length);
    expect(finished.some(({ stage }) => stage === 'active')).toBe(true);
    expect(await store.unresolvedForecasts(payments.id, plusDays(day('2026-03-01'), -1))).toEqual([]);
  });

  test('make a record of their own beside the replayed one', async () => {
    const { teams, overall } = await trackRecords(store).ofAll([payments]);
    const [record] = teams;
    // Told on 1, 29 and 30 October and 1 March: 28 days on, the first two of them do not overlap.
    expect(record?.published.map(({ horizonDays, resolved }) => [horizonDays, resolved])).toEqual([
      [28, 2],
      [56, 1],
      [84, 1],
    ]);
    expect(record?.awaited).toBe(3);
    expect(record?.published[0]?.pit).toHaveLength(2);
    // Forecasts from July 2025 to the end of January 2026, 28 days apart.
    expect(record?.replayed[0]?.resolved).toBeGreaterThan(6);
    expect(sum(overall.published, ({ resolved }) => resolved)).toBe(4);
    expect(overall.replayed).toEqual(record?.replayed);
  });
});
