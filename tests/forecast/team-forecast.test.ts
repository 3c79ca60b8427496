import { range, sum } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, endOf, MS_PER_DAY, plusDays } from '#domain/calendar.ts';
import { earlierView, teamView } from '#domain/team-view.ts';
import { completionsPerDay } from '#forecast/completions.ts';
import { knownCompletions } from '#forecast/known-completions.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { horizonForecasts, teamForecast } from '#forecast/team-forecast.ts';
import { teamReplays } from '#forecast/team-replay.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import { BIRTH, copyAt, LIFETIME, livesOf } from '#tests/builders/arbitrary.ts';
import { history, team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const START = Date.UTC(2023, 0, 2, 9);

/** Three a week for so many weeks, at odd hours; one in ten comes back a week later and is finished again. */
function steadyWork(weeks: number, seed = 'steady') {
  const random = seededRandom(seed);
  return range(3 * weeks).map((i) => {
    const comesBack = integer(random, 0, 9) === 0;
    return issue(
      `PAY-${i + 1}`,
      comesBack
        ? 'To Do 1d → In Progress 4d → Done 7d → In Progress 2d → Done'
        : 'To Do 1d → In Progress 4d → Done',
      { from: new Date(START + integer(random, 0, weeks * 7 * 24) * (MS_PER_DAY / 24)).toISOString() },
    );
  });
}

const WEEKS = 150;
const issues = steadyWork(WEEKS);
const berlin = team({ timezone: 'Europe/Berlin' });
const today = dayOf(START + WEEKS * 7 * MS_PER_DAY, 'UTC');
const whole = view(berlin, today, issues);
const replaysOf = (of: typeof whole) => teamReplays(of, knownCompletions(of), [28, 84], SHIPPED_PRIOR);

describe('the forecasts a team would have got', () => {
  const replays = replaysOf(whole);

  test('are made every Monday at 00:00, from half a year of history on, whatever day is asked', () => {
    const days = replays[0]?.forecasts.map(({ asOf }) => asOf) ?? [];
    // The first after 26 whole weeks, and one for every week from there to the last.
    expect(days.length).toBe(WEEKS - 26 + 1);
    // The end of a Sunday.
    expect(new Set(days.map((day) => new Date(day).getUTCDay()))).toEqual(new Set([0]));
    const earlier = replaysOf(earlierView(whole, plusDays(today, -3)));
    expect(earlier[0]?.forecasts.map(({ asOf }) => asOf)).toEqual(
      days.filter((day) => day <= plusDays(today, -3)),
    );
  });

  test('are resolved by what was known at the end of their last day', () => {
    for (const { days, forecasts } of replays) {
      for (const { asOf, outcome } of forecasts.filter((_, i) => i % 20 === 0)) {
        const end = plusDays(asOf, days);
        const expected =
          end > today ? undefined : sum(completionsPerDay(earlierView(whole, end), plusDays(asOf, 1)));
        expect(outcome).toBe(expected);
      }
    }
  });

  test('never look ahead: each is the last one that its own day gives', () => {
    for (const asOf of replays[0]?.forecasts.map((made) => made.asOf).filter((_, i) => i % 25 === 0) ?? []) {
      const then = replaysOf(earlierView(whole, asOf));
      replays.forEach(({ forecasts }, i) => {
        const made = forecasts.find((one) => one.asOf === asOf);
        expect(then[i]?.forecasts.at(-1)?.forecast).toEqual(made?.forecast);
      });
    }
  });

  test('are the ones that are told: on a Monday the forecast of the day is the last of the replay', () => {
    const sunday = replays[0]?.forecasts.at(-1)?.asOf ?? today;
    const [told] = horizonForecasts(earlierView(whole, sunday));
    expect(told?.outlook).toEqual(replays[0]?.forecasts.at(-1)?.forecast);
  });

  test('teach a team whose pace breaks off to promise less', () => {
    // Ten a week for two years, then one a week for ten weeks: the last forecasts were far too hopeful.
    const broken = range(104 * 10 + 10).map((i) =>
      issue(`PAY-${i + 1}`, 'In Progress 1d → Done', {
        from: new Date(START + 7 * MS_PER_DAY * (i < 1040 ? i / 10 : 104 + i - 1040)).toISOString(),
      }),
    );
    const recordAfter = (weeks: number) =>
      replaysOf(view(team(), dayOf(START + 7 * weeks * MS_PER_DAY, 'UTC'), broken))[0]?.record[2] ?? 0;
    expect(recordAfter(114)).toBeLessThan(recordAfter(104));
  });
});

describe('the forecast for a team', () => {
  const forecast = teamForecast(whole);

  test('is told for 4, 8 and 12 weeks, with less promised the surer it is', () => {
    expect(forecast.howMany.map(({ horizonDays, until }) => [horizonDays, until])).toEqual([
      [28, plusDays(today, 28)],
      [56, plusDays(today, 56)],
      [84, plusDays(today, 84)],
    ]);
    for (const { atLeast85, atLeast50, atLeast15 } of forecast.howMany) {
      if (atLeast85.kind !== 'value' || atLeast50.kind !== 'value' || atLeast15.kind !== 'value') {
        throw new Error('three years are enough');
      }
      const [low, high] = atLeast85.interval90;
      const ordered = [low, atLeast85.value, atLeast50.value, atLeast15.value, high];
      expect(ordered).toEqual(ordered.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
      expect(low).toBeLessThan(high ?? 0);
    }
    // Three a week.
    expect(forecast.howMany[0]?.atLeast50).toMatchObject({
      value: expect.toSatisfy((n) => n >= 8 && n <= 16),
    });
  });

  test('carries how often such forecasts came true, for every horizon', () => {
    expect(forecast.calibration).toEqual(forecast.howMany[0]?.calibration);
    // 125 Mondays: the first and every fourth after it whose 28 days are over, so the first 121; then every 8th and 12th.
    expect(forecast.howMany.map(({ calibration }) => calibration.resolved)).toEqual([31, 15, 10]);
    expect(forecast.howMany.map(({ calibration }) => calibration.verdict)).toEqual([
      expect.stringMatching(/consistent|confident/),
      'insufficient',
      'insufficient',
    ]);
    expect(forecast.calibration.coverage85).toMatchObject({ kind: 'value', n: 31 });
  });

  test('says when the next so many are finished, later the surer it is', () => {
    expect(forecast.when.map(({ items }) => items)).toEqual([10, 25, 50]);
    for (const { within50, within85 } of forecast.when) {
      if (within50.kind !== 'value' || within85.kind !== 'value') throw new Error('well within a year');
      expect(within50.value).toBeLessThan(within85.value);
      expect(within50.interval90[0]).toBeLessThan(within50.value);
    }
  });

  test('is the same bytes when asked twice, and unchanged by what comes later', () => {
    const day = plusDays(today, -200);
    const asked = () => JSON.stringify(teamForecast(earlierView(whole, day)));
    expect(asked()).toBe(asked());
    expect(JSON.stringify(teamForecast(view(berlin, day, issues)))).toBe(asked());
  });

  test('knows nothing of what came later, in fuzzed histories', () => {
    let told = 0;
    fc.assert(
      fc.property(livesOf(120), fc.integer({ min: 200, max: 260 }), (lives, age) => {
        const day = dayOf(BIRTH + age * MS_PER_DAY, berlin.timezone);
        const forecastFrom = (moment: number) => {
          const known = lives.map((life) => copyAt(life, moment)).filter((copy) => copy !== undefined);
          return teamForecast(teamView(berlin, day, [history(known, { source: 'acme' })]));
        };
        const then = forecastFrom(endOf(day, berlin.timezone));
        if (then.howMany[0]?.atLeast85.kind === 'value') told += 1;
        expect(forecastFrom(BIRTH + 3 * LIFETIME)).toEqual(then);
      }),
      { numRuns: 15, seed: 2 },
    );
    expect(told).toBeGreaterThan(5);
  });

  test('of a young team says how much history is missing, and that nothing is known of its worth', () => {
    const young = teamForecast(view(team(), '2023-02-05', steadyWork(4)));
    expect(young.howMany[0]?.atLeast85).toEqual({
      kind: 'insufficient',
      have: 4,
      need: 6,
      what: 'weeks of history',
    });
    expect(young.when).toEqual([]);
    expect(young.calibration).toMatchObject({ verdict: 'insufficient', resolved: 0 });
    expect(teamForecast(view(team(), '2023-02-05', [])).howMany[0]?.atLeast85.kind).toBe('insufficient');
  });
});
