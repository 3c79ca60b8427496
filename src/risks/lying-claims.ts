import { MS_PER_DAY } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { Claims } from '#metrics/claims.ts';
import { goalItems } from '#metrics/goal-items.ts';
import { claimCurve } from '#metrics/half-life.ts';
import { lastOfMany } from '#statistics/last-of-many.ts';
import { meanWait } from '#statistics/mean-wait.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { type SurvivalCurve, survivalQuantile } from '#statistics/survival.ts';
import { normalCdf } from '#statistics/tails.ts';
import type { Range } from './risk.ts';

/** How long some claims take to come true, and whether some of them lie. Days. */
export interface Lying {
  readonly sample: Claims;
  readonly curve: SurvivalCurve;
  readonly probabilityReal: number;
  readonly mean: number;
  /** The best quartile. */
  readonly best: number;
}

/** How likely it is that some of these claims lie; undefined below 19 that came true. */
export function lyingIn(sample: Claims): Lying | undefined {
  const curve = claimCurve(sample);
  if (curve.kind === 'insufficient' || curve.events < minimumSample(85)) return undefined;
  const { best, quickest, slowest } = quartileOf(curve);
  const { mean, upper } = meanWait(curve);
  const error = Math.hypot(
    (upper - mean) / (Z90 * mean),
    Math.log(Math.max(slowest, AN_HOUR) / Math.max(quickest, AN_HOUR)) / (2 * Z90),
  );
  const excess = Math.log(mean / Math.max(best, AN_HOUR) / WITHOUT_MEMORY);
  // Claims that all take equally long have no error, and no excess.
  const probabilityReal = error > 0 ? normalCdf(excess / error) : 0;
  return { sample, curve, probabilityReal, mean, best };
}

/** By how many days all would be through sooner, and how long the last of a goal's items takes where one is worked on. */
export function soonerBy(
  view: TeamView,
  { curve }: Lying,
): { readonly sooner: Range; readonly last?: number } {
  const { quickest, slowest } = quartileOf(curve);
  const perDay = goalClaimsPerDay(view);
  const last = perDay > 0 ? lastOfMany(curve, perDay) : undefined;
  const { lower, upper } = last ?? meanWait(curve);
  const low = Math.max(0, lower - slowest);
  return {
    sooner: [low, Math.max(low, upper - quickest)],
    ...(last === undefined ? {} : { last: last.middle }),
  };
}

/** Mean over lower quartile of a wait without memory: 1 / ln(4/3). */
const WITHOUT_MEMORY = 1 / Math.log(4 / 3);
const Z90 = 1.6449;
/** Twelve weeks: what the pace of a goal is counted over elsewhere. */
const PACE_DAYS = 84;
/** What is through at once took at least that: of nothing there is no multiple. */
const AN_HOUR = 1 / 24;

function quartileOf(curve: SurvivalCurve) {
  const quarter = survivalQuantile(curve, 25);
  const best = quarter.kind === 'reached' ? quarter.value : quarter.beyond;
  const slowest = (quarter.kind === 'reached' ? quarter.upper : undefined) ?? best;
  return { best, quickest: quarter.lower ?? best, slowest };
}

/** How many items of goals the team claims nearly done a day, of late. */
function goalClaimsPerDay(view: TeamView): number {
  const servesGoal = goalItems(view);
  if (servesGoal === undefined) return 0;
  const since = view.asOf - PACE_DAYS * MS_PER_DAY;
  const claimed = view.items.filter(
    (item) => (item.claimedAt ?? 0) >= since && item.stage !== 'cancelled' && servesGoal(item),
  );
  return claimed.length / PACE_DAYS;
}
