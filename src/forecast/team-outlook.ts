import { type Insufficient, insufficient } from '#domain/measurement.ts';
import { adaptedErrors, newRecord, type OwnRecord } from './adaptation.ts';
import { type Outlook, outlook } from './model.ts';
import { type Prior, priorAt } from './prior.ts';
import type { Rates } from './rates.ts';

/** What changes a forecast besides the past of the team. */
export interface Circumstances {
  /** How much of the pace goes on: 0.8 with a fifth of the people gone, 1.5 with the drains stopped. */
  readonly capacity?: number;
  /** What the team's own forecasts for such a horizon turned out to be worth; absent for a team without any. */
  readonly record?: OwnRecord;
}

/**
 * What a team may finish within that many days from now.
 *
 * Takes the recent pace as it is, with what forecasts for other teams and, if given, the team's own have been worth.
 * Beyond the longest horizon that was ever measured: insufficient.
 */
export function teamOutlook(
  rates: Rates,
  days: number,
  prior: Prior,
  { capacity = 1, record = newRecord(prior.learning) }: Circumstances = {},
): Outlook | Insufficient {
  const known = priorAt(prior, days);
  if (known === undefined) {
    return insufficient(
      prior.horizons.at(-1)?.days ?? 0,
      days,
      'days ahead for which forecasts were ever checked',
    );
  }
  const errors = adaptedErrors(known.errors, record);
  return outlook(rates.recent * days * capacity, rates, { ...known, errors });
}
