import type { CalendarDay } from '#domain/calendar.ts';
import { type Decision, decisionsAsOf } from '#domain/decision.ts';
import type { Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { GoalElasticity } from '#forecast/goal-elasticity.ts';
import { acceptMeans } from './acceptance.ts';
import { trustWithCost } from './cost-trust.ts';
import { costMeans, ownCost } from './cost-words.ts';
import { goalToday } from './goal-today.ts';
import type { LevelFound } from './level.ts';
import { optionsOf } from './options.ts';
import { attributionOn, raisedOn, togetherOn } from './raised.ts';
import type { Risk, Standing, Together } from './risk.ts';
import { type Lookout, type SeenSignal, type Watch, watch } from './seen.ts';
import { standingOf } from './standing.ts';
import { levelOn } from './weekly-level.ts';

/** Whether a team is set up for success, and what stands against it. */
export interface RiskAssessment {
  readonly level: LevelFound;
  /** Those raised, by what their relief is worth; those that are worth nothing to the goal last. */
  readonly risks: readonly Risk[];
  /** What all of them relieved together would be worth to the goal; their gains do not add up. */
  readonly together?: Together;
  /** How much faster the goal is taken to go for people who are freed; absent where no cost is counted in a goal. */
  readonly elasticity?: GoalElasticity;
}

/** What is raised on a day, today or before, from one look at the history: each day is worked out once. */
export interface RiskWatch {
  /** The team as of the end of a day. */
  readonly viewOn: (day: CalendarDay) => TeamView;
  readonly assessmentOn: (day: CalendarDay) => RiskAssessment;
  readonly levelOn: (day: CalendarDay) => LevelFound;
  /** As much of each raised risk as tells what changed, in the order of the assessment. */
  readonly raisedOn: (day: CalendarDay) => readonly RaisedRisk[];
  /** What is seen, raised or not. */
  readonly seenOn: Watch['seenOn'];
}

/** What is raised, what it costs and how it stands, without for how long and what leaving it would mean. */
export type RaisedRisk = Pick<Risk, 'id' | 'statement' | 'evidence' | 'impact'> & Standing;

/**
 * The raised risks of a team, and its level by the rules of the headline, as of the view's day or any before.
 *
 * A level changes once the evaluations of two Mondays in a row have found the new one, or when a date has passed; all of
 * them are replayed from the history (METRICS 1.1.2, 2.3). What was decided by then tells how a risk stands, and changes
 * neither what is raised nor the level: acceptance makes nothing likelier.
 */
export function riskWatch(view: TeamView, lookout: Lookout, decisions: readonly Decision[] = []): RiskWatch {
  const seen = watch(view, lookout);
  return {
    viewOn: seen.viewOn,
    assessmentOn: (day) => assessment(seen, day, decisions),
    levelOn: (day) => levelOn(seen, seen.viewOn(day)),
    raisedOn: (day) => {
      const on = seen.viewOn(day);
      const decided = decisionsAsOf(decisions, on.asOf);
      return raisedOn(seen, day)
        .map((one) => raisedRisk(seen, on, one, decided))
        .toSorted(byWorth);
    },
    seenOn: seen.seenOn,
  };
}

/** The same for the view's own day. */
export function assessRisks(
  view: TeamView,
  lookout: Lookout,
  decisions: readonly Decision[] = [],
): RiskAssessment {
  return riskWatch(view, lookout, decisions).assessmentOn(view.day);
}

function assessment(seen: Watch, day: CalendarDay, decisions: readonly Decision[]): RiskAssessment {
  const view = seen.viewOn(day);
  const together = togetherOn(seen, day);
  const decided = decisionsAsOf(decisions, view.asOf);
  const risks = raisedOn(seen, day).map((one) => riskOf(seen, view, one, decided));
  const elasticity = risks.length === 0 ? undefined : seen.goalOn(day)?.elasticity;
  return {
    level: levelOn(seen, view),
    risks: risks.toSorted(byWorth),
    ...(together === undefined ? {} : { together: { ...together, ...divided(seen, view) } }),
    ...(elasticity === undefined ? {} : { elasticity }),
  };
}

function divided(seen: Watch, { day, team }: TeamView): Pick<Together, 'attribution'> {
  const attribution = attributionOn(seen, day)?.map(({ risk, dP }) => ({ risk: idIn(team, risk), dP }));
  return attribution === undefined ? {} : { attribution };
}

function raisedRisk(
  seen: Watch,
  view: TeamView,
  { id: found, signal, impact }: SeenSignal,
  decisions: readonly Decision[],
): RaisedRisk {
  const id = idIn(view.team, found);
  return {
    id,
    get statement() {
      return signal.statement;
    },
    get evidence() {
      return signal.evidence;
    },
    impact,
    ...standing(seen, view, { id, kind: signal.kind, impact }, decisions),
  };
}

function standing(
  { goalOn }: Watch,
  view: TeamView,
  risk: Pick<Risk, 'id' | 'kind' | 'impact'>,
  decisions: readonly Decision[],
): Standing {
  // Most risks were never decided about, and need not be held against their goal.
  const own = decisions.filter((one) => one.risk === risk.id);
  const goal = own.length === 0 ? undefined : goalToday(view, risk, goalOn(view.day));
  return standingOf({ ...risk, goal }, own, view.day);
}

function idIn({ id: team }: Team, id: string): string {
  return `${team}/${id}`;
}

function riskOf(
  seen: Watch,
  view: TeamView,
  { id: found, signal, impact, persistence }: SeenSignal,
  decisions: readonly Decision[],
): Risk {
  const named = { id: idIn(view.team, found), kind: signal.kind };
  const goal = seen.goalOn(view.day);
  return {
    ...named,
    statement: signal.statement,
    evidence: signal.evidence,
    impact,
    probabilityReal: signal.probabilityReal,
    confidence: trustWithCost(view, signal.confidence, impact),
    ...(signal.note === undefined ? {} : { note: signal.note }),
    owner: signal.owner,
    options: optionsOf(goal, signal.options, signal.ofTooFew),
    costMeans: costMeans(view, goal, signal, impact),
    acceptMeans:
      signal.accepting ?? acceptMeans(view, goal, impact, ownCost(signal, impact), signal.ofTooFew),
    firstSeen: persistence.since ?? view.day,
    persistedWeeks: persistence.weeks,
    ...standing(seen, view, { ...named, impact }, decisions),
  };
}

/** Whose relief is worth more comes first; equals by id, so that the order says nothing else. */
function byWorth(a: RaisedRisk, b: RaisedRisk): number {
  const worth = ({ impact }: RaisedRisk) => impact.dP?.[0] ?? 0;
  return worth(b) - worth(a) || (a.id < b.id ? -1 : 1);
}
