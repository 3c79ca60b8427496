import type { CalendarDay } from '#domain/calendar.ts';
import type { Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { Placement } from '#domain/workflow.ts';
import { type TeamForecast, teamForecast } from '#forecast/team-forecast.ts';
import { type BasicallyDone, basicallyDone } from '#metrics/basically-done.ts';
import { type Blocked, blocked } from '#metrics/blocked.ts';
import { type CycleTime, cycleTime } from '#metrics/cycle-time.ts';
import { cycleTimeDefinitions, type DefinitionReading } from '#metrics/cycle-time-definitions.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { type DueDates, dueDates } from '#metrics/due-dates.ts';
import type { Finding } from '#metrics/finding.ts';
import { type FlowEfficiency, flowEfficiency } from '#metrics/flow-efficiency.ts';
import { type Knowledge, knowledge } from '#metrics/knowledge.ts';
import { type SayDo, sayDo } from '#metrics/say-do.ts';
import { type ServiceLevel, serviceLevel } from '#metrics/service-level.ts';
import { type Stability, stability } from '#metrics/stability.ts';
import { type Throughput, throughput } from '#metrics/throughput.ts';
import { type WorkInProgress, workInProgress } from '#metrics/work-in-progress.ts';
import { type WorkItemAge, workItemAge } from '#metrics/work-item-age.ts';
import { type Workstreams, workstreams } from '#metrics/workstreams.ts';
import { definitionVersion } from './definition-version.ts';
import { type Headline, headline } from './headline.ts';

/** Changes whenever a key of the document changes its name or meaning. */
const SCHEMA_VERSION = 2;

/** The one document every format of a team report is made from. Numbers are `Measurement`s, never bare figures. */
export interface TeamReport {
  readonly schemaVersion: number;
  readonly definitionVersion: string;
  readonly team: Pick<Team, 'id' | 'name' | 'group' | 'timezone'>;
  readonly asOf: CalendarDay;
  readonly headline: Headline;
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
  };
  readonly basicallyDone: BasicallyDone;
  readonly workstreams: Workstreams;
  /** How many items by when, and how often such forecasts came true before. */
  readonly forecast: TeamForecast;
  /** Delivery promises and their error budgets. */
  readonly slos: readonly ServiceLevel[];
  readonly dataQuality: readonly Finding[];
  readonly definitions: Definitions;
  /** Questions this version of the report does not answer yet: absent must not read as "nothing found". */
  readonly notAssessed: readonly string[];
}

/** How the numbers were counted, as this team has it configured. */
export interface Definitions {
  readonly start: string;
  readonly finish: string;
  readonly cycleTime: string;
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
 * The report on a team as of a day. A pure function of the view: the same history and configuration give the same
 * bytes, whenever it is asked and whatever happened later.
 */
export function teamReport(view: TeamView): TeamReport {
  const { id, name, group, timezone } = view.team;
  const parts = {
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
    },
    basicallyDone: basicallyDone(view),
    workstreams: workstreams(view),
    forecast: teamForecast(view),
    slos: [serviceLevel(view)],
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    definitionVersion: definitionVersion(view.team),
    team: { id, name, ...(group === undefined ? {} : { group }), timezone },
    asOf: view.day,
    headline: headline(view.team.name, parts),
    ...parts,
    dataQuality: dataQuality(view),
    definitions: definitions(view),
    notAssessed: ['risks', 'changedSince'],
  };
}

function definitions(view: TeamView): Definitions {
  return {
    start: 'first entry into active or late',
    finish: 'last crossing into done from outside it, while the item is done',
    cycleTime: 'elapsed days from start to finish, weekends included',
    asOf: `the end of the day in ${view.team.timezone}; events before it count`,
    items: 'issues in scope below the level of an epic',
    doneMeans: view.team.doneMeans ?? 'released where the project has dated releases, else merged',
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
