import { mean, range } from 'd3-array';
import { describe, expect, test } from 'vitest';
import { type CalendarDay, parseDay, plusDays } from '#domain/calendar.ts';
import type { Cumulative } from '#forecast/baselines.ts';
import { chanceUpTo, stated } from '#forecast/stated.ts';
import { calibration, type Resolved, trackRecord, verdictOn } from '#forecast/track-record.ts';
import { clopperPearson } from '#statistics/proportion.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import { hasExamples, worked } from './examples.ts';

const monday = parseDay('2026-01-05') as CalendarDay;

/** Every number from 0 to 99 is as likely as any other. */
const even: Cumulative = (items) => Math.min(1, (items + 1) / 100);

/** Forecasts 28 days apart, one for each outcome. */
function forecasts(
  outcomes: readonly number[],
  upTo: Cumulative = even,
  team = 'payments',
): readonly Resolved[] {
  return outcomes.map((outcome, i) => ({ team, asOf: plusDays(monday, 28 * i), days: 28, upTo, outcome }));
}

/** Of the even forecast, 85 % sure is "at least 15": the first so many outcomes keep that, the others do not. */
const keeping = (kept: number, n: number) => forecasts(range(n).map((i) => (i < kept ? 60 : 5)));

describe('a verdict on forecasts', () => {
  test.skipIf(!hasExamples)('agrees with the worked example (skipped without the reference file)', () => {
    const { input, expected } = worked('WX-C7d');
    const { verdict, range95 } = verdictOn(input.k, input.n);
    expect(verdict).toBe('consistent');
    expect(range95).toEqual(expected.cp95.map((end) => expect.closeTo(end, 3)));
    // Consistent with 85 %, but also with 65 %.
    expect(range95?.[0]).toBeLessThan(0.65);
  });

  test('needs 20 forecasts that do not overlap', () => {
    const nineteen = calibration(keeping(19, 19));
    expect(nineteen).toEqual({
      verdict: 'insufficient',
      resolved: 19,
      ...Object.fromEntries(
        ['coverage50', 'coverage85', 'coverage95'].map((key) => [
          key,
          { kind: 'insufficient', have: 19, need: 20, what: 'past forecasts that do not overlap' },
        ]),
      ),
    });
    expect(calibration(keeping(17, 20))).toMatchObject({
      verdict: 'consistent',
      resolved: 20,
      coverage85: { kind: 'value', value: 0.85, n: 20, unit: 'share' },
    });
  });

  test('says which way a team errs, once chance cannot explain it', () => {
    // 13 of 20: the upper end of the interval is .846; 12 of 20 would be .809.
    expect(calibration(keeping(13, 20)).verdict).toBe('over_confident');
    expect(calibration(keeping(14, 20)).verdict).toBe('consistent');
    // All of n kept: the lower end is .025^(1/n), which exceeds .85 from 23 on.
    expect(calibration(keeping(22, 22)).verdict).toBe('consistent');
    expect(calibration(keeping(23, 23)).verdict).toBe('under_confident');
  });

  test('counts forecasts of one team that overlap once, and those of two teams each', () => {
    const weekly = range(80).map(
      (week): Resolved => ({
        team: 'a',
        asOf: plusDays(monday, 7 * week),
        days: 28,
        upTo: even,
        outcome: 50,
      }),
    );
    expect(calibration(weekly).resolved).toBe(20);
    expect(calibration([...weekly, ...weekly.map((one) => ({ ...one, team: 'b' }))]).resolved).toBe(40);
    expect(calibration(weekly.toReversed())).toEqual(calibration(weekly));
  });

  test('does not take the rounding of whole items for timidity', () => {
    // Of 0, 1, 2 and 3 one is as likely as the other: "at least 0" is the only promise of 85 %, and always kept.
    const coarse: Cumulative = (items) => Math.min(1, (items + 1) / 4);
    const random = seededRandom('coarse');
    const made = forecasts(
      range(200).map(() => integer(random, 0, 3)),
      coarse,
    );
    const { coverage85, verdict } = calibration(made);
    expect(coverage85).toMatchObject({ value: 1, n: 200 });
    expect(verdict).toBe('consistent');
  });

  test('never calls a promise too high that was kept', () => {
    // "At least 0" is all that is promised, and nothing is ever finished.
    const coarse: Cumulative = (items) => Math.min(1, (items + 1) / 4);
    const made = forecasts(
      range(30).map(() => 0),
      coarse,
    );
    const { coverage85, verdict, range95 } = calibration(made);
    expect(coverage85).toMatchObject({ value: 1 });
    expect(verdict).toBe('consistent');
    // To the fraction of an item it was kept in .1 of the .25 that an outcome of 0 stands for: 12 of 30.
    expect(range95).toEqual([clopperPearson(12, 30).lower, 1].map((end) => expect.closeTo(end, 9)));
  });
});

describe('a track record', () => {
  test('tells the share that came true with its exact interval', () => {
    const { coverage50, coverage85, coverage95 } = trackRecord(keeping(15, 20), 28);
    // 60 is at least 50, 15 and 5; 5 is at least 5 only.
    expect([coverage50, coverage85, coverage95]).toMatchObject([
      { value: 0.75 },
      { value: 0.75 },
      { value: 1 },
    ]);
    const { lower, upper } = clopperPearson(15, 20, 0.9);
    expect(coverage85).toMatchObject({
      interval90: [lower, upper],
      window: { from: '2026-01-05', to: plusDays(monday, 20 * 28) },
    });
  });

  test('scores the chances given to milestones, and the whole distribution', () => {
    const record = trackRecord(keeping(20, 20), 28);
    // The median is 50: milestones of 30, 40, 50, 60 and 70, given .7, .6, .5, .4 and .3; all but the last were reached.
    // (.3^2 + .4^2 + .5^2 + .6^2 + .3^2) / 5
    expect(record.brier).toMatchObject({ value: expect.closeTo(0.19, 9), n: 20 });
    // -(ln .7 + ln .6 + ln .5 + ln .4 + ln .7) / 5
    expect(record.logScore).toMatchObject({ value: expect.closeTo(0.566723, 6) });
    // Bins of a seventh: .7 and .6 fall into one, .4 and .3 into another; (|.7 - 1 + .6 - 1| + |.5 - 1| + |.4 - 1 + .3|) / 5.
    expect(record.calibrationError).toMatchObject({ value: expect.closeTo(0.3, 9) });
    // Sum of F(x)^2 below 60 and (1 - F(x))^2 from 60 on: 60*61*121/6/10000 + 39*40*79/6/10000, in parts of 50.
    expect(record.crps).toMatchObject({ value: expect.closeTo((7.381 + 2.054) / 50, 9) });
    // Quantiles .05 .10 .15 .5 .9 .95 are 4, 9, 14, 49, 89, 94; (2.8 + 5.1 + 6.9 + 5.5 + 2.9 + 1.7) / 6, in parts of 50.
    expect(record.pinball).toMatchObject({ value: expect.closeTo(24.9 / 6 / 50, 9) });
  });

  test('places outcomes evenly when the forecasts are right, and the same way every time', () => {
    const random = seededRandom('even');
    const made = forecasts(range(400).map(() => integer(random, 0, 99)));
    const { pit } = trackRecord(made, 28);
    expect(pit).toHaveLength(400);
    expect(Math.min(...pit)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...pit)).toBeLessThanOrEqual(1);
    // The mean of 400 even numbers lies within .5 +- 3 * sqrt(1/12/400).
    expect(Math.abs((mean(pit) ?? 0) - 0.5)).toBeLessThan(0.044);
    expect(trackRecord(made.toReversed(), 28).pit).toEqual(pit);
  });

  test('of another horizon is another record', () => {
    expect(trackRecord(keeping(20, 20), 56)).toMatchObject({ horizonDays: 56, resolved: 0, pit: [] });
  });

  test('is the same from the figures that were kept as from the forecast itself', () => {
    const made = keeping(17, 20);
    const kept = made.map((one) => ({ ...one, upTo: chanceUpTo(stated(one.upTo)) }));
    expect(trackRecord(kept, 28)).toEqual(trackRecord(made, 28));
  });
});

describe('a forecast put into figures', () => {
  test('is told at five chances', () => {
    expect(stated(even).quantiles).toEqual([
      { chance: 0.95, items: 5 },
      { chance: 0.85, items: 15 },
      { chance: 0.5, items: 50 },
      { chance: 0.15, items: 85 },
      { chance: 0.05, items: 95 },
    ]);
  });

  test('keeps every number of a small team, and close to every number of a large one', () => {
    const large: Cumulative = (items) => 1 - Math.exp(-(items + 1) / 700);
    const kept = stated(large);
    expect(kept.probabilities.length).toBeLessThanOrEqual(102);
    const again = chanceUpTo(kept);
    for (const items of range(0, 6000, 7)) expect(Math.abs(again(items) - large(items))).toBeLessThan(0.002);
    expect([again(-1), again(1e6)]).toEqual([0, 1]);
  });
});
