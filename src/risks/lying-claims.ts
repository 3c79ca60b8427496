import { MS_PER_DAY } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { goalBases } from '#forecast/goal-forecast.ts';
import { wasUnder } from '#forecast/membership.ts';
import type { Claims } from '#metrics/claims.ts';
import { goalItems } from '#metrics/goal-items.ts';
import { claimCurve } from '#metrics/half-life.ts';
import type { Interval } from '#statistics/interval.ts';
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

/** By how many days work would be through sooner if all of it took the best quartile, at least and at most. */
export function soonerBy(found: Lying): Range {
  return lessQuartile(found, meanWait(found.curve));
}

/**
 * By how many days a goal would be there sooner, and how long the last of its items takes: by its own claims alone, at the
 * pace of the last twelve weeks, less the team's best quartile. What lies elsewhere keeps no goal. undefined where too few
 * of its items were claimed to tell how long they take, or none of late.
 */
export function goalSoonerBy(
  found: Lying,
  { claims, perDay }: GoalClaims,
): { readonly sooner: Range; readonly last: number } | undefined {
  const curve = claimCurve(claims);
  if (perDay === 0 || curve.kind === 'insufficient') return undefined;
  const last = lastOfMany(curve, perDay);
  return { sooner: lessQuartile(found, last), last: last.middle };
}

function lessQuartile({ curve }: Lying, { lower, upper }: Interval): Range {
  const { quickest, slowest } = quartileOf(curve);
  const low = Math.max(0, lower - slowest);
  return [low, Math.max(low, upper - quickest)];
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

/** What a goal's own items claim, and how many of them do so a day, of late. */
export interface GoalClaims {
  readonly claims: Claims;
  readonly perDay: number;
}

/** Of the goal that costs are counted in, else of all goals; undefined without any. */
export function goalClaims(
  view: TeamView,
  claimsOf: (view: TeamView, isOurs: (item: WorkItem) => boolean) => Claims,
): GoalClaims | undefined {
  const { primary } = goalBases(view);
  const servesGoal =
    primary === undefined
      ? goalItems(view)
      : (item: WorkItem) => wasUnder(primary.basis.members.get(item) ?? [], view.asOf);
  if (servesGoal === undefined) return undefined;
  const since = view.asOf - PACE_DAYS * MS_PER_DAY;
  const claimed = view.items.filter(
    (item) => (item.claimedAt ?? 0) >= since && item.stage !== 'cancelled' && servesGoal(item),
  );
  return { claims: claimsOf(view, servesGoal), perDay: claimed.length / PACE_DAYS };
}
