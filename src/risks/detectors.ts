import { agingWork } from './aging-work.ts';
import { asksWithoutSharedGoal } from './asks-without-shared-goal.ts';
import { basicallyDone } from './basically-done.ts';
import { blockedWork } from './blocked-work.ts';
import { carryOver } from './carry-over.ts';
import { earlyFailure } from './early-failure.ts';
import { incidents } from './incidents.ts';
import { knowledgeConcentration } from './knowledge-concentration.ts';
import { missedKpi } from './missed-kpi.ts';
import { noDatedGoal } from './no-dated-goal.ts';
import { priorityChurn } from './priority-churn.ts';
import { serviceLevelBurn } from './service-level-burn.ts';
import type { Detector } from './signal.ts';
import { silence } from './silence.ts';
import { slippingDates } from './slipping-dates.ts';
import { stalledGoal } from './stalled-goal.ts';
import { supportLoad } from './support-load.ts';
import { turnover } from './turnover.ts';
import { unansweredAsks } from './unanswered-asks.ts';
import { uncalibratedForecast } from './uncalibrated-forecast.ts';
import { unclearGoal } from './unclear-goal.ts';
import { undecidedAlternatives } from './undecided-alternatives.ts';
import { unplannedWork } from './unplanned-work.ts';
import { unrealisticGoal } from './unrealistic-goal.ts';
import { unstableThroughput } from './unstable-throughput.ts';
import { workstreamSprawl } from './workstream-sprawl.ts';

/** All that looks for what keeps a team from succeeding. */
export const DETECTORS: readonly Detector[] = [
  basicallyDone,
  unstableThroughput,
  agingWork,
  carryOver,
  slippingDates,
  serviceLevelBurn,
  uncalibratedForecast,
  unrealisticGoal,
  earlyFailure,
  missedKpi,
  stalledGoal,
  noDatedGoal,
  unclearGoal,
  priorityChurn,
  blockedWork,
  unansweredAsks,
  asksWithoutSharedGoal,
  silence,
  workstreamSprawl,
  supportLoad,
  incidents,
  unplannedWork,
  knowledgeConcentration,
  turnover,
  undecidedAlternatives,
];

/** Those that see nothing of which relief could be computed: they cost what they cost, or hide what things cost. */
export const WITHOUT_RELIEF: readonly Detector[] = [
  agingWork,
  carryOver,
  slippingDates,
  serviceLevelBurn,
  uncalibratedForecast,
  unrealisticGoal,
  stalledGoal,
  noDatedGoal,
  unclearGoal,
  priorityChurn,
  unansweredAsks,
  asksWithoutSharedGoal,
  silence,
  unplannedWork,
  knowledgeConcentration,
  turnover,
];
