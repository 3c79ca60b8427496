import { type Cumulative, constantRate, gammaPoisson, sameAsLast } from '#forecast/baselines.ts';
import { type ClassicMethod, classicForecast } from '#forecast/classic.ts';
import { cumulative, outlook } from '#forecast/model.ts';
import { type Prior, priorAt } from '#forecast/prior.ts';
import { blendedRate } from '#forecast/rates.ts';
import { replay } from '#forecast/replay.ts';
import type { Tally } from '#forecast/tally.ts';
import { type Case, outcomeOf } from './cases.ts';
import type { Fold } from './held-out.ts';
import type { Scored } from './scoring.ts';
import type { Series } from './series.ts';

/** A way to forecast from the days before: the rates are there for those that need no more. */
type Method = (past: readonly number[], days: number, one: Case) => Cumulative | undefined;

/** What is compared with ours. */
export const OTHERS: Readonly<Record<string, Method>> = {
  'classic, 30 days': classic('daily_30'),
  'classic, 90 days': classic('daily_90'),
  'classic, all history': classic('daily_all'),
  'classic, 12 weeks': classic('weekly_12'),
  'blocks of 4 weeks': classic('blocks_26'),
  'gamma-Poisson': gammaPoisson,
  'constant rate': constantRate,
  'same as last': sameAsLast,
};

/** The forecasts of one method for every date whose outcome is known. */
export function scoredBy(method: Method, cases: readonly Case[], days: number): readonly Scored[] {
  return cases.flatMap((one) => {
    const outcome = outcomeOf(one, days);
    if (outcome === undefined) return [];
    const forecast = method(one.series.daily.slice(0, one.asOf), days, one);
    return forecast === undefined ? [] : [scored(one, days, forecast, outcome)];
  });
}

/** The formula around a rate blended of three windows, with a table of errors printed elsewhere. */
export function tableMethod(prior: Prior): Method {
  return (_, days, { rates }) => {
    const known = priorAt(prior, days);
    if (known === undefined) return undefined;
    const forecast = outlook(blendedRate(rates) * days, rates, known);
    return (items) => cumulative(forecast, items);
  };
}

/** Our forecasts, each by the fold that may be judged by it; without learning a team's own record is left out. */
export function scoredByFolds(
  folds: readonly Fold[],
  series: readonly Series[],
  cases: readonly Case[],
  days: number,
  learning = true,
): readonly Scored[] {
  const ofSeries = Map.groupBy(cases, (made) => made.series);
  return folds.flatMap(({ prior, judges }) => {
    const used = learning ? prior : { ...prior, learning: { rate: 0, caution: 0 } };
    return series.flatMap((one) => {
      const judged = new Map((ofSeries.get(one) ?? []).filter(judges).map((made) => [made.asOf, made]));
      if (judged.size === 0) return [];
      return replay(one.daily, days, used).forecasts.flatMap(({ asOf, forecast, outcome }) => {
        const made = judged.get(asOf);
        if (made === undefined || outcome === undefined) return [];
        return [scored(made, days, (items) => cumulative(forecast, items), outcome)];
      });
    });
  });
}

function scored(one: Case, days: number, forecast: Cumulative, outcome: number): Scored {
  return {
    made: one,
    cumulative: forecast,
    expected: blendedRate(one.rates) * days,
    outcome,
  };
}

function classic(method: ClassicMethod): Method {
  return (past, days) => {
    const tally = classicForecast(past, days, method);
    return tally === undefined ? undefined : cumulativeOf(tally);
  };
}

function cumulativeOf({ from, chances }: Tally): Cumulative {
  let reached = 0;
  const sums = chances.map((chance) => {
    reached += chance;
    return reached;
  });
  return (items) => (items < from ? 0 : Math.min(1, sums[items - from] ?? 1));
}
