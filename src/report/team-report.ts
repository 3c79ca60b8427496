import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision } from '#domain/decision.ts';
import type { Measurement } from '#domain/measurement.ts';
import { type CycleTimeDefinition, cycleTimeDefinition, type Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { Placement } from '#domain/workflow.ts';
import type { GoalElasticity } from '#forecast/goal-elasticity.ts';
import { goalLastMile } from '#forecast/goal-last-mile.ts';
import { type TeamForecast, teamForecast } from '#forecast/team-forecast.ts';
import { type TeamGoals, teamGoals } from '#forecast/team-goals.ts';
import { type TeamMilestones, teamMilestones } from '#forecast/team-milestones.ts';
import { type Asks, asks } from '#metrics/asks.ts';
import { type BasicallyDone, basicallyDone } from '#metrics/basically-done.ts';
import { type Blocked, blocked } from '#metrics/blocked.ts';
import { type BlockedBy, blockedBy } from '#metrics/blocked-by.ts';
import { type Churn, churn } from '#metrics/churn.ts';
import { type Clarity, clarity } from '#metrics/clarity.ts';
import { type CycleTime, cycleTime } from '#metrics/cycle-time.ts';
import { cycleTimeDefinitions, type DefinitionReading } from '#metrics/cycle-time-definitions.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { type DueDates, dueDates } from '#metrics/due-dates.ts';
import type { Finding } from '#metrics/finding.ts';
import { type FlowEfficiency, flowEfficiency } from '#metrics/flow-efficiency.ts';
import { type GoalFocus, goalFocus } from '#metrics/goal-focus.ts';
import { type Incidents, incidents } from '#metrics/incidents.ts';
import { type Knowledge, knowledge } from '#metrics/knowledge.ts';
import { type NewWork, newWorkWhileGoalWaits } from '#metrics/new-work.ts';
import { reworkRate } from '#metrics/rework-rate.ts';
import { type SayDo, sayDo } from '#metrics/say-do.ts';
import { type ServiceLevel, serviceLevel } from '#metrics/service-level.ts';
import { type SharedGoals, sharedGoals } from '#metrics/shared-goals.ts';
import { sourcesBehind } from '#metrics/sources-behind.ts';
import { type Stability, stability } from '#metrics/stability.ts';
import { type SupportLoad, supportLoad } from '#metrics/support-load.ts';
import { swarmRate } from '#metrics/swarm.ts';
import { type Throughput, throughput } from '#metrics/throughput.ts';
import { type Turnover, turnover } from '#metrics/turnover.ts';
import { type Unplanned, unplanned } from '#metrics/unplanned.ts';
import { type Updates, updates } from '#metrics/updates.ts';
import { type WorkInProgress, workInProgress } from '#metrics/work-in-progress.ts';
import { type WorkItemAge, workItemAge } from '#metrics/work-item-age.ts';
import { type EarlierSpread, workstreamHistory } from '#metrics/workstream-history.ts';
import { type Workstreams, workstreams } from '#metrics/workstreams.ts';
import type { Risk, Together } from '#risks/risk.ts';
import type { ChangedSince } from './changed-since.ts';
import { definitionVersion } from './definition-version.ts';
import { COUNTED_ALIKE, type DefinitionInWords, definitionInWords } from './definition-words.ts';
import { type Headline, headline } from './headline.ts';
import { withLowConfidence } from './low-confidence.ts';
import { type NotYetRaised, notYetRaised } from './not-yet-raised.ts';
import { reportedRisks, teamRiskWatch } from './team-risks.ts';
import { sinceTheWeekBefore } from './week-before.ts';

/** Changes whenever a key of the document changes its name or meaning. */
const SCHEMA_VERSION = 3;

/** The one document every format of a team report is made from. Numbers are `Measurement`s, never bare figures. */
export interface TeamReport {
  readonly schemaVersion: number;
  readonly definitionVersion: string;
  readonly team: Pick<Team, 'id' | 'name' | 'group' | 'timezone'>;
  readonly asOf: CalendarDay;
  readonly headline: Headline;
  /** What keeps the team from succeeding: by what relief is worth to the goal, the most first. */
  readonly risks: readonly Risk[];
  /** What is seen of a goal that will not be made by the level, where nothing is raised yet. */
  readonly notYetRaised?: readonly NotYetRaised[];
  /** What relief of all of them at once would be worth to the goal; their gains do not add up. Absent below two. */
  readonly together?: Together;
  /** How much faster the goal is taken to go for people who are freed. Absent without a raised risk, or a goal ahead. */
  readonly elasticity?: GoalElasticity;
  readonly metrics: {
    readonly cycleTime: CycleTime;
    readonly throughput: Throughput;
    readonly workInProgress: WorkInProgress;
    readonly workItemAge: WorkItemAge;
    readonly flowEfficiency: FlowEfficiency;
    readonly blocked: Blocked;
    readonly stability: Stability;
    readonly sayDo: SayDo;
    readonly dueDates: DueDates;
    readonly knowledge: Knowledge;
    readonly goalFocus: GoalFocus;
    readonly swarmRate: Measurement;
    readonly newWork: NewWork;
    readonly supportLoad: SupportLoad;
    readonly incidents: Incidents;
    readonly unplanned: Unplanned;
    readonly reworkRate: Measurement;
    readonly turnover: Turnover;
    readonly blockedBy: BlockedBy;
    readonly asks: Asks;
    readonly sharedGoals: SharedGoals;
    readonly churn: Churn;
    readonly clarity: Clarity;
    readonly updates: Updates;
  };
  /** What the team committed to, and what will become of it. */
  readonly goals: TeamGoals;
  /** `goalByDate`: the chance that all of it that is the primary goal's is Done by its date. */
  readonly basicallyDone: BasicallyDone & { readonly goalByDate: Measurement };
  /** With the same numbers 13 and 26 weeks ago: a team is held against its own past. */
  readonly workstreams: Workstreams & { readonly history: readonly EarlierSpread[] };
  /** How many items by when, and how often such forecasts came true before. */
  readonly forecast: TeamForecast & TeamMilestones;
  /** Delivery promises and their error budgets. */
  readonly slos: readonly ServiceLevel[];
  readonly dataQuality: readonly Finding[];
  readonly definitions: Definitions;
  /** What is another than it was at the end of the week before. */
  readonly changedSince: ChangedSince;
}

/** How the numbers were counted, as this team has it configured. */
export interface Definitions extends DefinitionInWords {
  /** What start, finish, cycle time, age and the delivery promise go by: the team's choice, or ours. */
  readonly cycleTimeDefinition: CycleTimeDefinition;
  /** What does not go by it. */
  readonly countedAlike: string;
  readonly asOf: string;
  readonly items: string;
  readonly doneMeans: string;
  readonly workstreamBy: string;
  readonly stages: readonly Placement[];
  /** What the cycle time of the same items would be if it were counted in another way. */
  readonly cycleTimeAlternatives: readonly DefinitionReading[];
  /** Facts that trackers keep no history of: they are today's, whatever date the report is for. */
  readonly knownOnlyNow: readonly string[];
}

/**
 * The report on a team as of a day. A pure function of the view, and of the decisions recorded by then: the same history
 * and configuration give the same bytes, whenever it is asked and whatever happened later.
 */
export function teamReport(view: TeamView, decisions: readonly Decision[] = []): TeamReport {
  const { id, name, group, timezone } = view.team;
  const isBehind = sourcesBehind(view).length > 0;
  const sure = isBehind ? withLowConfidence : <Part>(part: Part) => part;
  const watch = teamRiskWatch(view, decisions);
  const { level, risks, together, elasticity } = watch.assessmentOn(view.day);
  const notYet = risks.length > 0 ? [] : notYetRaised(level, watch.seenOn(view.day));
  const parts = sure({
    metrics: {
      cycleTime: cycleTime(view),
      throughput: throughput(view),
      workInProgress: workInProgress(view),
      workItemAge: workItemAge(view),
      flowEfficiency: flowEfficiency(view),
      blocked: blocked(view),
      stability: stability(view),
      sayDo: sayDo(view),
      dueDates: dueDates(view),
      knowledge: knowledge(view),
      goalFocus: goalFocus(view),
      swarmRate: swarmRate(view),
      newWork: newWorkWhileGoalWaits(view),
      supportLoad: supportLoad(view),
      incidents: incidents(view),
      unplanned: unplanned(view),
      reworkRate: reworkRate(view),
      turnover: turnover(view),
      blockedBy: blockedBy(view),
      asks: asks(view),
      sharedGoals: sharedGoals(view),
      churn: churn(view),
      clarity: clarity(view),
      updates: updates(view),
    },
    goals: teamGoals(view),
    basicallyDone: { ...basicallyDone(view), goalByDate: goalLastMile(view) },
    workstreams: { ...workstreams(view), history: workstreamHistory(view) },
    forecast: { ...teamForecast(view), ...teamMilestones(view) },
    slos: [serviceLevel(view)],
  });
  const report = {
    schemaVersion: SCHEMA_VERSION,
    definitionVersion: definitionVersion(view.team),
    team: { id, name, ...(group === undefined ? {} : { group }), timezone },
    asOf: view.day,
    headline: headline(view.team.name, cycleTimeDefinition(view.team), parts, { level, risks }),
    risks: reportedRisks(view, risks),
    ...(notYet.length === 0 ? {} : { notYetRaised: notYet }),
    ...(together === undefined ? {} : { together }),
    ...(elasticity === undefined ? {} : { elasticity }),
    ...parts,
    dataQuality: dataQuality(view),
    definitions: sure(definitions(view)),
  };
  return { ...report, changedSince: sinceTheWeekBefore(view, watch, report) };
}

const DONE_BY_DEFAULT =
  'released where the project has dated releases or deployments, else merged; no less than the highest gate that is named; adopted for goals that name adopters and a KPI';

function definitions(view: TeamView): Definitions {
  const definition = cycleTimeDefinition(view.team);
  return {
    ...definitionInWords(definition, view.team.timezone),
    cycleTimeDefinition: definition,
    countedAlike: COUNTED_ALIKE,
    asOf: `the end of the day in ${view.team.timezone}; events before it count`,
    items: 'issues in scope below the level of an epic',
    doneMeans: view.team.doneMeans ?? DONE_BY_DEFAULT,
    workstreamBy: view.team.workstreamBy,
    stages: [...view.stages.values()].flatMap((map) => map.placements),
    cycleTimeAlternatives: cycleTimeDefinitions(view),
    knownOnlyNow: [
      'a status’s name and category',
      'an issue type’s level',
      'a version’s release date and whether it is released',
      'a sprint’s name and dates',
      'a project’s key and name',
    ],
  };
}
