import { type CalendarDay, dayOf } from '#domain/calendar.ts';
import { exactCount, type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { errorBudget } from '#statistics/error-budget.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { type Decision, decisionsOf, isDecided } from './decisions.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { type Lookback, lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { serviceLevelExpectation } from './service-level-expectation.ts';

/** An item that passed its service level expectation in the long window. */
export interface MissedItem extends ItemRef {
  readonly missedOn: CalendarDay;
  readonly finished: boolean;
}

export interface ServiceLevel {
  /** The part of the items that is to finish within the expectation. */
  readonly objective: number;
  /** The days that 85 % of items finished within, as known when the quarter began; fixed until the next. */
  readonly expectation: Measurement;
  readonly quarterBegan: CalendarDay;
  /** The share of decisions in time, over the last 8 weeks. */
  readonly inTime: Measurement;
  readonly budget: {
    /** Misses the objective allows among the decisions of the 8 weeks. */
    readonly allowed: Measurement;
    readonly used: Measurement;
    /** Miss rate over the allowed rate: above 1 the budget does not last. */
    readonly burn: Measurement;
  };
  /** How likely it is that more is missed than allowed, over 8 and over 2 weeks. */
  readonly overspent: { readonly long: Measurement; readonly short: Measurement };
  /** Absent when there is too little to tell. */
  readonly alert?: boolean;
  /** Missed last first. */
  readonly missed: readonly MissedItem[];
}

/**
 * The part of the items that a team promises unless it says otherwise: below the 85 % of the expectation, or a team that
 * stays as it is would spend its whole budget.
 */
export const DEFAULT_OBJECTIVE = 0.8;

/**
 * Whether a team keeps its delivery promise: that 80 %, or what it set itself, of what it begins finishes within its
 * usual time.
 *
 * The expectation is the 85 % cycle time as it was known when the quarter began, in the team's zone. An item is decided
 * when it finishes or when its age passes the expectation, whichever is first: a miss counts the moment it happens,
 * also while the item is open. The budget is over 8 weeks; an alert also asks whether the last 2 still miss too much.
 * Start, finish and days are those of the team's definition of cycle time.
 *
 * Left out: items dropped or closed by tidying up before their age passed the expectation. Below 8 decisions nothing is told, nor
 * without a cycle time at the start of the quarter (19 finished items).
 *
 * @example serviceLevel(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 8d → Done')])).quarterBegan // => '2026-01-01'
 */
export function serviceLevel(view: TeamView): ServiceLevel {
  return serviceLevelIn(view);
}

const serviceLevelIn = oncePerView((view): ServiceLevel => {
  const objective = view.team.serviceLevelObjective ?? DEFAULT_OBJECTIVE;
  const { quarterBegan, expectation } = serviceLevelExpectation(view);
  const base = { objective, expectation, quarterBegan };
  if (expectation.kind === 'insufficient') return { ...base, ...untold(expectation) };

  const long = lookback(view, LONG_DAYS);
  const short = lookback(view, SHORT_DAYS);
  const ended = decisionsOf(view, expectation.value).filter(({ at }) => at >= long.since);
  const inLong = ended.filter(isDecided);
  const missed = inLong
    .filter(({ outcome }) => outcome === 'missed')
    .toSorted((a, b) => b.at - a.at)
    .map(({ item, at, finished }) => ({
      ...itemRef(view, item),
      missedOn: dayOf(at, view.team.timezone),
      finished,
    }));
  if (inLong.length < MIN_DECISIONS) {
    const few = insufficient(inLong.length, MIN_DECISIONS, 'items decided in the last 8 weeks');
    return { ...base, ...untold(few), missed };
  }
  return { ...base, ...judged(ended, objective, long, short), missed };
});

const LONG_DAYS = 56;
const SHORT_DAYS = 14;
const MIN_DECISIONS = 8;

function judged(
  ended: readonly Decision[],
  objective: number,
  { window }: Lookback,
  short: Lookback,
): Omit<ServiceLevel, 'objective' | 'expectation' | 'quarterBegan' | 'missed'> {
  const count = (decisions: readonly Decision[]) => ({
    misses: decisions.filter(({ outcome }) => outcome === 'missed').length,
    decided: decisions.filter(isDecided).length,
  });
  const [all, recent] = [count(ended), count(ended.filter(({ at }) => at >= short.since))];
  const { allowed, burn = 0, probabilityLong, probabilityShort, alert } = errorBudget(all, recent, objective);
  const n = all.decided;
  const left = (outcome: Decision['outcome']) => ended.filter((one) => one.outcome === outcome).length;
  const excluded = [
    { reason: 'cancelled', count: left('dropped') },
    { reason: 'administrative_closure', count: left('tidied') },
  ].filter((some) => some.count > 0);
  const confidence = n >= 2 * MIN_DECISIONS ? 'high' : 'medium';
  const measured = measuredBy({ n, window, confidence, excluded });
  const missRate = jeffreysProportion(all.misses, n);
  const certain = (value: number) => ({ value, interval: { lower: value, upper: value } });
  const likely = (value: number) => ({ value, interval: undefined });
  return {
    inTime: measured(
      {
        value: 1 - all.misses / n,
        interval: { lower: 1 - missRate.upper, upper: 1 - missRate.lower },
      },
      'share',
      'decided at finishing or when the age passes the expectation',
    ),
    budget: {
      allowed: measured(certain(allowed), 'items', '(1 - objective) * decisions'),
      used: exactCount(all.misses, 'items', window, 'passed the expectation'),
      burn: measured(
        {
          value: burn,
          interval: { lower: missRate.lower / (1 - objective), upper: missRate.upper / (1 - objective) },
        },
        'ratio',
        'miss rate / (1 - objective)',
      ),
    },
    overspent: {
      long: measured(likely(probabilityLong), 'probability', "Jeffreys' posterior, 8 weeks"),
      short:
        probabilityShort === undefined
          ? insufficient(0, 1, 'items decided in the last 2 weeks')
          : {
              ...measured(likely(probabilityShort), 'probability', "Jeffreys' posterior, 2 weeks"),
              n: recent.decided,
              window: short.window,
            },
    },
    alert,
  };
}

function untold(why: Insufficient): Omit<ServiceLevel, 'objective' | 'expectation' | 'quarterBegan'> {
  return {
    inTime: why,
    budget: { allowed: why, used: why, burn: why },
    overspent: { long: why, short: why },
    missed: [],
  };
}
