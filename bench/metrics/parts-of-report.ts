import type { TeamView } from '#domain/team-view.ts';
import { teamForecast } from '#forecast/team-forecast.ts';
import { teamGoals } from '#forecast/team-goals.ts';
import { teamMilestones } from '#forecast/team-milestones.ts';
import { asks } from '#metrics/asks.ts';
import { basicallyDone } from '#metrics/basically-done.ts';
import { blocked } from '#metrics/blocked.ts';
import { blockedBy } from '#metrics/blocked-by.ts';
import { churn } from '#metrics/churn.ts';
import { clarity } from '#metrics/clarity.ts';
import { cycleTime } from '#metrics/cycle-time.ts';
import { cycleTimeDefinitions } from '#metrics/cycle-time-definitions.ts';
import { dataQuality } from '#metrics/data-quality.ts';
import { dueDates } from '#metrics/due-dates.ts';
import { flowEfficiency } from '#metrics/flow-efficiency.ts';
import { goalFocus } from '#metrics/goal-focus.ts';
import { incidents } from '#metrics/incidents.ts';
import { knowledge } from '#metrics/knowledge.ts';
import { newWorkWhileGoalWaits } from '#metrics/new-work.ts';
import { reworkRate } from '#metrics/rework-rate.ts';
import { sayDo } from '#metrics/say-do.ts';
import { serviceLevel } from '#metrics/service-level.ts';
import { sharedGoals } from '#metrics/shared-goals.ts';
import { stability } from '#metrics/stability.ts';
import { supportLoad } from '#metrics/support-load.ts';
import { swarmRate } from '#metrics/swarm.ts';
import { throughput } from '#metrics/throughput.ts';
import { turnover } from '#metrics/turnover.ts';
import { unplanned } from '#metrics/unplanned.ts';
import { updates } from '#metrics/updates.ts';
import { workInProgress } from '#metrics/work-in-progress.ts';
import { workItemAge } from '#metrics/work-item-age.ts';
import { workstreamHistory } from '#metrics/workstream-history.ts';
import { workstreams } from '#metrics/workstreams.ts';
import type { TeamReport } from '#report/team-report.ts';

type Part =
  | keyof TeamReport['metrics']
  | 'basicallyDone'
  | 'workstreams'
  | 'workstreamHistory'
  | 'forecast'
  | 'milestones'
  | 'goals'
  | 'slos'
  | 'dataQuality'
  | 'definitions';

/** What a report works out of a view, in its order: what one part has found out, those behind it may find done. */
export const PARTS: Readonly<Record<Part, (view: TeamView) => unknown>> = {
  cycleTime,
  throughput,
  workInProgress,
  workItemAge,
  flowEfficiency,
  blocked,
  stability,
  sayDo,
  dueDates,
  knowledge,
  goalFocus,
  swarmRate,
  newWork: newWorkWhileGoalWaits,
  supportLoad,
  incidents,
  unplanned,
  reworkRate,
  turnover,
  blockedBy,
  asks,
  sharedGoals,
  churn,
  clarity,
  updates,
  goals: teamGoals,
  basicallyDone,
  workstreams,
  workstreamHistory,
  forecast: teamForecast,
  milestones: teamMilestones,
  slos: serviceLevel,
  dataQuality,
  definitions: cycleTimeDefinitions,
};
