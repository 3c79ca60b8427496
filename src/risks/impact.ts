import { sum } from 'd3-array';
import { oncePer } from '#domain/once.ts';
import { type GoalElasticity, STATED_ELASTICITY } from '#forecast/goal-elasticity.ts';
import { chanceOfDone, chanceOver, type ScopeModel } from '#forecast/scope-forecast.ts';
import { freedPeople, type OnGoal } from './freed-people.ts';
import type { Relief } from './relief.ts';
import type { Impact, Range } from './risk.ts';

/** A milestone ahead, as far as a cost can be counted in it. */
export interface GoalAhead extends OnGoal {
  readonly id: string;
  readonly model: ScopeModel;
  /** Days from the view's day to the date. */
  readonly days: number;
  /** How many people's time goes into it now; absent where too little is known of where time goes. */
  readonly people?: number;
  /** How much faster it goes for more people; absent: as stated where nobody measured it. */
  readonly elasticity?: GoalElasticity;
}

/**
 * What relief would be worth: the goal's forecast again, with all else as it is.
 *
 * People who are freed add to those on the goal; how much faster the goal then goes lies between in proportion
 * (elasticity 1) and by the root (elasticity .5: newcomers learn, and get in each other's way), or within what the team's
 * own weeks say of it. So the answer is a range: its low end from the smallest load and the low end of the elasticity, its
 * high end from the largest and the high end. Several reliefs together are worked out together: their gains do not add up.
 *
 * Chances count from 5 to 95 %, beyond which no forecast is known to hold; a gain that starts or ends there is at least
 * what is said. Weeks are those by which the day moves that is met one time in two, where both days can be told.
 * undefined when nothing of it can be computed: people are to be freed and nobody knows how many there are on the goal, or
 * all of them are on it already.
 *
 * METRICS 2.2. The intervals of the loads are carried through as they are, since the chance rises with them; drawing
 * from them would give the same ends with noise.
 */
export function impactOf(goal: GoalAhead, reliefs: readonly Relief[]): Impact | undefined {
  const people = freedPeople(goal, reliefs);
  if (freesNobody(people, reliefs)) return undefined;
  const [slow, fast] = [
    relievedModel(goal, reliefs, people?.[0] ?? 0, 0),
    relievedModel(goal, reliefs, people?.[1] ?? 0, 1),
  ];
  if (slow === undefined || fast === undefined) return undefined;
  const [now, low, high] = [
    standing(goal).now,
    outcome(slow, goal.days + laterBy(reliefs, 0), soonerBy(reliefs, 0)),
    outcome(fast, goal.days + laterBy(reliefs, 1), soonerBy(reliefs, 1)),
  ];
  if (now === undefined || low === undefined || high === undefined) return undefined;
  return {
    milestone: goal.id,
    probability: { now: now.chance, relieved: [low.chance, high.chance] },
    ...gained([now.chance, low.chance, high.chance]),
    ...weeksEarlier(now.half, low.half, high.half),
    ...(people === undefined ? {} : { fte: people }),
  };
}

/** The same as far as the chance by the date goes. */
export function gainOf(goal: GoalAhead, reliefs: readonly Relief[]): Gain | undefined {
  const people = freedPeople(goal, reliefs);
  if (freesNobody(people, reliefs)) return undefined;
  const ends = ([0, 1] as const).map((end) => {
    const model = relievedModel(goal, reliefs, people?.[end] ?? 0, end);
    return model && chanceWithin(model, goal.days + laterBy(reliefs, end) + soonerBy(reliefs, end));
  });
  const [now, low, high] = [chanceAsItIs(goal), ...ends];
  return now === undefined || low === undefined || high === undefined ? undefined : gained([now, low, high]);
}

export type Gain = Required<Pick<Impact, 'dP'>> & Pick<Impact, 'dPBound'>;

function gained([now, low, high]: readonly [now: number, low: number, high: number]): Gain {
  // Who cannot tell 1 from 5 %, or 95 from 99 %, cannot tell how much more than that was gained.
  const isBound = high > now && (now <= LEAST || high >= MOST);
  return { dP: [low - now, high - now], ...(isBound ? { dPBound: '>' } : {}) };
}

/** Whoever would be freed works on the goal already: it would gain nothing that is known. */
function freesNobody(people: Range | undefined, reliefs: readonly Relief[]): boolean {
  return people?.[1] === 0 && reliefs.every(({ kind }) => kind === 'people');
}

/** How much faster a goal goes for more people. */
export function elasticityOf({ elasticity }: Pick<GoalAhead, 'elasticity'>): Range {
  return elasticity?.range ?? STATED_ELASTICITY;
}

function relievedModel(
  goal: GoalAhead,
  reliefs: readonly Relief[],
  freed: number,
  end: 0 | 1,
): ScopeModel | undefined {
  const { model, people = 0 } = goal;
  if (freed > 0 && people === 0) return undefined;
  let ratio = freed > 0 ? ((people + freed) / people) ** elasticityOf(goal)[end] : 1;
  let items = 0;
  for (const relief of reliefs) {
    if (relief.kind === 'pace') ratio *= relief.ratio[end];
    if (relief.kind === 'scope') items += relief.items[end];
  }
  return {
    ...model,
    open: Math.max(0, model.open - items),
    pace: { ...model.pace, share: model.pace.share * ratio },
  };
}

/** By how many days the same work would be through earlier. */
function soonerBy(reliefs: readonly Relief[], end: 0 | 1): number {
  return sum(reliefs, (relief) => (relief.kind === 'sooner' ? relief.days[end] : 0));
}

interface Outcome {
  /** That all is done by the date. */
  readonly chance: number;
  /** Days until all is done one time in two. */
  readonly half: number | undefined;
}

/** By how many days its date would lie later. */
function laterBy(reliefs: readonly Relief[], end: 0 | 1): number {
  return sum(reliefs, (relief) => (relief.kind === 'later' ? relief.days[end] : 0));
}

/** As things are: what every relief of a goal is held against. */
const standing = oncePer(({ model, days }: GoalAhead) => ({ now: outcome(model, days) }));

/** The chance of a goal by its date with all as it is, from .05 to .95; undefined beyond the longest horizon measured. */
export function chanceAsItIs(goal: GoalAhead): number | undefined {
  return standing(goal).now?.chance;
}

const [LEAST, MOST] = [0.05, 0.95];

function outcome(model: ScopeModel, days: number, sooner = 0): Outcome | undefined {
  const chance = chanceWithin(model, days + sooner);
  if (chance === undefined) return undefined;
  const half = daysUntil(model, 0.5);
  return {
    chance,
    half: half === undefined ? undefined : Math.max(0, half - sooner),
  };
}

function chanceWithin(model: ScopeModel, days: number): number | undefined {
  const chance = chanceOfDone(model, days);
  return chance === undefined ? undefined : Math.min(MOST, Math.max(LEAST, chance));
}

/**
 * Within how many days everything is done with that chance: the dual of the chance by a date, between whole days where
 * it lies there. undefined when no horizon that was ever measured reaches it.
 */
export function daysUntil(model: ScopeModel, chance: number): number | undefined {
  const chanceAfter = chanceOver(model);
  const isReached = (days: number) => (chanceAfter(days) ?? 0) >= chance;
  // A scope that grows faster than the work makes later days less likely: so the first day that reaches it is sought.
  let from = 0;
  for (const to of STEPS) {
    if (isReached(to)) return between(from, to, isReached);
    from = to;
  }
  return undefined;
}

/** Close enough together that no chance rises above a level and falls below it again unseen; the last is a year. */
const STEPS = [7, 14, 21, 28, 42, 56, 84, 112, 140, 182, 224, 266, 308, 364];
const TENTH_OF_AN_HOUR = 1 / 240;

function between(from: number, to: number, isReached: (days: number) => boolean): number {
  let [low, high] = [from, to];
  while (high - low > TENTH_OF_AN_HOUR) {
    const middle = (low + high) / 2;
    if (isReached(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function weeksEarlier(
  now: number | undefined,
  low: number | undefined,
  high: number | undefined,
): Pick<Impact, 'weeks'> {
  if (now === undefined || low === undefined || high === undefined) return {};
  return { weeks: [(now - low) / 7, (now - high) / 7] };
}
