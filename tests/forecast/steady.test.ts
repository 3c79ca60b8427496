import { describe, expect, test } from 'vitest';
import { scoresOf } from '#forecast/backtest/scores.ts';
import { atLeast, chanceOfAtLeast } from '#forecast/model.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import { teamOutlook } from '#forecast/team-outlook.ts';
import { whenDone } from '#forecast/when.ts';
import { judgedSteady } from '../../bench/forecast/steady.ts';
import { ratesFrom } from './series.ts';

const ONE_A_DAY = ratesFrom(Array.from({ length: 182 }, () => 1));

describe('one item every day for half a year', () => {
  test('is not promised to become more: even odds of 84 in 84 days, give or take one', () => {
    const forecast = teamOutlook(ONE_A_DAY, 84, SHIPPED_PRIOR);
    if ('kind' in forecast) throw new Error('within the prior');
    expect(Math.abs(atLeast(forecast, 0.5) - 84)).toBeLessThanOrEqual(1);
    expect(chanceOfAtLeast(forecast, 84).probability).toBeCloseTo(0.5, 1);
    expect(chanceOfAtLeast(forecast, 110).probability).toBeLessThan(0.2);
  });

  test('makes 84 items even odds in 84 days, give or take one', () => {
    const even = whenDone(ONE_A_DAY, 84, 0.5, SHIPPED_PRIOR);
    expect(even).toMatchObject({
      kind: 'within',
      days: expect.toSatisfy((days) => Math.abs(days - 84) <= 1),
    });
  });
});

test('whatever the pace was like, the centre never lies above what it brings', () => {
  for (const overdispersion of [1, 2, 6, 50]) {
    for (const evenness of [0, -0.1, -1, -2]) {
      const rates = { ...ONE_A_DAY, overdispersion, evenness };
      for (const days of [7, 28, 84, 200, 364]) {
        const forecast = teamOutlook(rates, days, SHIPPED_PRIOR);
        if ('kind' in forecast) throw new Error('within the prior');
        expect(forecast.centre).toBeLessThanOrEqual(forecast.expected);
      }
    }
  }
});

describe.each([
  { weekly: 5, overdispersion: 1 },
  { weekly: 5, overdispersion: 2 },
  { weekly: 15, overdispersion: 1 },
  { weekly: 15, overdispersion: 2 },
  { weekly: 40, overdispersion: 1 },
  { weekly: 40, overdispersion: 2 },
] as const)('teams that keep $weekly items a week, overdispersion $overdispersion', (team) => {
  test.each([28, 84])('get an honest median and a cautious bound, %i days ahead', (days) => {
    const [scores] = scoresOf(judgedSteady(team, days, SHIPPED_PRIOR, 15));
    // Of the projects it was fitted on none is as steady: such teams do better than the 85 % they are told.
    expect(scores?.coverage50).toMatchObject({ kind: 'value', value: within(0.4, 0.65) });
    expect(scores?.coverage85).toMatchObject({ kind: 'value', value: within(0.8, 1) });
    expect(scores?.calibrationError).toMatchObject({ kind: 'value', value: within(0, 0.13) });
  });
});

function within(least: number, most: number): unknown {
  return expect.toSatisfy((value) => value >= least && value <= most);
}
