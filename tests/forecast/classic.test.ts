import { range, sum } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constantRate, gammaPoisson, sameAsLast } from '#forecast/baselines.ts';
import { classicForecast } from '#forecast/classic.ts';
import { sumOfDraws, type Tally, tallyAtLeast, tallyChance, tallyUpTo } from '#forecast/tally.ts';
import { hasExamples, worked } from './examples.ts';

const mean = ({ from, step = 1, chances }: Tally) => sum(chances, (chance, i) => chance * (from + i * step));
const variance = (tally: Tally) => {
  const { from, step = 1, chances } = tally;
  const centre = mean(tally);
  return sum(chances, (chance, i) => chance * (from + i * step - centre) ** 2);
};

describe('sums of draws', () => {
  test('three weeks of 1, 2 or 3 items make 6 with a chance of 17 in 27 (WX-FC-4)', () => {
    const sums = sumOfDraws([1, 2, 3], 3);
    expect(tallyChance(sums, 6)).toBeCloseTo(17 / 27, 12);
    // Half as much again: 1.5 times the sum reaches 6 from 4 on; four fifths of it from 8 on.
    expect(tallyChance(sums, Math.ceil(6 / 1.5))).toBeCloseTo(26 / 27, 12);
    expect(tallyChance(sums, Math.ceil(6 / 0.8))).toBeCloseTo(4 / 27, 12);
  });

  test('weeks of 0 or 2 items make 4 within 2, 3, 4, 5 weeks with .25, .5, .6875, .8125 (WX-FC-5)', () => {
    expect([2, 3, 4, 5].map((weeks) => tallyChance(sumOfDraws([0, 2], weeks), 4))).toEqual(
      [0.25, 0.5, 0.6875, 0.8125].map((chance) => expect.closeTo(chance, 12)),
    );
  });

  test.skipIf(!hasExamples)(
    'agree with the reference file (skipped where it is not beside the project)',
    () => {
      const capacity = worked('WX-FC-4');
      const sums = sumOfDraws(capacity.input.history, capacity.input.weeks);
      expect(
        capacity.input.scale.map((scale) => tallyChance(sums, Math.ceil(capacity.input.N / scale))),
      ).toEqual(capacity.expected.P.map((chance) => expect.closeTo(chance, 12)));
      const when = worked('WX-FC-5');
      expect(
        when.input.weeks.map((weeks) => tallyChance(sumOfDraws(when.input.history, weeks), when.input.items)),
      ).toEqual(when.expected.P.map((chance) => expect.closeTo(chance, 12)));
    },
  );

  test('agree with counting every possible row of draws', () => {
    const histories = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 30 }),
        (history, draws, items) => {
          let rows: readonly (readonly number[])[] = [[]];
          for (const _ of range(draws)) rows = rows.flatMap((row) => history.map((value) => [...row, value]));
          const reached = rows.filter((row) => sum(row) >= items).length / rows.length;
          expect(tallyChance(sumOfDraws(history, draws), items)).toBeCloseTo(reached, 9);
        },
      ),
    );
  });

  test('the number reached with a chance is the largest that has it', () => {
    const sums = sumOfDraws([0, 1, 1, 5], 20);
    for (const chance of [0.05, 0.5, 0.85, 0.95]) {
      const items = tallyAtLeast(sums, chance);
      expect(tallyChance(sums, items)).toBeGreaterThanOrEqual(chance);
      expect(tallyChance(sums, items + 1)).toBeLessThan(chance);
    }
    expect(tallyAtLeast({ from: 3, chances: [1] }, 0.85)).toBe(3);
  });

  test('of large numbers are those of small ones on a grid: mean and spread stay, chances nearly', () => {
    const history = range(90).map((day) => (day * 37) % 40);
    for (const draws of [1, 7, 28, 84, 364]) {
      const small = sumOfDraws(history, draws);
      expect(small.step).toBeUndefined();
      for (const scale of [1000, 10_000_000]) {
        const large = sumOfDraws(
          history.map((count) => scale * count),
          draws,
        );
        expect(large.chances.length).toBeLessThanOrEqual(1024);
        expect(mean(large) / scale / mean(small)).toBeCloseTo(1, 6);
        // Between draws of 0, 1000, 2000 … lies nothing: a step of them is spread over its neighbours.
        expect(variance(large) / scale ** 2 / variance(small)).toBeCloseTo(1, 3);
        const [upTo, largeUpTo] = [tallyUpTo(small), tallyUpTo(large)];
        const wide = Math.sqrt(variance(small));
        for (const at of [-2, -1, 0, 1, 2]) {
          const items = Math.round(mean(small) + at * wide);
          const between = (upTo(items - 1) + upTo(items)) / 2;
          expect(Math.abs(largeUpTo(items * scale) - between)).toBeLessThan(0.005);
        }
        const safe = tallyAtLeast(large, 0.85);
        expect(Math.abs(safe / scale - tallyAtLeast(small, 0.85))).toBeLessThan(1 + wide / 25);
        expect(tallyChance(large, safe)).toBeGreaterThanOrEqual(0.85);
      }
    }
  });

  test('of the same large number are exact', () => {
    expect(sumOfDraws([2_000_000, 2_000_000], 84)).toEqual({ from: 168_000_000, chances: [1] });
  });

  test('need something to draw from', () => {
    expect(() => sumOfDraws([], 3)).toThrow(/history is empty/);
  });
});

describe('the classic simulation', () => {
  test('expects the rate of its window: 30 or 90 days, all of them, or 12 weeks', () => {
    const daily = [...range(400).map(() => 1), ...range(60).map(() => 2), ...range(30).map(() => 4)];
    const expected = (method: Parameters<typeof classicForecast>[2]) =>
      mean(classicForecast(daily, 28, method) ?? { from: 0, chances: [] });
    expect(expected('daily_30')).toBeCloseTo(28 * 4, 6);
    expect(expected('daily_90')).toBeCloseTo((28 * (30 * 4 + 60 * 2)) / 90, 6);
    expect(expected('daily_all')).toBeCloseTo((28 * sum(daily)) / 490, 6);
    expect(expected('weekly_12')).toBeCloseTo((28 * (30 * 4 + 54 * 2)) / 84, 6);
  });

  test('blocks keep what happened together together', () => {
    // One item on the first day of every second block of four weeks: a block has it or not, never a part.
    const daily = range(182).map((day) => ((181 - day) % 56 === 55 ? 10 : 0));
    const { from, chances } = classicForecast(daily, 28, 'blocks_26') ?? { from: 0, chances: [] };
    expect(from).toBe(0);
    expect(chances.flatMap((chance, items) => (chance > 0 ? [items] : []))).toEqual([0, 10]);
  });

  test('has nothing to say when the history is shorter than one piece', () => {
    expect(classicForecast([1, 2, 3], 28, 'weekly_12')).toBeUndefined();
    expect(classicForecast([], 28, 'daily_90')).toBeUndefined();
  });
});

describe('baselines', () => {
  test('chance alone: after 84 quiet days the next day stays quiet with (84/85)^.5', () => {
    // Negative binomial with 1/2 success and p = 84 / 85 at 0: p^(1/2).
    expect(
      gammaPoisson(
        range(84).map(() => 0),
        1,
      )(0),
    ).toBeCloseTo((84 / 85) ** 0.5, 9);
    expect(
      gammaPoisson(
        range(84).map(() => 1),
        28,
      )(-1),
    ).toBe(0);
  });

  test('a constant rate and "same as last" say one number only', () => {
    const daily = [...range(84).map(() => 1), ...range(28).map(() => 3)];
    // 84 days: 56 of one and 28 of three make 140, so 28 days make 46.67.
    expect([46, 47].map(constantRate(daily, 28))).toEqual([0, 1]);
    expect([83, 84].map(sameAsLast(daily, 28))).toEqual([0, 1]);
  });
});
