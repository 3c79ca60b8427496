import { mean } from 'd3-array';
import {
  type Confidence,
  exactCount,
  type Insufficient,
  insufficient,
  type Measurement,
  type Value,
  type Window,
} from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { measuredBy } from '#metrics/measured.ts';
import type { Interval } from '#statistics/interval.ts';
import { ambition } from './ambition.ts';
import { LEVELS } from './error-curve.ts';
import type { GoalPace } from './goal-pace.ts';
import { growthRate } from './growth.ts';
import { type MilestoneBasis, scopeModel, type Work } from './milestone-basis.ts';
import type { Prior } from './prior.ts';
import type { Scope } from './scope.ts';
import { chanceInterval, chancesOfDone, goalRate, needs, type ScopeModel } from './scope-forecast.ts';
import { horizonConfidence } from './when.ts';

/** `done`: nothing is left. `date_passed`: something is, and the date is over. */
export type MilestoneState = 'done' | 'date_passed' | 'ahead' | 'undated';

/** What a milestone is asked for. */
export interface MilestoneNumbers {
  /** Items a week by which the scope grew since work on it began; negative where it shrank. */
  readonly growthPerWeek: Measurement;
  readonly pacePerWeek: Measurement;
  /** That everything is done by the end of the date. */
  readonly probability: Measurement;
  /** Days ahead within which everything is done with a chance of 15, 50 and 85 %. */
  readonly within15: Measurement;
  readonly within50: Measurement;
  readonly within85: Measurement;
  /** The pace that the date needs, over the pace there is. */
  readonly ambition: Measurement;
}

/** What is asked of a milestone; of one of which too little is known, what is certain is said all the same. */
export function answers(
  view: TeamView,
  state: MilestoneState,
  days: number | undefined,
  basis: MilestoneBasis,
  prior: Prior,
): MilestoneNumbers {
  const { scope, work } = basis;
  const sure = certainChance(view, state, scope);
  if (state === 'done') return allAlike(NOTHING_LEFT, sure ?? NOTHING_LEFT, certain(view, scope, 0, 'days'));
  if ('kind' in work) return allAlike(work, sure ?? (days === undefined ? NO_DATE : work), work);
  return estimates(days, basis, work, prior, sure);
}

function allAlike(why: Insufficient, probability: Measurement, within: Measurement): MilestoneNumbers {
  return {
    growthPerWeek: why,
    pacePerWeek: why,
    probability,
    within15: within,
    within50: within,
    within85: within,
    ambition: why,
  };
}

function estimates(
  days: number | undefined,
  { scope, undiscovered }: MilestoneBasis,
  { pace, growth, window }: Work,
  prior: Prior,
  certainly: Measurement | undefined,
): MilestoneNumbers {
  const { unknown } = undiscovered;
  const model = scopeModel({ scope, undiscovered }, { pace, growth, window }, prior);
  const longest = prior.horizons.at(-1)?.days ?? 0;
  const chances = chancesOfDone(model, longest);
  const measured = (n: number, confidence: Confidence) => measuredBy({ n, window, confidence });
  const asSureAs = (ahead: number): Confidence =>
    unknown !== undefined || pace.basis !== 'own_items' ? 'low' : horizonConfidence(ahead);
  const [rate, grown] = [goalRate(pace), growthRate(growth)];
  const within = (chance: number): Measurement => {
    const reached = (level: number) => dayReached(chances, level);
    const value = reached(chance);
    if (value === undefined) return insufficient(longest, longest + 1, TOO_FAR);
    const interval = { lower: reached(LEVELS[0]), upper: reached(1 - LEVELS[0]) };
    return {
      ...measured(pace.finished, asSureAs(value))({ value, interval }, 'days', METHOD),
      ...(unknown === undefined ? {} : { bound: '>' as const }),
    };
  };
  const chanceBy = (ahead: number): Measurement => {
    const chance = chances[ahead - 1];
    if (chance === undefined) return insufficient(longest, ahead, TOO_FAR);
    const found = measured(pace.finished, asSureAs(ahead))(
      { value: chance, interval: around(chance, chanceInterval(model, ahead)) },
      'probability',
      METHOD,
    );
    return bounded(found, unknown);
  };
  return {
    growthPerWeek: measured(growth.weeks, 'medium')(
      { value: grown.value, interval: grown },
      'items_per_week',
      'net_additions_since_begun',
    ),
    pacePerWeek: measured(pace.finished, asSureAs(1))(
      { value: rate.value, interval: rate },
      'items_per_week',
      PACE_METHODS[pace.basis],
    ),
    probability: certainly ?? (days === undefined ? NO_DATE : chanceBy(days)),
    within15: within(0.15),
    within50: within(0.5),
    within85: within(0.85),
    ambition: days === undefined ? NO_DATE : ambitionBy(days, model, measured(pace.finished, asSureAs(days))),
  };
}

const METHOD = 'scope_with_growth_against_pace_with_drift';
/** What is missing where it takes longer than forecasts were ever checked for. */
export const TOO_FAR = 'days ahead for which forecasts were ever checked';
const NO_DATE = insufficient(0, 1, 'dates');
const NOTHING_LEFT = insufficient(0, 1, 'items left');
const PACE_METHODS: Readonly<Record<GoalPace['basis'], string>> = {
  own_items: 'recent_pace_of_own_items',
  team_by_effort: 'team_pace_by_share_of_person_days',
  team_by_items: 'team_pace_by_share_of_finished_items',
};

function ambitionBy(days: number, model: ScopeModel, measured: ReturnType<typeof measuredBy>): Measurement {
  if (days <= 0) return insufficient(0, 1, 'days left');
  const items = Math.max(0, mean(needs(model)(days)) ?? 0);
  const found = ambition(items, days / 7, goalRate(model.pace));
  if (found === undefined) return insufficient(0, 1, 'items finished');
  return measured({ value: found.ratio, interval: found.interval }, 'ratio', 'pace_needed_over_pace');
}

/** What needs no model: done is done, and a date that is over was missed. */
function certainChance(view: TeamView, state: MilestoneState, scope: Scope): Measurement | undefined {
  if (state === 'done') return certain(view, scope, 1, 'probability');
  return state === 'date_passed' ? certain(view, scope, 0, 'probability') : undefined;
}

function certain(view: TeamView, scope: Scope, value: number, unit: string): Measurement {
  const n = scope.open.length + scope.unsplit.length + scope.done;
  const method = value === 0 && unit === 'probability' ? 'date_passed' : 'nothing_left';
  return { ...exactCount(value, unit, asOfDay(view), method), n };
}

/** Beyond 5 and 95 % only a bound is known; above all when not everything that is left is. */
function bounded(found: Value, unknown: Insufficient | undefined): Measurement {
  const [least, most] = [LEVELS[0], 1 - LEVELS[0]];
  const inside = (end: number | null) => (end === null ? null : Math.min(most, Math.max(least, end)));
  const [lower, upper] = found.interval90;
  const interval90 = [inside(lower), inside(upper)] as const;
  if (unknown !== undefined && found.value > most) return unknown;
  if (found.value < least) return { ...found, interval90, value: least, bound: '<' };
  if (unknown !== undefined) return { ...found, interval90: [null, interval90[1]], bound: '<' };
  return found.value > most ? { ...found, interval90, value: most, bound: '>' } : { ...found, interval90 };
}

/** The chance of a day may be that of an earlier one, and lie outside what that day alone would give. */
function around(chance: number, interval: Interval | undefined): Interval | undefined {
  if (interval === undefined) return undefined;
  return { lower: Math.min(chance, interval.lower), upper: Math.max(chance, interval.upper) };
}

/** The first day with that chance. */
function dayReached(chances: readonly number[], chance: number): number | undefined {
  const day = chances.findIndex((one) => one >= chance);
  return day === -1 ? undefined : day + 1;
}

function asOfDay({ day }: Pick<TeamView, 'day'>): Window {
  return { from: day, to: day };
}
