import { mean, range } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthOf } from '#forecast/growth.ts';
import { cumulative } from '#forecast/model.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { chanceInterval, chancesOfDone, goalRate, needs, type ScopeModel } from '#forecast/scope-forecast.ts';
import { teamOutlook } from '#forecast/team-outlook.ts';
import { dailyFrom, ratesFrom } from './series.ts';

const five = ratesFrom(dailyFrom(range(26).map(() => 5)));
const pace = { rates: five, share: 1, finished: 130 };
const model = (open: number, more: Partial<ScopeModel> = {}): ScopeModel => ({
  open,
  undiscovered: [0],
  pace,
  prior: SHIPPED_PRIOR,
  ...more,
});

const weekly = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 4, maxLength: 26 });
const anyModel = fc
  .record({
    weeks: fc
      .array(fc.integer({ min: 0, max: 12 }), { minLength: 26, maxLength: 26 })
      .filter((weeks) => weeks.reduce((a, b) => a + b, 0) >= 10),
    open: fc.integer({ min: 0, max: 60 }),
    growth: weekly,
    hidden: fc.constantFrom([0], [1, 2, 8]),
    share: fc.constantFrom(0.05, 0.3, 1),
  })
  .map(({ weeks, open, growth, hidden, share }) =>
    model(open, {
      pace: { rates: ratesFrom(dailyFrom(weeks)), share, finished: 12 },
      growth: growthOf(growth),
      undiscovered: hidden,
    }),
  );

describe('the chance that a whole scope is done', () => {
  test('without growth is the best chance of that many items on any day until then', () => {
    const chances = chancesOfDone(model(20), 84);
    for (const days of [14, 28, 56, 84]) {
      const until = range(1, days + 1).map((day) => {
        const forecast = teamOutlook(five, day, SHIPPED_PRIOR);
        if ('kind' in forecast) throw new Error('within the prior');
        return 1 - cumulative(forecast, 19);
      });
      expect(chances[days - 1]).toBeCloseTo(Math.max(...until), 12);
    }
  });

  test('is a chance, and never falls with the days', () => {
    fc.assert(
      fc.property(anyModel, (some) => {
        const chances = chancesOfDone(some, 200);
        expect(chances).toHaveLength(200);
        chances.forEach((chance, i) => {
          expect(chance).toBeGreaterThanOrEqual(chances[i - 1] ?? 0);
          expect(chance).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('never rises with more that is open or yet to be found', () => {
    fc.assert(
      fc.property(anyModel, fc.integer({ min: 1, max: 20 }), (some, more) => {
        const chances = chancesOfDone(some, 84);
        for (const larger of [
          { ...some, open: some.open + more },
          { ...some, undiscovered: some.undiscovered.map((items) => items + more) },
        ]) {
          chancesOfDone(larger, 84).forEach((chance, i) =>
            expect(chance).toBeLessThanOrEqual((chances[i] ?? 0) + 1e-12),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  test('is less when the scope has grown, and more when it has shrunk', () => {
    const at = (growth?: readonly number[]) =>
      chancesOfDone(model(20, growth === undefined ? {} : { growth: growthOf(growth) }), 56)[55] ?? 0;
    const [grown, steady, shrunk] = [[2, 1, 2, 1, 2, 1, 2, 1], undefined, [-2, 0, -2, 0, -2, 0, -2, 0]].map(
      at,
    );
    expect(grown).toBeLessThan(steady ?? 0);
    expect(shrunk).toBeGreaterThan(steady ?? 0);
  });

  test('with nothing open and nothing to come is certain', () => {
    expect(chancesOfDone(model(0), 3)).toEqual([1, 1, 1]);
  });

  test('ends with the longest horizon that was ever checked', () => {
    expect(chancesOfDone(model(20), 1000)).toHaveLength(364);
  });

  test('has an interval of chances, wider the less is known of the pace', () => {
    fc.assert(
      fc.property(anyModel, (some) => {
        const { lower = Number.NaN, upper = Number.NaN } = chanceInterval(some, 56) ?? {};
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(upper);
      }),
      { numRuns: 30 },
    );
    const width = (finished: number) => {
      const { lower = 0, upper = 0 } = chanceInterval(model(20, { pace: { ...pace, finished } }), 28) ?? {};
      return upper - lower;
    };
    expect(width(5)).toBeGreaterThan(width(130) + 0.1);
  });

  test('counts what is needed: open, to be found, and grown', () => {
    const growing = model(20, { growth: growthOf([2, 1, 3, 2, 2, 1, 3, 2]) });
    // Two a week, between whole weeks too.
    for (const days of [3, 28, 31]) expect(mean(needs(growing)(days))).toBeCloseTo(20 + (2 * days) / 7, 6);
    expect(needs(model(20, { undiscovered: [1, 3] }))(28)).toEqual([21, 23]);
    const { value, lower, upper } = goalRate({ ...pace, share: 0.5 });
    expect(value).toBeCloseTo(2.5, 9);
    expect(lower).toBeLessThan(2.5);
    expect(upper).toBeGreaterThan(2.5);
  });
});
