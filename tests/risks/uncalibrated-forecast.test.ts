import { describe, expect, test } from 'vitest';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { uncalibratedForecast } from '#risks/uncalibrated-forecast.ts';
import { seenBy, worked } from './working-teams.ts';

/** Two and a half years in which the pace swells and collapses by a sixth each week, faster than any record foretold. */
const lurching = {
  from: '2023-07-03',
  weeks: 130,
  perWeek: Array.from({ length: 130 }, (_, week) => Math.round(120 * 0.82 ** Math.abs((week % 52) - 26))),
  doing: () => 1,
  review: () => 0.1,
};

describe('forecasts that promise too much', () => {
  const signal = seenBy(uncalibratedForecast, worked(lurching));
  const told = teamCalibration(worked(lurching)).coverage85;
  if (told.kind === 'insufficient') throw new Error('two and a half years are enough');

  test('are seen when clearly fewer came true than were said', () => {
    expect(told.interval90[1]).toBeLessThan(0.85);
    const kept = Math.round(told.value * told.n);
    expect(signal?.statement).toContain(`Of ${told.n} forecasts that were 85 % sure`);
    expect(signal?.statement).toContain(`${kept} came true`);
    expect(signal?.probabilityReal).toBeGreaterThan(0.95);
  });

  test('hide costs, and have none', () => {
    expect(signal).toMatchObject({ hidesCost: true, owner: 'shared' });
    expect(signal?.relief).toBeUndefined();
    expect(signal?.cost).toBeUndefined();
  });
});

describe('they are not seen', () => {
  test('where the pace holds', () => {
    const steady = { ...lurching, perWeek: 6 };
    expect(uncalibratedForecast(worked(steady))).toEqual([]);
  });

  test('below 20 forecasts that do not overlap', () => {
    expect(uncalibratedForecast(worked({ ...lurching, from: '2025-09-01', weeks: 47 }))).toEqual([]);
  });
});
