import { type Judged, judge, judged } from '#forecast/backtest/judge.ts';
import { type PastForecast, pastForecasts } from '#forecast/backtest/past-forecast.ts';
import { cumulative, outlook } from '#forecast/model.ts';
import { type Prior, priorAt } from '#forecast/prior.ts';
import { ratesOf } from '#forecast/rates.ts';
import type { Fold } from './held-out.ts';
import type { Series } from './series.ts';

/** Every method of the product, by a prior that may have seen these series: only ours asks for it. */
export function judgedByAll(series: readonly Series[], days: number, prior: Prior): readonly Judged[] {
  return series.flatMap((one) => past(one, days, prior).flatMap(judge));
}

/** Our forecasts, each by the fold that may be judged by it; without learning a team's own record is left out. */
export function judgedByFolds(
  folds: readonly Fold[],
  series: readonly Series[],
  days: number,
  learning = true,
): readonly Judged[] {
  return folds.flatMap(({ prior, judges }) => {
    const used = learning ? prior : { ...prior, learning: { rate: 0, caution: 0 } };
    return series.flatMap((one) =>
      past(one, days, used)
        .filter((made) => judges(made))
        .map((made) => judged(made, 'ours', (items) => cumulative(made.ours, items))),
    );
  });
}

/** The formula around a rate blended of three windows, with a table of errors printed elsewhere. */
export function judgedByTable(series: readonly Series[], days: number, table: Prior): readonly Judged[] {
  const known = priorAt(table, days);
  if (known === undefined) return [];
  return series.flatMap((one) =>
    past(one, days, table).flatMap((made) => {
      const rates = ratesOf(made.history);
      if ('kind' in rates) return [];
      const forecast = outlook(made.expected, rates, known);
      return judged(made, 'ours', (items) => cumulative(forecast, items));
    }),
  );
}

/** Mass closures count no more in what came of a forecast than in its past: the fit did not see them either. */
function past({ project, from, counted }: Series, days: number, prior: Prior): readonly PastForecast[] {
  return pastForecasts({ project, from, daily: counted }, days, prior, 'capped');
}
