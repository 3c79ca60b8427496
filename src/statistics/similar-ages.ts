import { sum } from 'd3-array';
import type { CompetingSpell } from './competing-risks.ts';
import type { Interval } from './interval.ts';
import { jeffreysRate } from './rate.ts';
import { defaultGuard } from './risk-set.ts';

/** What became of those watched at about an age. */
export interface AtSimilarAges {
  /** How many were watched. */
  readonly n: number;
  /** The chance of the event within the time ahead. */
  readonly incidence: number;
  readonly interval90: Interval;
}

/**
 * How likely something that is still running at an age has the event within the time ahead, where too few were watched
 * at that very age for a curve: by the rate of events among those from half its age to twice the age it would reach.
 *
 * Within the band the rates of both endings are taken as constant, Gamma(1/2) before the event was looked for: with d
 * events and c competing endings in a time at risk of T, (d + 1/2) / (d + c + 1/2) * (1 - (T / (T + horizon))^(d + c + 1/2)).
 * The interval is Jeffreys' for the rate of events. A band in proportion to age, since the old age slowly.
 *
 * undefined below an age of the horizon, where rates change faster than that; with fewer than 5 watched in the band; and
 * with fewer than 3 that grew older, since nothing is known of what is older than all.
 *
 * @example incidenceAtSimilarAges([40, 80, 80, 80, 80].map((exit) => ({ entry: 0, exit, outcome: exit === 40 ? 'event' : 'censored' })), 40, 14)
 *   // => { n: 5, incidence: 0.0757, interval90: { lower: 0.0094, upper: 0.1897 } }
 */
export function incidenceAtSimilarAges(
  spells: readonly CompetingSpell[],
  age: number,
  horizon: number,
  band = 2,
): AtSimilarAges | undefined {
  const [from, to] = [age / band, (age + horizon) * band];
  const watched = spells.filter(({ entry, exit }) => entry < exit && entry < to && exit > from);
  const older = watched.filter(({ exit }) => exit > age).length;
  if (age < horizon || watched.length < defaultGuard.atFirstEvent || older < defaultGuard.along) {
    return undefined;
  }
  const time = sum(watched, ({ entry, exit }) => Math.min(exit, to) - Math.max(entry, from));
  const ended = (outcome: CompetingSpell['outcome']) =>
    watched.filter((spell) => spell.outcome === outcome && spell.exit <= to).length;
  const [events, competing] = [ended('event'), ended('competing')];
  const shape = events + competing + 0.5;
  const within = (rate: number) => {
    const all = rate + competing / time;
    return all === 0 ? 0 : (rate / all) * -Math.expm1(-all * horizon);
  };
  const { lower, upper } = jeffreysRate(events, time);
  return {
    n: watched.length,
    incidence: ((events + 0.5) / shape) * (1 - (time / (time + horizon)) ** shape),
    interval90: { lower: within(lower), upper: within(upper) },
  };
}
