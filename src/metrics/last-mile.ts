import { sum } from 'd3-array';
import { isoWeekOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import type { Claim, Claims } from './claims.ts';
import { tooFewClaims } from './half-life.ts';
import { measuredBy } from './measured.ts';

const DRAWS = 2000;

/**
 * How much of the time from start to Done comes after the work was claimed nearly done.
 *
 * Elapsed time since the claims over elapsed time since the starts, summed over all claims, each until its required
 * level or until now. The interval comes from drawing the weeks of the claims again (2,000 draws). Insufficient under 5
 * claims or 3 that came true.
 */
export function lastMileShare(sample: Claims, timezone: string, seed: string): Measurement {
  const lacking = tooFewClaims(sample);
  if (lacking) return lacking;
  const { claims, asOf, window, excluded } = sample;
  const byWeek = Map.groupBy(claims, (claim) => isoWeekOf(claim.claimedAt, timezone));
  const weeks = [...byWeek.values()].map((week) => timeSpent(week, asOf));
  const value = claimedShare(weeks);
  if (value === undefined) return insufficient(0, 1, 'claims that lasted');
  const interval = weekBootstrap(seededRandom(seed), weeks, DRAWS, claimedShare);
  const confidence = interval ? 'high' : 'low';
  return measuredBy({ n: claims.length, window, confidence, excluded })(
    { value, interval },
    'share',
    'time since claim / time since start',
  );
}

/** Milliseconds that some claims took in all. */
export interface TimeSpent {
  readonly sinceStart: number;
  readonly sinceClaim: number;
}

/**
 * The time some claims took, up to their required level or up to now.
 * @example timeSpent([{ startedAt: 0, claimedAt: 4, reachedAt: 10 }, { startedAt: 0, claimedAt: 6 }], 16)
 *   // => { sinceStart: 26, sinceClaim: 16 }
 */
export function timeSpent(claims: readonly Claim[], asOf: Instant): TimeSpent {
  const until = (claim: Claim) => claim.reachedAt ?? asOf;
  return {
    sinceStart: sum(claims, (claim) => until(claim) - claim.startedAt),
    sinceClaim: sum(claims, (claim) => until(claim) - claim.claimedAt),
  };
}

/**
 * The part of all that time that lies after the claims; undefined when no time passed.
 * @example claimedShare([{ sinceStart: 10, sinceClaim: 6 }, { sinceStart: 21, sinceClaim: 12 }]) // => 0.581
 */
export function claimedShare(spent: readonly TimeSpent[]): number | undefined {
  const all = sum(spent, (some) => some.sinceStart);
  return all === 0 ? undefined : sum(spent, (some) => some.sinceClaim) / all;
}
