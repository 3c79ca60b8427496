import type { CalendarDay } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay } from '#domain/wording.ts';
import { goalBases, goalChance } from '#forecast/goal-forecast.ts';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { type LevelFound, levelOf } from './level.ts';
import { raisedOn, togetherOn } from './raised.ts';
import type { Watch } from './seen.ts';
import { steady } from './steady.ts';
import { weeklyGrid } from './weekly.ts';

/**
 * The level by the weekly evaluations up to the day: one that two in a row have found, a week apart. Between two Mondays
 * it stays as the last left it, whatever the days between would say; only another goal, or a date that has passed, counts
 * at once. Asks no further back than to the first two in a row that agree.
 */
export function levelOn(seen: Watch, view: TeamView): LevelFound {
  const found: Evaluation[] = [];
  for (const day of weeklyGrid(view.day, view.team.timezone)) {
    found.unshift(evaluationOn(seen, day));
    if (found[0]?.level === found[1]?.level) break;
  }
  const today = evaluationOn(seen, view.day);
  const settles = (now: Evaluation | undefined, before: Evaluation | undefined) => now?.goal !== before?.goal;
  if (settles(today, found.at(-1))) return { level: today.level, clause: today.clause };
  const level = steady(
    found.map((one) => one.level),
    (i) => i > 0 && settles(found[i], found[i - 1]),
  );
  const held = found.findLast((one) => one.level === level) ?? today;
  return held.level === today.level
    ? { level: today.level, clause: today.clause }
    : {
        level: held.level,
        clause: `${held.clause}, as found on ${longDay(held.day)}; today alone it would be ${today.clause}`,
      };
}

interface Evaluation extends LevelFound {
  readonly day: CalendarDay;
  /** Which goal it was about, and whether it was done, or its date over. */
  readonly goal: string;
}

function evaluationOn(seen: Watch, day: CalendarDay): Evaluation {
  const view = seen.viewOn(day);
  const primary = primaryGoal(view);
  const chance = primary && goalChance(primary);
  const raised = raisedOn(seen, day);
  const together = togetherOn(seen, day)?.dP;
  const found = levelOf({
    ...(chance === undefined ? {} : { chance }),
    datePassed: primary !== undefined && stateOf(primary) === 'passed',
    raised: raised.map(({ id, impact: { dP } }) => ({ id, ...(dP === undefined ? {} : { dP }) })),
    ...(together === undefined ? {} : { together }),
    suspected: seen
      .seenOn(day)
      .filter(({ isRaised }) => !isRaised)
      .flatMap(({ impact: { dP } }) => (dP === undefined ? [] : [dP])),
    serviceLevelAlert: serviceLevel(view).alert === true,
    earlyFailure: raised.some(({ signal }) => signal.kind === 'early_failure'),
    calibration: teamCalibration(view).verdict,
  });
  return { ...found, day, goal: primary === undefined ? '' : `${primary.goal.id} ${stateOf(primary)}` };
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
