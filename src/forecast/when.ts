import { max } from 'd3-array';
import { type Confidence, type Insufficient, insufficient } from '#domain/measurement.ts';
import { LEVELS } from './error-curve.ts';
import { atLeast, atMost, type Outlook } from './model.ts';
import type { Prior } from './prior.ts';
import type { Rates } from './rates.ts';
import { type Circumstances, teamOutlook } from './team-outlook.ts';

/** Within how many days something is done, and how much trust that horizon deserves. */
export interface Within {
  readonly kind: 'within';
  readonly days: number;
  readonly confidence: Confidence;
}

/** How many items are finished by a day, told with chances from 0.05 to 0.95. */
interface NumbersBy {
  readonly atLeast: (chance: number) => number;
  readonly atMost: (chance: number) => number;
}

/** The same on all days, or as they depend on the days, like a team's own record. */
type CircumstancesAt = Circumstances | ((days: number) => Circumstances);

/**
 * How many items are finished within that many days: the most that is promised for any day until then.
 *
 * What is done by a day is done by every later one. Each horizon is measured on its own, so that a longer one may
 * promise a little less than one before it; taken alone, it would make "so many by then" and "when so many" disagree.
 */
export function numbersBy(
  rates: Rates,
  days: number,
  prior: Prior,
  circumstances: CircumstancesAt = {},
): NumbersBy | Insufficient {
  const outlooks: Outlook[] = [];
  // The last day first: it is the one that may be too far.
  for (let day = days; day >= 1; day -= 1) {
    const outlook = outlookAt(rates, day, prior, circumstances);
    if ('kind' in outlook) return outlook;
    outlooks.push(outlook);
  }
  return {
    atLeast: (chance) => max(outlooks, (outlook) => atLeast(outlook, chance)) ?? 0,
    atMost: (chance) => max(outlooks, (outlook) => atMost(outlook, chance)) ?? 0,
  };
}

/**
 * Within how many days that many items are finished with at least this chance.
 *
 * The exact dual of `numbersBy`: the first day by which so many are promised with that chance. Confidence is low
 * beyond 126 days. Insufficient when the longest measured horizon does not reach it. Nothing left to do takes 0 days.
 * Throws a RangeError for a chance outside 0.05 to 0.95.
 */
export function whenDone(
  rates: Rates,
  items: number,
  chance: number,
  prior: Prior,
  circumstances: CircumstancesAt = {},
): Within | Insufficient {
  if (!(chance >= LEVELS[0] && chance <= 1 - LEVELS[0])) {
    throw new RangeError(`A chance that can be promised lies between 0.05 and 0.95, got ${chance}.`);
  }
  if (items <= 0) return { kind: 'within', days: 0, confidence: 'medium' };
  const longest = prior.horizons.at(-1)?.days ?? 0;
  for (let days = 1; days <= longest; days += 1) {
    const forecast = outlookAt(rates, days, prior, circumstances);
    if ('kind' in forecast) return forecast;
    if (atLeast(forecast, chance) >= items) {
      return { kind: 'within', days, confidence: horizonConfidence(days) };
    }
  }
  return insufficient(longest, longest + 1, 'days ahead for which forecasts were ever checked');
}

function outlookAt(
  rates: Rates,
  days: number,
  prior: Prior,
  circumstances: CircumstancesAt,
): Outlook | Insufficient {
  const own = typeof circumstances === 'function' ? circumstances(days) : circumstances;
  return teamOutlook(rates, days, prior, own);
}

/**
 * How much trust a horizon deserves, whoever asks: low beyond 126 days, where few independent outcomes were seen.
 *
 * @example [84, 182].map((days) => horizonConfidence(days)) // => ['medium', 'low']
 */
export function horizonConfidence(days: number): Confidence {
  return days > 126 ? 'low' : 'medium';
}
