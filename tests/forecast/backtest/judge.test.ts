import { range, sum } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import { type Judged, judge } from '#forecast/backtest/judge.ts';
import { bulkDays, type PastForecast, pastForecasts } from '#forecast/backtest/past-forecast.ts';
import { scoresOf } from '#forecast/backtest/scores.ts';
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

describe('the scores of a method', () => {
  const sample = (project: string, kept: readonly number[]): readonly Judged[] =>
    kept.map((kept85) => ({
      project,
      asOf: from,
      days: 28,
      method: 'ours',
      atLeast85: 5,
      low90: 3,
      high90: 20,
      actual: 10,
      milestones: [{ items: 9, probability: 0.8, happened: true }],
      kept85,
      kept90: 1,
      pinball: 0.25,
    }));

  test('average within projects first, so that a long history is still one witness', () => {
    const long = sample('long', [...range(9).map(() => 1), 0]);
    const short = sample('short', [0, 1]);
    const [scores] = scoresOf([...long, ...short]);
    // (0.9 + 0.5) / 2, and of the two only the long one lies within 75 to 95 %.
    expect(scores).toMatchObject({ projects: 2, forecasts: 12, projectsInside: 0.5 });
    expect(scores?.coverage85.value).toBeCloseTo(0.7, 9);
    // Draws of two projects average 0.5, 0.7 or 0.9; each end has a quarter of the draws.
    expect(scores?.coverage85.interval90).toEqual([expect.closeTo(0.5, 9), expect.closeTo(0.9, 9)]);
    // Every claim said 0.8 and happened.
    expect(scores?.brier.value).toBeCloseTo(0.04, 9);
    expect(scores?.calibrationError).toBeCloseTo(0.2, 9);
  });

  test('of a single project vary by its dates, and say nothing about other projects', () => {
    const [scores] = scoresOf(sample('only', [...range(17).map(() => 1), 0, 0, 0]));
    expect(scores?.coverage85.value).toBeCloseTo(0.85, 9);
    const [lower = 1, upper = 0] = scores?.coverage85.interval90 ?? [];
    // Standard error sqrt(0.85 * 0.15 / 20) = 0.08, so about 0.72 to 0.98.
    expect(lower).toBeCloseTo(0.7, 1);
    expect(upper).toBeCloseTo(0.95, 1);
    expect(scores).not.toHaveProperty('projectsInside');
  });

  test('have no interval for a single forecast, and there are none without forecasts', () => {
    expect(scoresOf(sample('one', [1]))[0]?.coverage85).toEqual({ value: 1 });
    expect(scoresOf([])).toEqual([]);
  });

  test('are the same every time', () => {
    const judged = random.flatMap(judge);
    expect(JSON.stringify(scoresOf(judged))).toBe(JSON.stringify(scoresOf(judged)));
  });
});
