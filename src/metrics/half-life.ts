import { elapsedDays } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { kaplanMeier, type SurvivalCurve, survivalQuantile } from '#statistics/survival.ts';
import type { Claims } from './claims.ts';
import { measuredBy } from './measured.ts';

const MIN_CLAIMS = 5;
const MIN_REACHED = 3;

/**
 * What "basically done" means in days here: when this team says it, half of the work is Done within this time.
 *
 * The Kaplan-Meier median from claim to required level in elapsed days; claims still open count as having lasted until
 * now, older ones with delayed entry. The interval is that of the log(-log) limits. "More than" when fewer than half
 * come true within what the data show. Insufficient under 5 claims or 3 that came true.
 *
 * @example halfLife({ claims: [], since: 0, asOf: 0, window: { from: '2026-01-01', to: '2026-01-02' }, excluded: [] })
 *   // => { kind: 'insufficient', have: 0, need: 5, what: 'claims that work is nearly done' }
 */
export function halfLife(sample: Claims): Measurement {
  const { claims, window, excluded } = sample;
  const curve = claimCurve(sample);
  if (curve.kind === 'insufficient') return insufficient(curve.have, curve.need, curve.what);
  const median = survivalQuantile(curve, 50);
  const reached = median.kind === 'reached';
  const upper = reached ? median.upper : undefined;
  const confidence = upper === undefined ? 'low' : claims.length < 2 * minimumSample(50) ? 'medium' : 'high';
  return {
    ...measuredBy({ n: claims.length, window, confidence, excluded })(
      { value: reached ? median.value : median.beyond, interval: { lower: median.lower, upper } },
      'days',
      'kaplan_meier_delayed_entry',
    ),
    ...(reached ? {} : { bound: '>' as const }),
  };
}

/** The share of claims that has not come true after how many days; refused where the half-life is. */
export function claimCurve(sample: Claims): SurvivalCurve | Insufficient {
  const lacking = tooFewClaims(sample);
  if (lacking) return lacking;
  const { claims, since, asOf } = sample;
  return kaplanMeier(
    claims.map(({ claimedAt, reachedAt }) => ({
      entry: Math.max(0, elapsedDays(claimedAt, since)),
      exit: elapsedDays(claimedAt, reachedAt ?? asOf),
      event: reachedAt !== undefined,
    })),
  );
}

/** Why a sample of claims is too small to say anything about claims, if it is. */
export function tooFewClaims({ claims }: Pick<Claims, 'claims'>): Insufficient | undefined {
  if (claims.length < MIN_CLAIMS) {
    return insufficient(claims.length, MIN_CLAIMS, 'claims that work is nearly done');
  }
  const reached = claims.filter((claim) => claim.reachedAt !== undefined).length;
  return reached < MIN_REACHED ? insufficient(reached, MIN_REACHED, 'claims that came true') : undefined;
}
