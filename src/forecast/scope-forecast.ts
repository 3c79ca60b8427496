import { mean, range } from 'd3-array';
import { oncePer, remembered } from '#domain/once.ts';
import { gammaQuantile } from '#statistics/gamma.ts';
import type { Interval } from '#statistics/interval.ts';
import { qUpper } from '#statistics/quantiles.ts';
import { type Slices, sumOfSlices } from '#statistics/slices.ts';
import type { GoalPace } from './goal-pace.ts';
import { averageGrowthAfter, type Growth, growthAfter } from './growth.ts';
import { cumulative } from './model.ts';
import type { Prior } from './prior.ts';
import { teamOutlook } from './team-outlook.ts';

/** What is known of a scope and of the work on it. */
export interface ScopeModel {
  readonly open: number;
  /** Items yet to be found under parents without parts. */
  readonly undiscovered: Slices;
  /** What comes in while the work goes on; absent: nothing does. */
  readonly growth?: Growth;
  readonly pace: Pick<GoalPace, 'rates' | 'share' | 'finished'>;
  readonly prior: Prior;
}

/**
 * The chance that everything is done after 1, 2, 3 … days, up to that many or the longest horizon ever measured.
 *
 * For each day the chance that as many items are finished as are then needed: those open, those yet to be found, and
 * those by which the scope has grown; over what the last two may be. Pace and growth are taken as independent. A scope
 * that grows faster than the work would make later days less likely: what may have been done by a day may also have
 * been done by every later one, so the chance never falls. Without the bounds at 5 and 95 %.
 */
export function chancesOfDone(model: ScopeModel, days: number): readonly number[] {
  const neededAfter = needs(model);
  const chances: number[] = [];
  for (let day = 1; day <= days; day += 1) {
    const chance = chanceAfter(model, day, neededAfter(day), 1);
    if (chance === undefined) break;
    chances.push(Math.max(chance, chances.at(-1) ?? 0));
  }
  return chances;
}

/**
 * The chance that everything is done after that many days, whole or not, by what is then needed and finished alone;
 * undefined beyond the longest horizon ever measured.
 */
export function chanceOfDone(model: ScopeModel, days: number): number | undefined {
  return chanceOver(model)(days);
}

/** The same for a model of which many days are asked. */
export function chanceOver(model: ScopeModel): (days: number) => number | undefined {
  const neededAfter = needs(model);
  return (days) => chanceAfter(model, days, neededAfter(days), 1);
}

/** How many items have to be finished within so many days, as equally likely parts. */
export function needs({ open, undiscovered, growth }: ScopeModel): (days: number) => Slices {
  if (growth === undefined) {
    const items = undiscovered.map((one) => open + one);
    return () => items;
  }
  // Worked out for whole weeks, and in proportion between them: for every day of a year it would be most of a report.
  const grownAfter = weeklyGrowthOf(growth);
  const afterWeeks = remembered((weeks: number) =>
    sumOfSlices(grownAfter(weeks), undiscovered).map((one) => open + one),
  );
  return (days) => {
    const [whole, part] = [Math.floor(days / 7), (days % 7) / 7];
    const before = afterWeeks(whole);
    if (part === 0) return before;
    return afterWeeks(whole + 1).map((items, i) => (1 - part) * (before[i] ?? 0) + part * items);
  };
}

/** By how much a scope grows in so many weeks, worked out once: what relief is worth is asked with the same growth. */
const weeklyGrowthOf = oncePer((growth: Growth) =>
  remembered((weeks: number): Slices => (weeks === 0 ? [0] : growthAfter(growth, 7 * weeks))),
);

/**
 * Between which values the chance lies with 90 %, as far as the rates of finishing and of growth are uncertain.
 *
 * Over equally likely values of both rates (Gamma, widened by how unsteady the weeks are), all combinations alike.
 */
export function chanceInterval(model: ScopeModel, days: number): Interval | undefined {
  const chances = plausibleChances(model, days);
  const [lower, upper] = [qUpper(chances, 5), qUpper(chances, 95)];
  return lower === undefined || upper === undefined ? undefined : { lower, upper };
}

/** The chances that the interval is made of: how much of them lies below a level is how likely the chance itself does. */
export function plausibleChances(model: ScopeModel, days: number): readonly number[] {
  const { open, undiscovered, growth, pace } = model;
  const chanceBeside = growth === undefined ? [0] : growthAfter(growth, days);
  const average = mean(chanceBeside) ?? 0;
  const rates = growth === undefined ? [0] : averageGrowthAfter(growth, days, LEVELS);
  return rates.flatMap((grown) => {
    const items = sumOfSlices(
      chanceBeside.map((one) => open + one - average + grown),
      undiscovered,
    );
    return paceFactors(pace).flatMap((factor) => chanceAfter(model, days, items, factor) ?? []);
  });
}

/** Items a week that are finished under the milestone, and 90 % of what that rate may be. */
export function goalRate({
  rates,
  share,
  finished,
}: ScopeModel['pace']): Interval & { readonly value: number } {
  const value = 7 * rates.recent * share;
  const shape = shapeOf(rates.overdispersion, finished);
  return {
    value,
    lower: value * gammaQuantile(0.05, shape, shape),
    upper: value * gammaQuantile(0.95, shape, shape),
  };
}

const LEVELS = 7;

function paceFactors({ rates, finished }: ScopeModel['pace']): readonly number[] {
  const shape = shapeOf(rates.overdispersion, finished);
  return range(LEVELS).map((i) => gammaQuantile((i + 0.5) / LEVELS, shape, shape));
}

function shapeOf(overdispersion: number, finished: number): number {
  return (finished + 0.5) / overdispersion;
}

function chanceAfter(
  { pace, prior }: ScopeModel,
  days: number,
  items: Slices,
  factor: number,
): number | undefined {
  const outlook = teamOutlook(pace.rates, days, prior, { capacity: pace.share * factor });
  if ('kind' in outlook) return undefined;
  const atLeast = (count: number) => (count <= 0 ? 1 : 1 - cumulative(outlook, count - 1));
  // The mean of a part of the distribution lies between whole numbers: its chance lies between theirs.
  return mean(items, (count) => {
    const [whole, rest] = [Math.floor(count), count - Math.floor(count)];
    return rest === 0 ? atLeast(whole) : (1 - rest) * atLeast(whole) + rest * atLeast(whole + 1);
  });
}
