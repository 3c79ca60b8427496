import { mean, range, sum } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptedErrors, learned, newRecord, type OwnRecord } from '#forecast/adaptation.ts';
import { chanceBelow, errorAt, LEVELS } from '#forecast/error-curve.ts';
import { atLeast, cumulative } from '#forecast/model.ts';
import { type Prior, priorAt } from '#forecast/prior.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { ratesOf } from '#forecast/rates.ts';
import { replay } from '#forecast/replay.ts';
import { teamOutlook } from '#forecast/team-outlook.ts';
import { shareAbove } from '#statistics/scores.ts';
import { randomDaily, ratesFrom } from './series.ts';

const history = randomDaily('history', 900, 4);
const NO_RECORD: OwnRecord = [0, 0, 0];
const stubborn: Prior = { ...SHIPPED_PRIOR, learning: { rate: 0, caution: 0 } };

describe('a replay of past forecasts', () => {
  test('is made every 28 days after half a year, and knows an outcome once its last day has passed', () => {
    const { forecasts } = replay(history, 56, SHIPPED_PRIOR);
    expect(forecasts.map(({ asOf }) => asOf)).toEqual(range(182, 901, 28));
    for (const { asOf, outcome } of forecasts) {
      expect(outcome).toBe(asOf + 56 <= 900 ? sum(history.slice(asOf, asOf + 56)) : undefined);
    }
  });

  test('never looks ahead: whatever happens later, a forecast stays as it was', () => {
    const other = randomDaily('other', 900, 30);
    fc.assert(
      fc.property(fc.integer({ min: 182, max: 899 }), fc.constantFrom(14, 28, 84), (cut, days) => {
        const changed = [...history.slice(0, cut), ...other.slice(cut)];
        const madeBy = (daily: readonly number[]) =>
          replay(daily, days, SHIPPED_PRIOR)
            .forecasts.filter(({ asOf }) => asOf <= cut)
            .map(({ asOf, forecast }) => ({ asOf, forecast }));
        expect(madeBy(changed)).toEqual(madeBy(history));
        expect(madeBy(history.slice(0, cut))).toEqual(madeBy(history));
      }),
      { numRuns: 30 },
    );
  });

  test('says the same every time it is asked', () => {
    expect(JSON.stringify(replay(history, 56, SHIPPED_PRIOR))).toBe(
      JSON.stringify(replay(history, 56, SHIPPED_PRIOR)),
    );
  });

  test('leaves out the dates with too little history', () => {
    const paused = [...history.slice(0, 300), ...range(300).map(() => 0), ...history.slice(600)];
    const dates = replay(paused, 28, SHIPPED_PRIOR).forecasts.map(({ asOf }) => asOf);
    expect(dates).not.toContain(182 + 28 * 13);
    expect(dates).toContain(182);
    expect(dates.every((asOf) => !('kind' in ratesOf(paused.slice(0, asOf))))).toBe(true);
  });

  test('learns from what has ended only: the last forecasts of a series teach nothing yet', () => {
    const { record, forecasts } = replay(history, 84, SHIPPED_PRIOR);
    const ended = forecasts.filter(({ outcome }) => outcome !== undefined);
    const again = ended.reduce(
      (known, { forecast, outcome }) => learned(known, forecast, outcome ?? 0, SHIPPED_PRIOR.learning.rate),
      newRecord(SHIPPED_PRIOR.learning),
    );
    expect(record).toEqual(again);
    expect(ended.length).toBeLessThan(forecasts.length);
  });
});

describe('what a team learns from its own forecasts', () => {
  const made = teamOutlook(ratesFrom(history), 56, SHIPPED_PRIOR, { record: NO_RECORD });
  if ('kind' in made) throw new Error('the history is long enough');
  const { errors } = made;

  test('without a record nothing moves', () => {
    expect(adaptedErrors(errors, NO_RECORD)).toEqual(errors.map((error) => expect.closeTo(error, 9)));
  });

  test('a miss makes it more cautious by much, a hit bolder by little', () => {
    const missed = learned(NO_RECORD, made, 0, 0.5);
    const kept = learned(NO_RECORD, made, 1000, 0.5);
    // rate * (level - 1) and rate * level
    expect(missed).toEqual(LEVELS.slice(0, 3).map((level) => expect.closeTo(0.5 * (level - 1), 2)));
    expect(kept).toEqual(LEVELS.slice(0, 3).map((level) => expect.closeTo(0.5 * level, 9)));
    const rates = ratesFrom(history);
    const bound = (record: readonly number[]) => {
      const forecast = teamOutlook(rates, 56, SHIPPED_PRIOR, { record });
      return 'kind' in forecast ? undefined : atLeast(forecast, 0.85);
    };
    expect(bound(missed)).toBeLessThan(bound(NO_RECORD) ?? 0);
    expect(bound(kept)).toBeGreaterThanOrEqual(bound(NO_RECORD) ?? 0);
  });

  test('the curve stays ascending and its middle unmoved, whatever was learned', () => {
    const offset = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(fc.array(offset, { minLength: 3, maxLength: 3 }), (record) => {
        const adapted = adaptedErrors(errors, record);
        expect(adapted).toEqual(adapted.toSorted((a, b) => a - b));
        expect(adapted.slice(3)).toEqual(errors.slice(3));
        expect(adapted.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  test('a team that keeps slowing down comes closer to its 85 % than without learning', () => {
    // Every forecast is too hopeful: the pace falls by half a year after year.
    const declining = range(2000).flatMap((day) =>
      day % 7 < 5 ? [Math.round(20 * 0.5 ** (day / 250))] : [0],
    );
    const keptBy = (prior: Prior) =>
      mean(replay(declining, 84, prior).forecasts, ({ forecast, outcome }) =>
        outcome === undefined
          ? undefined
          : shareAbove(0.15, cumulative(forecast, outcome - 1), cumulative(forecast, outcome)),
      ) ?? 0;
    const [without, learning] = [keptBy(stubborn), keptBy(SHIPPED_PRIOR)];
    expect(Math.abs(learning - 0.85)).toBeLessThan(Math.abs(without - 0.85));
  });
});

describe('an error curve', () => {
  const curve = priorAt(SHIPPED_PRIOR, 56)?.errors ?? [];

  test('reads the same both ways between its ends', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), (level) => {
        expect(chanceBelow(curve, errorAt(curve, level))).toBeCloseTo(level, 7);
      }),
    );
  });

  test('rises all along and never reaches 0 or 1 within any error that occurs', () => {
    const chances = range(-8, 8, 0.1).map((error) => chanceBelow(curve, error));
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    expect(Math.min(...chances)).toBeGreaterThan(0);
    expect(Math.max(...chances)).toBeLessThan(1);
  });

  test('speaks of no chance beyond its evidence, nor is it one without nine values', () => {
    expect(() => errorAt(curve, 0.04)).toThrow(RangeError);
    expect(errorAt(curve, 1 - 0.95)).toBe(curve[0]);
    expect(() => chanceBelow([], 0)).toThrow(/9 values/);
  });
});
