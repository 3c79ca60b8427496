import type { CalendarDay } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay } from '#domain/wording.ts';
import { goalBases, goalChance } from '#forecast/goal-forecast.ts';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { type Circumstances, type LevelFound, type Lift, levelOf } from './level.ts';
import { togetherOn } from './raised.ts';
import type { SeenSignal, Watch } from './seen.ts';
import { steady } from './steady.ts';
import { weeklyGrid } from './weekly.ts';

/**
 * The level by the weekly evaluations up to the day: one that two in a row have found, a week apart. Between two Mondays
 * it stays as the last left it, whatever the days between would say; only another goal, or a date that has passed, counts
 * at once. Asks no further back than to the first two in a row that agree.
 */
export function levelOn(seen: Watch, { day, team }: TeamView): LevelFound {
  const found: Evaluation[] = [];
  for (const monday of weeklyGrid(day, team.timezone)) {
    found.unshift(evaluationOn(seen, monday, day));
    if (found[0]?.level === found[1]?.level) break;
  }
  const today = evaluationOn(seen, day, day);
  const settles = (now: Evaluation | undefined, before: Evaluation | undefined) => now?.goal !== before?.goal;
  if (settles(today, found.at(-1))) return levelIn(today);
  const level = steady(
    found.map((one) => one.level),
    (i) => i > 0 && settles(found[i], found[i - 1]),
  );
  const held = found.findLast((one) => one.level === level) ?? today;
  if (held.level === today.level) return levelIn(today);
  return {
    level: held.level,
    get clause() {
      return `${held.clause}, as found on ${longDay(held.day)}; today alone it would be ${today.clause}`;
    },
    held: { foundOn: held.day, today: today.level },
  };
}

function levelIn(one: Evaluation): LevelFound {
  return {
    level: one.level,
    get clause() {
      return one.clause;
    },
  };
}

interface Evaluation extends LevelFound {
  readonly day: CalendarDay;
  /** Which goal it was about, and whether it was done, or its date over. */
  readonly goal: string;
}

/** The level by what is known on one day; what was seen on the day it is asked for says where to look first. */
function evaluationOn(seen: Watch, day: CalendarDay, askedOn: CalendarDay): Evaluation {
  const view = seen.viewOn(day);
  const primary = primaryGoal(view);
  const chance = primary && goalChance(primary);
  function* relieved(counts: (one: SeenSignal) => boolean): Generator<SeenSignal> {
    for (const one of seen.relievableOn(day, askedOn)) if (counts(one)) yield one;
  }
  const gainOf = (counts: (one: SeenSignal) => boolean) =>
    [...relieved(counts)].flatMap(({ impact: { dP } }) => (dP === undefined ? [] : [dP]));
  const given: Circumstances = {
    ...(chance === undefined ? {} : { chance }),
    datePassed: primary !== undefined && stateOf(primary) === 'passed',
    raised: { [Symbol.iterator]: () => lifts(seen.raisedOn(day, askedOn)) },
    relievable: { [Symbol.iterator]: () => lifts(relieved((one) => isFirm(one) && one.isRaised)) },
    get together() {
      return togetherOn(seen, day, isFirm)?.dP;
    },
    get suspected() {
      return gainOf(({ isRaised }) => !isRaised);
    },
    get guessed() {
      return gainOf((one) => !isFirm(one) && one.isRaised);
    },
    get serviceLevelAlert() {
      return serviceLevel(view).alert === true;
    },
    get earlyFailure() {
      return [...seen.raisedOn(day)].some(({ signal }) => signal.kind === 'early_failure');
    },
    get calibration() {
      return teamCalibration(view).verdict;
    },
  };
  const found = levelOf(given, view.team.cutPoints);
  return {
    level: found.level,
    get clause() {
      return found.clause;
    },
    day,
    goal: primary === undefined ? '' : `${primary.goal.id} ${stateOf(primary)}`,
  };
}

const isFirm = ({ signal }: SeenSignal): boolean => signal.isGuess !== true;

function* lifts(raised: Iterable<SeenSignal>): Generator<Lift> {
  for (const { id, impact } of raised) {
    const { dP } = impact;
    yield { id, ...(dP === undefined ? {} : { dP }) };
  }
}

/** The goal the level is about. One that is done and whose date is over asks nothing of the team any more. */
function primaryGoal(view: TeamView): Dated | undefined {
  const { primary } = goalBases(view);
  return primary !== undefined && primary.left === 0 && primary.days <= 0 ? undefined : primary;
}

type Dated = NonNullable<ReturnType<typeof goalBases>['primary']>;

function stateOf({ left, days }: Dated): string {
  return left === 0 ? 'done' : days > 0 ? 'ahead' : 'passed';
}
