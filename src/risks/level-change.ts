import { mean } from 'd3-array';
import { chancesOfDone, goalRate, type ScopeModel } from '#forecast/scope-forecast.ts';

/** The kinds of work that take people from a goal, in the order in which they are taken. */
export const DRAINS = ['support', 'incident'] as const;
export type Drain = (typeof DRAINS)[number];

/** What a goal's chance was worked out from on one day. */
export interface GoalStanding {
  readonly model: ScopeModel;
  /** Days from that day to the goal's date. */
  readonly days: number;
  /** How many people's time goes into the goal; absent where too little is known. */
  readonly people?: number;
  /** How many people's time each drain takes; absent where nothing is known of it. */
  readonly drains: Readonly<Partial<Record<Drain, number>>>;
}

/** What lies between the two days. */
export interface Between {
  readonly days: number;
  /** Items of the earlier scope that were finished. */
  readonly finished: number;
}

/**
 * One cause of a change, in the order in which causes are taken: the time that passed and what was finished in it, a date
 * that was moved, scope, each drain, and the pace that is left over.
 */
export interface ChancePart {
  readonly cause: 'time' | 'date' | 'scope' | Drain | 'pace';
  /**
   * How much it changed: days that passed, days by which the date moved, items, people's time, and for the pace the part
   * of itself by which it changed.
   */
  readonly by: number;
  /** What that did to the chance. */
  readonly dP: number;
}

/** How the chance of a goal came to be another. */
export interface ChanceChange {
  readonly from: number;
  readonly to: number;
  /** Their `dP` add up to `to - from`. */
  readonly parts: readonly ChancePart[];
  /** Drains that could not be told apart on both days: what they did is part of the pace. */
  readonly withinPace: readonly Drain[];
}

/** The middle of what is plausible for how much faster a goal goes with more people on it (METRICS 2.2): .5 to 1. */
export const MIDDLE_ELASTICITY = 0.75;

/**
 * What made the chance of a goal another one: what it was worked out from on the earlier day is replaced part by part by
 * what holds on the later, in a fixed order, and each step is worth what it moves the chance by.
 *
 * The order is time, date, scope, drains, pace; another order would give the same parts other sizes, so it is stated
 * wherever they are shown. The steps begin at the earlier chance and end at the later one, so nothing is left over: the
 * last step, the pace, holds everything not named before it. A drain that grew is taken to have taken its people from the
 * goal, whose pace changes as the people on it do to the power of .75.
 *
 * Chances count from 5 to 95 %, as they are told. undefined when the chance of either day, or of one between, cannot be
 * told: a date passed, or too far ahead (METRICS 2.3).
 */
export function chanceChange(
  before: GoalStanding,
  now: GoalStanding,
  between: Between,
): ChanceChange | undefined {
  const { steps, withinPace } = stepsOf(before, now, between);
  let model = before.model;
  let days = before.days;
  const from = told(model, days);
  let last = from;
  const parts: ChancePart[] = [];
  for (const { cause, by, change } of steps) {
    ({ model = model, days = days } = change(model));
    const chance = told(model, days);
    if (chance === undefined || last === undefined) return undefined;
    parts.push({ cause, by, dP: chance - last });
    last = chance;
  }
  return from === undefined || last === undefined ? undefined : { from, to: last, parts, withinPace };
}

interface Step extends Omit<ChancePart, 'dP'> {
  readonly change: (model: ScopeModel) => { readonly model?: ScopeModel; readonly days?: number };
}

function stepsOf(
  before: GoalStanding,
  now: GoalStanding,
  { days, finished }: Between,
): { readonly steps: readonly Step[]; readonly withinPace: readonly Drain[] } {
  const left = before.days - days;
  const { open, undiscovered, growth: _, ...rest } = now.model;
  const { growth } = now.model;
  const drains = drainSteps(before, now);
  const factor = drains.steps.reduce((all, { ratio }) => all * ratio, 1);
  const steps: readonly Step[] = [
    {
      cause: 'time',
      by: days,
      change: (model) => ({ model: { ...model, open: Math.max(0, model.open - finished) }, days: left }),
    },
    { cause: 'date', by: now.days - left, change: () => ({ days: now.days }) },
    {
      cause: 'scope',
      by: expected(now.model) - (expected(before.model) - finished),
      change: ({ pace }) => ({
        model: { ...rest, open, undiscovered, pace, ...(growth === undefined ? {} : { growth }) },
      }),
    },
    ...drains.steps.map(
      ({ cause, by, ratio }): Step => ({
        cause,
        by,
        change: (model) => ({
          model: { ...model, pace: { ...model.pace, share: model.pace.share * ratio } },
        }),
      }),
    ),
    {
      cause: 'pace',
      by: goalRate(now.model.pace).value / (goalRate(before.model.pace).value * factor) - 1,
      change: (model) => ({ model: { ...model, pace: now.model.pace } }),
    },
  ];
  return { steps: steps.filter(({ cause, by }) => cause !== 'date' || by !== 0), withinPace: drains.untold };
}

interface DrainStep {
  readonly cause: Drain;
  readonly by: number;
  /** How many times as fast the goal is worked on for it. */
  readonly ratio: number;
}

function drainSteps(
  before: GoalStanding,
  now: GoalStanding,
): { readonly steps: readonly DrainStep[]; readonly untold: readonly Drain[] } {
  const steps: DrainStep[] = [];
  const untold: Drain[] = [];
  let people = before.people ?? 0;
  for (const cause of DRAINS) {
    const [then, today] = [before.drains[cause], now.drains[cause]];
    const by = then === undefined || today === undefined ? undefined : today - then;
    // A drain that took more people than were on the goal took them from elsewhere, too: nobody knows how many.
    if (by === undefined || people <= 0 || people - by <= 0) {
      untold.push(cause);
      continue;
    }
    steps.push({ cause, by, ratio: ((people - by) / people) ** MIDDLE_ELASTICITY });
    people -= by;
  }
  return { steps: steps.filter(({ by }) => by !== 0), untold };
}

/** Items there are to do: those open, and those yet to be found. */
function expected({ open, undiscovered }: ScopeModel): number {
  return open + (mean(undiscovered) ?? 0);
}

const [LEAST, MOST] = [0.05, 0.95];

/** The chance as a report tells it; undefined where it cannot. */
function told(model: ScopeModel, days: number): number | undefined {
  if (days <= 0) return undefined;
  const chance = chancesOfDone(model, days)[days - 1];
  return chance === undefined ? undefined : Math.min(MOST, Math.max(LEAST, chance));
}
