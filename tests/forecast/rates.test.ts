import { range } from 'd3-array';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cappedDaily } from '#forecast/bulk-cap.ts';
import { blendedRate, ratesOf } from '#forecast/rates.ts';
import { hasExamples, worked } from './examples.ts';
import { dailyFrom, ratesFrom } from './series.ts';

describe('rates', () => {
  test('12 in 28 days, 30 in 84 and 78 in 182 blend to 22 items in 56 days (WX-FC-1)', () => {
    // .25 * 12/28 + .5 * 30/84 + .25 * 78/182 = .392857
    expect(blendedRate({ perDay28: 12 / 28, perDay84: 30 / 84, perDay182: 78 / 182 }) * 56).toBeCloseTo(
      22,
      12,
    );
  });

  test.skipIf(!hasExamples)(
    'blend as in the reference file (skipped where it is not beside the project)',
    () => {
      const { input, expected } = worked('WX-FC-1');
      const { r28, r84, r182, H } = input;
      expect(blendedRate({ perDay28: r28, perDay84: r84, perDay182: r182 }) * H).toBeCloseTo(expected.b, 9);
    },
  );

  test('a team that finishes five every week is even, neither slowing down nor speeding up', () => {
    const rates = ratesFrom(dailyFrom(range(26).map(() => 5)));
    expect(rates.recent * 7).toBeCloseTo(5, 12);
    expect(rates).toMatchObject({ overdispersion: 1, weeks: 26, completions: 130 });
    expect([rates.trend, rates.evenness]).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
    expect([rates.perDay28, rates.perDay84, rates.perDay182]).toEqual([5 / 7, 5 / 7, 5 / 7]);
  });

  test('what was done lately counts more, and shows as a trend', () => {
    const falling = ratesFrom(dailyFrom([...range(13).map(() => 8), ...range(13).map(() => 2)]));
    const rising = ratesFrom(dailyFrom([...range(13).map(() => 2), ...range(13).map(() => 8)]));
    // A week counts half of what the week four weeks later counts, so the last 13 of 26 weeks weigh
    // (1 - 2^(-13/4)) / (1 - 2^(-26/4)) = .9049: 2 * .9049 + 8 * .0951 = 2.571.
    expect(falling.recent * 7).toBeCloseTo(2.571, 3);
    // ln((8 * 2.571 + 1) / (8 * 5 + 1)) = ln(21.568 / 41)
    expect(falling.trend).toBeCloseTo(-0.6424, 3);
    expect(rising.trend).toBeGreaterThan(0.3);
  });

  test('the same items in a few big weeks are less even than in many', () => {
    const spread = ratesFrom(dailyFrom(range(26).map(() => 3)));
    const bursts = ratesFrom(dailyFrom(range(26).map((week) => (week % 13 === 6 ? 39 : 0))));
    expect(bursts.completions).toBe(spread.completions);
    expect(bursts.evenness).toBeLessThan(-1);
    expect(bursts.overdispersion).toBeGreaterThan(20);
  });

  test('six weeks and ten items are the least there must be', () => {
    expect(ratesOf(dailyFrom([9, 9, 9, 9, 9]))).toEqual({
      kind: 'insufficient',
      have: 5,
      need: 6,
      what: 'weeks of history',
    });
    expect(ratesOf(dailyFrom([0, 0, 3, 0, 3, 3]))).toEqual({
      kind: 'insufficient',
      have: 9,
      need: 10,
      what: 'items finished in the last 26 weeks',
    });
    expect(ratesFrom(dailyFrom([0, 0, 3, 1, 3, 3])).weeks).toBe(6);
    expect(ratesOf([])).toMatchObject({ kind: 'insufficient', have: 0 });
  });

  test('what lies more than 182 days back changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), (before) => {
        const recent = dailyFrom(range(26).map((week) => week % 4));
        expect(ratesOf([...before, ...recent])).toEqual(ratesOf(recent));
      }),
    );
  });
});

describe('the cap on bulk days', () => {
  test('leaves a day of 12 alone and cuts 40 down to 12 where a busy day has 3', () => {
    const quiet = range(180).map((day) => (day % 3 === 0 ? 3 : 0));
    expect(cappedDaily([...quiet, 12, 40]).slice(-2)).toEqual([12, 12]);
  });

  test('lets a team that usually finishes ten on a busy day finish thirty', () => {
    const busy = range(180).map(() => 10);
    expect(cappedDaily([...busy, 28, 80]).slice(-2)).toEqual([28, 30]);
  });

  test('a day is capped by what came before it, whatever comes after', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 }),
        fc.nat({ max: 80 }),
        (daily, cut) => {
          expect(cappedDaily(daily).slice(0, cut)).toEqual(cappedDaily(daily.slice(0, cut)));
        },
      ),
    );
  });
});
