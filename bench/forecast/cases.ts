import { sum } from 'd3-array';
import { type Rates, ratesOf } from '#forecast/rates.ts';
import type { Series } from './series.ts';

/** A date at which a forecast could be made, and what was known then. */
export interface Case {
  readonly series: Series;
  /** Days of history: the forecast covers the days from here on. */
  readonly asOf: number;
  readonly rates: Rates;
}

/** Every 28 days from half a year after the first completion, wherever there is enough history for a forecast. */
export function casesOf(series: readonly Series[]): readonly Case[] {
  return series.flatMap((one) => {
    const found: Case[] = [];
    for (let asOf = 182; asOf + 7 <= one.daily.length; asOf += 28) {
      const rates = ratesOf(one.daily.slice(asOf - 182, asOf));
      if (!('kind' in rates)) found.push({ series: one, asOf, rates });
    }
    return found;
  });
}

/** What was finished in the days after a date; undefined when the series ends before. */
export function outcomeOf({ series, asOf }: Case, days: number): number | undefined {
  return asOf + days <= series.daily.length ? sum(series.daily.slice(asOf, asOf + days)) : undefined;
}
