import { type Confidence, type Insufficient, insufficient } from '#domain/measurement.ts';
import { LEVELS } from './error-curve.ts';
import { chanceOfAtLeast } from './model.ts';
import type { Prior } from './prior.ts';
import type { Rates } from './rates.ts';
import { type Circumstances, teamOutlook } from './team-outlook.ts';

/** Within how many days something is done, and how much trust that horizon deserves. */
export interface Within {
  readonly kind: 'within';
  readonly days: number;
  readonly confidence: Confidence;
}

/**
 * Within how many days that many items are finished with at least this chance.
 *
 * The dual of "how many by then": the first day on which the chance of so many items reaches it. Confidence is low
 * beyond 126 days. Insufficient when the longest measured horizon does not reach it. Nothing left to do takes 0 days.
 * Circumstances may depend on the days, as a team's own record does.
 * Throws a RangeError for a chance outside 0.05 to 0.95.
 */
export function whenDone(
  rates: Rates,
  items: number,
  chance: number,
  prior: Prior,
  circumstances: Circumstances | ((days: number) => Circumstances) = {},
): Within | Insufficient {
  if (!(chance >= LEVELS[0] && chance <= 1 - LEVELS[0])) {
    throw new RangeError(`A chance that can be promised lies between 0.05 and 0.95, got ${chance}.`);
  }
  if (items <= 0) return { kind: 'within', days: 0, confidence: 'medium' };
  const longest = prior.horizons.at(-1)?.days ?? 0;
  for (let days = 1; days <= longest; days += 1) {
    const own = typeof circumstances === 'function' ? circumstances(days) : circumstances;
    const forecast = teamOutlook(rates, days, prior, own);
    if ('kind' in forecast) return forecast;
    const { probability, bound } = chanceOfAtLeast(forecast, items);
    // "Less than 5 %" is not 5 %.
    if (bound !== '<' && probability >= chance) {
      return { kind: 'within', days, confidence: horizonConfidence(days) };
    }
  }
  return insufficient(longest, longest + 1, 'days ahead for which forecasts were ever checked');
}

/**
 * How much trust a horizon deserves, whoever asks: low beyond 126 days, where few independent outcomes were seen.
 *
 * @example [84, 182].map((days) => horizonConfidence(days)) // => ['medium', 'low']
 */
export function horizonConfidence(days: number): Confidence {
  return days > 126 ? 'low' : 'medium';
}
