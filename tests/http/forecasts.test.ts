import { range } from 'd3-array';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plusDays } from '#domain/calendar.ts';
import type { Server } from '#http/dependencies.ts';
import type { Store } from '#store/store.ts';
import { issue } from '#tests/builders/timeline.ts';
import { COMPLETE_AS_OF, day, openSite, type Site } from './site.ts';

const HOUR = 3_600_000;
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

describe('the record of one team', () => {
  test('comes alone, without one of all', async () => {
    const whole = (await server.inject(RECORD)).json();
    const one = await server.inject(`${RECORD}?team=payments`);
    expect(one.statusCode).toBe(200);
    expect(one.json()).toEqual({ teams: [whole.teams[0]] });
  });

  test('of a team that is not there says which there are; other questions are not understood', async () => {
    const nobody = await server.inject(`${RECORD}?team=nobody`);
    expect(nobody.statusCode).toBe(404);
    expect(nobody.json().error).toMatchObject({
      code: 'UNKNOWN_TEAM',
      message: expect.stringContaining('payments, platform'),
    });
    expect((await server.inject(`${RECORD}?squad=payments`)).statusCode).toBe(400);
  });
});

test('whoever asks at the same time shares one replay; it is made anew once more was read', async () => {
  let read = 0;
  // The real store, with its readings of issues counted.
  const store: Store = new Proxy(site.store, {
    get(target, name) {
      if (name === 'readIssues') read += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await using other = await site.serve({ store });
  const ask = async () => (await other.inject(`${RECORD}?team=payments`)).json();
  const [first, ...same] = await Promise.all(range(8).map(ask));
  expect(read).toBe(1);
  for (const answer of same) expect(answer).toEqual(first);
  expect(await ask()).toEqual(first);
  expect(read).toBe(1);

  // Two years of an item every other day: enough for the forecasts of many Mondays.
  const long = range(365).map((i) =>
    issue(`PAY-${1000 + i}`, 'In Progress 1d → Done', { from: plusDays(day('2024-03-01'), 2 * i) }),
  );
  await site.store.saveBatch('acme', long);
  await site.store.finishSync('acme', COMPLETE_AS_OF + HOUR, COMPLETE_AS_OF + HOUR);
  const later = await ask();
  expect(read).toBe(2);
  expect(first.teams[0].replayed[0].resolved).toBe(0);
  expect(later.teams[0].replayed[0].resolved).toBeGreaterThan(15);
});
