import { range } from 'd3-array';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plusDays } from '#domain/calendar.ts';
import type { Server } from '#http/dependencies.ts';
import { day, openSite, type Site } from './site.ts';

const RECORD = '/api/v1/forecasts/track-record';

let site: Site;
let server: Server;

beforeAll(async () => {
  site = await openSite();
  server = await site.serve();
});
afterAll(async () => {
  await server.close();
  await site[Symbol.asyncDispose]();
});

test('without a past there are two empty records for each team, and no number', async () => {
  const answer = await server.inject(RECORD);
  expect(answer.statusCode).toBe(200);
  const { overall, teams } = answer.json();
  // One team whose history is too short, and one whose source was never read.
  expect(teams.map(({ team, name, awaited }: Record<string, unknown>) => [team, name, awaited])).toEqual([
    ['payments', 'Payments', 0],
    ['platform', 'Platform', 0],
  ]);
  const empty = [28, 56, 84].map((horizonDays) =>
    expect.objectContaining({
      horizonDays,
      verdict: 'insufficient',
      resolved: 0,
      coverage85: { kind: 'insufficient', have: 0, need: 20, what: 'past forecasts that do not overlap' },
      pit: [],
    }),
  );
  expect(overall).toEqual({ published: empty, replayed: empty });
});

test('published forecasts are judged once their outcome is known, of a team and of all', async () => {
  const first = day('2024-01-07');
  const made = range(24).map((i) => ({
    team: 'payments',
    asOf: plusDays(first, 28 * i),
    horizonDays: 28,
    method: 'drift',
    publishedAt: 0,
    quantiles: [{ chance: 0.85, items: 15 }],
    probabilities: range(100).map((items) => ({ items, atMost: (items + 1) / 100 })),
  }));
  await site.store.recordForecasts(made);
  // The last one is still to come; 18 of the 23 before it brought 60 items, the others 5.
  for (const [i, forecast] of made.slice(0, 23).entries()) {
    await site.store.resolveForecast(forecast, i < 18 ? 60 : 5, 1);
  }
  const { overall, teams } = (await server.inject(RECORD)).json();
  expect(teams[0]).toMatchObject({ team: 'payments', awaited: 1 });
  expect(teams[0].published[0]).toMatchObject({
    horizonDays: 28,
    verdict: 'consistent',
    resolved: 23,
    coverage85: { kind: 'value', value: 18 / 23, n: 23, unit: 'share' },
    brier: { kind: 'value', n: 23 },
    range95: [expect.closeTo(0.563, 3), expect.closeTo(0.925, 3)],
  });
  expect(teams[0].published[0].pit).toHaveLength(23);
  expect(overall.published).toEqual(teams[0].published);
  expect(teams[0].replayed[0]).toMatchObject({ resolved: 0 });
  expect((await server.inject(RECORD)).json()).toEqual({ overall, teams });
});
