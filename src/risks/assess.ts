import type { CalendarDay } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay } from '#domain/wording.ts';
import { goalBases, goalChance } from '#forecast/goal-forecast.ts';
import { teamCalibration } from '#forecast/team-calibration.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { acceptMeans } from './acceptance.ts';
import { trustWithCost } from './cost-trust.ts';
import { impactOf } from './impact.ts';
import { type LevelFound, levelOf } from './level.ts';
import type { Impact, Risk, RiskOption } from './risk.ts';
import { type Lookout, type SeenSignal, type Watch, watch } from './seen.ts';
import { steady } from './steady.ts';
import { weeklyGrid } from './weekly.ts';

/** Whether a team is set up for success, and what stands against it. */
export interface RiskAssessment {
  readonly level: LevelFound;
  /** Those raised, by what their relief is worth; those that are worth nothing to the goal last. */
  readonly risks: readonly Risk[];
  /** What all of them relieved together would be worth to the goal; their gains do not add up. */
  readonly together?: Impact;
}

/** What is raised on a day, today or before, from one look at the history: each day is worked out once. */
export interface RiskWatch {
  /** The team as of the end of a day. */
  readonly viewOn: (day: CalendarDay) => TeamView;
  readonly assessmentOn: (day: CalendarDay) => RiskAssessment;
}

/**
 * The raised risks of a team, and its level by the rules of the headline, as of the view's day or any before.
 *
 * A level changes once the evaluations of two Mondays in a row have found the new one, or when a date has passed; all of
 * them are replayed from the history (METRICS 1.1.2, 2.3).
 */
export function riskWatch(view: TeamView, lookout: Lookout): RiskWatch {
  const seen = watch(view, lookout);
  return { viewOn: seen.viewOn, assessmentOn: (day) => assessment(seen, day) };
}

/** The same for the view's own day. */
export function assessRisks(view: TeamView, lookout: Lookout): RiskAssessment {
  return riskWatch(view, lookout).assessmentOn(view.day);
}

function assessment(seen: Watch, day: CalendarDay): RiskAssessment {
  const view = seen.viewOn(day);
  const together = togetherOn(seen, day);
  return {
    level: steadyLevel(view, seen),
    risks: raisedOn(seen, day)
      .map((one) => riskOf(seen, view, one))
      .toSorted(byWorth),
    ...(together === undefined ? {} : { together }),
  };
}

function raisedOn({ seenOn }: Watch, day: CalendarDay): readonly SeenSignal[] {
  return seenOn(day).filter(({ isRaised }) => isRaised);
}

function togetherOn(seen: Watch, day: CalendarDay): Impact | undefined {
  const goal = seen.goalOn(day);
  const reliefs = raisedOn(seen, day).flatMap(({ signal }) => signal.relief ?? []);
  return goal === undefined || reliefs.length < 2 ? undefined : impactOf(goal, reliefs);
}

function riskOf({ goalOn }: Watch, view: TeamView, { id, signal, impact, persistence }: SeenSignal): Risk {
  const { dP, dPBound } = impact;
  const worth = { ...(dP === undefined ? {} : { dP }), ...(dPBound === undefined ? {} : { dPBound }) };
  return {
    id: `${view.team.id}/${id}`,
    kind: signal.kind,
    statement: signal.statement,
    evidence: signal.evidence,
    impact,
    probabilityReal: signal.probabilityReal,
    confidence: trustWithCost(view, signal.confidence, impact),
    ...(signal.note === undefined ? {} : { note: signal.note }),
    owner: signal.owner,
    // The first is the one that the relief stands for; what the others would be worth nobody worked out.
    options: signal.options.map((option, i): RiskOption => (i === 0 ? { ...option, ...worth } : option)),
    acceptMeans: acceptMeans(view, goalOn(view.day), impact),
    firstSeen: persistence.since ?? view.day,
    persistedWeeks: persistence.weeks,
    status: 'open',
  };
}

/** Whose relief is worth more comes first; equals by id, so that the order says nothing else. */
function byWorth(a: Risk, b: Risk): number {
  const worth = ({ impact }: Risk) => impact.dP?.[0] ?? 0;
  return worth(b) - worth(a) || (a.id < b.id ? -1 : 1);
}

/**
 * The level by the weekly evaluations up to the day: one that two in a row have found, a week apart. Between two Mondays
 * it stays as the last left it, whatever the days between would say; only another goal, or a date that has passed, counts
 * at once. Asks no further back than to the first two in a row that agree.
 */
function steadyLevel(view: TeamView, seen: Watch): LevelFound {
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
