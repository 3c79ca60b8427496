import { range, sum } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay, plusDays } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import { differences } from '#forecast/backtest/differences.ts';
import { keptElsewhere } from '#forecast/backtest/elsewhere.ts';
import { type Judged, judge } from '#forecast/backtest/judge.ts';
import { METHODS, type Method } from '#forecast/backtest/methods.ts';
import { bulkDays, type PastForecast, pastForecasts } from '#forecast/backtest/past-forecast.ts';
import { scoresOf } from '#forecast/backtest/scores.ts';
import { tooFewApart } from '#forecast/backtest/witnesses.ts';
import { atLeast, atMost } from '#forecast/model.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { randomDaily } from '../series.ts';

const from = parseDay('2024-01-01') as CalendarDay;
const series = (project: string, daily: readonly number[]) => ({ project, from, daily });
const history = randomDaily('judged', 900, 4);
const random = pastForecasts(series('random', history), 28, SHIPPED_PRIOR);

function by(judged: readonly Judged[], method: string): Judged {
  const found = judged.find((one) => one.method === method);
  if (found === undefined) throw new Error(`${method} is not among the methods`);
  return found;
}

describe('past forecasts of bare completions', () => {
  test('are made every 28 days from half a year on, while their outcome lies within the series', () => {
    // 182 days of history end on 30 June 2024. The last: 182 + 28 * 24 + 28 = 882 of 900 days.
    expect(random.map(({ asOf }) => asOf).slice(0, 2)).toEqual(['2024-06-30', '2024-07-28']);
    expect(random).toHaveLength(25);
    random.forEach(({ history: known, actual }, i) => {
      expect(known).toHaveLength(182 + 28 * i);
      expect(actual).toBe(sum(history.slice(182 + 28 * i, 210 + 28 * i)));
    });
  });

  test('stay as they were when the future changes', () => {
    const cut = 182 + 28 * 10 + 28;
    const changed = [...history.slice(0, cut), ...randomDaily('another', 900 - cut, 30)];
    const again = pastForecasts(series('random', changed), 28, SHIPPED_PRIOR);
    expect(again.slice(0, 11).flatMap(judge)).toEqual(random.slice(0, 11).flatMap(judge));
    expect(again[12]?.actual).not.toBe(random[12]?.actual);
  });

  test('a mass closure is cut down in what is forecast from, and in what came of it only when asked for', () => {
    const bulk = series(
      'bulk',
      history.map((done, day) => (day === 400 ? 500 : done)),
    );
    expect(bulkDays(bulk)).toBe(1);
    const made = (kind: 'counted' | 'capped') => {
      const all = pastForecasts(bulk, 28, SHIPPED_PRIOR, kind);
      // Days 378 (= 182 + 28 * 7) to 405 hold it; the forecast after them has it in its past.
      return { holding: all[7], after: all[8] };
    };
    const usual = sum(history.slice(378, 406)) - (history[400] ?? 0);
    expect(made('counted').holding?.actual).toBe(usual + 500);
    // Never more than 12 on a day, since three times the usual maximum of 4 is no more.
    expect(made('capped').holding?.actual).toBe(usual + 12);
    expect(made('counted').after?.history[400]).toBe(12);
  });
});

describe('a judged forecast', () => {
  test('of a team that finishes one item each day is certain for those who repeat the past', () => {
    const [first] = pastForecasts(
      series(
        'even',
        range(400).map(() => 1),
      ),
      28,
      SHIPPED_PRIOR,
    );
    const judged = judge(first as PastForecast);
    for (const method of ['classic_daily_90', 'classic_weekly_12', 'constant_rate', 'same_as_last']) {
      expect(by(judged, method)).toMatchObject({ atLeast85: 28, low90: 28, high90: 28, actual: 28 });
      // 0.6, 0.8, 1, 1.2 and 1.4 times 28.
      expect(by(judged, method).milestones).toEqual([
        { items: 17, probability: 1, happened: true },
        { items: 22, probability: 1, happened: true },
        { items: 28, probability: 1, happened: true },
        { items: 34, probability: expect.closeTo(0, 9), happened: false },
        { items: 39, probability: expect.closeTo(0, 9), happened: false },
      ]);
      expect(by(judged, method).pinball).toBe(0);
    }
    const ours = by(judged, 'ours');
    expect(ours.atLeast85).toBeLessThan(28);
    expect(ours.high90).toBeGreaterThan(28);
    expect(ours.milestones.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
  });

  test('reads the same bounds from the distribution as the model gives', () => {
    for (const past of random) {
      const { atLeast85, low90, high90 } = by(judge(past), 'ours');
      expect([atLeast85, low90, high90]).toEqual([
        atLeast(past.ours, 0.85),
        atLeast(past.ours, 0.95),
        atMost(past.ours, 0.95),
      ]);
    }
  });

  test('has every milestone once, however little is expected', () => {
    const rare = range(600).map((day) => (day % 14 === 0 ? 1 : 0));
    const judged = pastForecasts(series('rare', rare), 14, SHIPPED_PRIOR).flatMap(judge);
    expect(judged.length).toBeGreaterThan(50);
    for (const { milestones } of judged) {
      const sizes = milestones.map(({ items }) => items);
      expect(sizes).toEqual([...new Set(sizes)]);
      expect(sizes.every((items) => items >= 1)).toBe(true);
    }
  });
});

/** Forecasts of a project, apart, that kept their 85 % so far; each milestone was given 0.8 and reached. */
function sample(project: string, kept: readonly number[]): readonly Judged[] {
  return kept.map((kept85, i) => ({
    project,
    asOf: plusDays(from, 28 * i),
    days: 28,
    method: 'ours',
    atLeast85: 5,
    low90: 3,
    high90: 20,
    actual: 10,
    milestones: [{ items: 9, probability: 0.8, happened: true }],
    kept50: 0.5,
    kept85,
    kept95: 1,
    kept90: 1,
    place: [(i % 10) / 10, (i % 10) / 10 + 0.1],
    pinball: 0.25,
    crps: 0.5,
    width80: 1 + (i % 3),
  }));
}

/** So many forecasts that were kept. */
const kept = (count: number) => range(count).map(() => 1);

describe('the scores of a method', () => {
  test('average within projects first, so that a long history is still one witness', () => {
    const long = sample('long', [...kept(18), 0, 0]);
    const short = sample('short', [0, 1]);
    const [scores] = scoresOf([...long, ...short]);
    // (0.9 + 0.5) / 2, and of the two only the long one lies within 75 to 95 %.
    expect(scores).toMatchObject({ projects: 2, forecasts: 22, apart: 22, projectsInside: 0.5 });
    expect(scores?.coverage85).toMatchObject({
      kind: 'value',
      value: expect.closeTo(0.7, 9),
      n: 22,
      unit: 'share',
      window: { from, to: plusDays(from, 20 * 28) },
    });
    // Every claim said 0.8 and happened: 0.2^2, -ln 0.8 and 0.2.
    expect(scores).toMatchObject({
      brier: { value: expect.closeTo(0.04, 9) },
      logScore: { value: expect.closeTo(0.2231, 4) },
      calibrationError: { value: expect.closeTo(0.2, 9), interval90: [null, null] },
      reliability: [{ claims: 22, said: expect.closeTo(0.8, 9), happened: expect.closeTo(1, 9) }],
      coverage50: { value: 0.5 },
      coverage95: { value: 1 },
      crps: { value: 0.5 },
    });
    // Medians of 1, 2, 3, 1, …: 2 of the long one, 1.5 of the short one.
    expect(scores?.width80).toMatchObject({ value: 1.75 });
  });

  test('vary with the projects when these are many', () => {
    // Twenty projects, half of which keep everything and half nothing: standard error sqrt(0.25 / 20) = 0.112.
    const many = range(20).flatMap((i) =>
      sample(
        `p${i}`,
        range(10).map(() => i % 2),
      ),
    );
    const [lower, upper] = ends(scoresOf(many)[0]?.coverage85);
    expect(Math.abs(lower - (0.5 - 1.645 * 0.112))).toBeLessThan(0.06);
    expect(Math.abs(upper - (0.5 + 1.645 * 0.112))).toBeLessThan(0.06);
  });

  test('of a single project vary by stretches of one horizon, and say nothing about other projects', () => {
    const apart = sample(
      'only',
      range(40).map((i) => (i % 20 < 17 ? 1 : 0)),
    );
    const [scores] = scoresOf(apart);
    expect(scores?.coverage85).toMatchObject({ value: expect.closeTo(0.85, 9) });
    // Standard error sqrt(0.85 * 0.15 / 40) = 0.056, so about 0.76 to 0.94.
    const [lower, upper] = ends(scores?.coverage85);
    expect(Math.abs(lower - 0.76)).toBeLessThan(0.03);
    expect(Math.abs(upper - 0.94)).toBeLessThan(0.03);
    expect(scores).not.toHaveProperty('projectsInside');
    // Told four times over, a day apart, they are no more witnesses and no surer.
    const repeated = apart.flatMap((one) => range(4).map((i) => ({ ...one, asOf: plusDays(one.asOf, i) })));
    const [again] = scoresOf(repeated);
    expect(again?.apart).toBe(40);
    const [low, high] = ends(again?.coverage85);
    expect(Math.abs((high - low) / (upper - lower) - 1)).toBeLessThan(0.15);
  });

  test('are not told below 20 forecasts that do not overlap, and there are none without forecasts', () => {
    expect(scoresOf(sample('few', kept(19)))[0]?.coverage85).toEqual({
      kind: 'insufficient',
      have: 19,
      need: 20,
      what: 'past forecasts that do not overlap',
    });
    expect(scoresOf([])).toEqual([]);
  });

  test('say how evenly outcomes fell into what was said', () => {
    const [even] = scoresOf(sample('even', kept(60)));
    expect(even?.pit).toEqual(range(10).map(() => 6));
    expect(even?.pitChance).toBe(1);
    const sure = sample('odd', kept(60)).map((one) => ({ ...one, place: [0.91, 0.99] as const }));
    const [odd] = scoresOf(sure);
    expect(odd?.pit).toEqual([...range(9).map(() => 0), 60]);
    expect(odd?.pitChance).toBeCloseTo(0, 9);
    expect(scoresOf(sample('few', kept(30)))[0]?.pitChance).toMatchObject({ have: 30, need: 50 });
  });

  test('are the same every time', () => {
    const judged = random.flatMap(judge);
    expect(JSON.stringify(scoresOf(judged))).toBe(JSON.stringify(scoresOf(judged)));
  });
});

describe('two methods', () => {
  test('are compared on the dates both have, within projects first', () => {
    const ours = [...sample('a', kept(20)), ...sample('b', kept(20))];
    const theirs = ours
      .slice(0, 30)
      .map((one) => ({ ...one, pinball: one.project === 'a' ? 0.75 : 0.35, crps: 0.25 }));
    const found = differences(ours, theirs);
    if ('kind' in found) throw new Error('not told');
    const { pinball, crps, brier } = found;
    // 0.25 - 0.75 for one project and 0.25 - 0.35 for the other.
    expect(pinball.value).toBeCloseTo(-0.3, 9);
    expect(pinball.interval95).toEqual([expect.closeTo(-0.5, 9), expect.closeTo(-0.1, 9)]);
    expect(crps.value).toBeCloseTo(0.25, 9);
    expect(brier.value).toBe(0);
    expect(differences(sample('only', kept(20)), sample('only', kept(20)))).toMatchObject({
      pinball: { value: 0 },
    });
  });

  test('are not compared below the number of forecasts that their scores need', () => {
    expect(differences(sample('few', kept(19)), sample('few', kept(40)))).toEqual(tooFewApart(19));
    const everyWeek = sample('overlapping', kept(40)).map((one, i) => ({
      ...one,
      asOf: plusDays(from, 7 * i),
    }));
    expect(differences(everyWeek, everyWeek)).toEqual(tooFewApart(10));
  });
});

describe('what a method was worth elsewhere', () => {
  test('stands for ours and every form of the classic simulation, at the measured horizon that is nearest', () => {
    for (const method of Object.keys(METHODS) as Method[]) {
      const found = keptElsewhere(SHIPPED_PRIOR, method, 30);
      const isMeasured = method === 'ours' || method.startsWith('classic_');
      expect(found?.days).toBe(isMeasured ? 28 : undefined);
      expect(found === undefined || found.interval.lower < found.coverage85).toBe(true);
    }
    expect(keptElsewhere(SHIPPED_PRIOR, 'classic_daily_90', 40)?.days).toBe(42);
  });
});

function ends(measurement: Measurement | undefined): readonly [number, number] {
  if (measurement?.kind !== 'value') throw new Error('not told');
  const [lower, upper] = measurement.interval90;
  if (lower === null || upper === null) throw new Error('without an interval');
  return [lower, upper];
}
