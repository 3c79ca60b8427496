import { type Cumulative, constantRate, gammaPoisson, sameAsLast } from '../baselines.ts';
import { type ClassicMethod, classicUpTo } from '../classic.ts';
import { cumulative } from '../model.ts';
import type { PastForecast } from './past-forecast.ts';

/** Ours, the resampling of the past that the usual tools do, and the simplest forecasts that are worth beating. */
export const METHODS = {
  ours:
    ({ ours }) =>
    (items) =>
      cumulative(ours, items),
  classic_daily_30: classic('daily_30'),
  classic_daily_90: classic('daily_90'),
  classic_daily_all: classic('daily_all'),
  classic_weekly_12: classic('weekly_12'),
  classic_blocks_26: classic('blocks_26'),
  gamma_poisson: ({ history, days }) => gammaPoisson(history, days),
  constant_rate: ({ history, days }) => constantRate(history, days),
  same_as_last: ({ history, days }) => (history.length < days ? undefined : sameAsLast(history, days)),
} as const satisfies Readonly<Record<string, (past: PastForecast) => Cumulative | undefined>>;

export type Method = keyof typeof METHODS;

function classic(method: ClassicMethod): (past: PastForecast) => Cumulative | undefined {
  return ({ history, days }) => classicUpTo(history, days, method);
}
