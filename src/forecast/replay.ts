import { sum } from 'd3-array';
import { learned, newRecord, type OwnRecord } from './adaptation.ts';
import type { Outlook } from './model.ts';
import type { Prior } from './prior.ts';
import { ratesOf } from './rates.ts';
import { teamOutlook } from './team-outlook.ts';

/** A forecast as it would have been made at a past date. */
export interface Replayed {
  /** Days of history it was made from: it covers the days `asOf` to `asOf + days - 1` of the series. */
  readonly asOf: number;
  readonly forecast: Outlook;
  /** What came of it; undefined while its horizon reaches beyond the series. */
  readonly outcome: number | undefined;
}

/** All forecasts of a series for one horizon, and what they teach for the next one. */
export interface Replay {
  readonly forecasts: readonly Replayed[];
  readonly record: OwnRecord;
}

/**
 * The forecasts a team would have got every 28 days, from half a year of history on.
 *
 * Each sees only the days before it, and learns only from forecasts whose last day had passed by then. Dates with
 * too little history are left out. Counted from the start of the series, so that one more day changes no date.
 */
export function replay(daily: readonly number[], days: number, prior: Prior): Replay {
  const forecasts: Replayed[] = [];
  const awaited: Replayed[] = [];
  let record = newRecord(prior.learning);
  const learnUntil = (asOf: number) => {
    for (let next = awaited[0]; next !== undefined && next.asOf + days <= asOf; next = awaited[0]) {
      awaited.shift();
      if (next.outcome !== undefined)
        record = learned(record, next.forecast, next.outcome, prior.learning.rate);
    }
  };
  for (let asOf = FIRST_DAY; asOf <= daily.length; asOf += EVERY_DAYS) {
    learnUntil(asOf);
    const rates = ratesOf(daily.slice(Math.max(0, asOf - FIRST_DAY), asOf));
    if ('kind' in rates) continue;
    const forecast = teamOutlook(rates, days, prior, { record });
    if ('kind' in forecast) continue;
    const outcome = asOf + days <= daily.length ? sum(daily.slice(asOf, asOf + days)) : undefined;
    const made = { asOf, forecast, outcome };
    forecasts.push(made);
    awaited.push(made);
  }
  learnUntil(daily.length);
  return { forecasts, record };
}

const FIRST_DAY = 182;
const EVERY_DAYS = 28;
