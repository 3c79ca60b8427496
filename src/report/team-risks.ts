import type { Decision } from '#domain/decision.ts';
import type { TeamView } from '#domain/team-view.ts';
import { sourcesBehind } from '#metrics/sources-behind.ts';
import { type RiskWatch, riskWatch } from '#risks/assess.ts';
import { DETECTORS, WITHOUT_RELIEF } from '#risks/detectors.ts';
import { goalAhead } from '#risks/goal-ahead.ts';
import type { Risk } from '#risks/risk.ts';
import { doubtedRisk } from './low-confidence.ts';

/** The look at a team that its report takes: with every detector, and what was decided. */
export function teamRiskWatch(view: TeamView, decisions: readonly Decision[]): RiskWatch {
  return riskWatch(view, { detectors: DETECTORS, withoutRelief: WITHOUT_RELIEF, goalAhead }, decisions);
}

/** The risks of a team as its report tells them, without the rest of it. */
export function teamRisks(view: TeamView, decisions: readonly Decision[]): readonly Risk[] {
  return reportedRisks(view, teamRiskWatch(view, decisions).assessmentOn(view.day).risks);
}

/** The numbers of a team whose sources were not read up to the day are doubted. */
export function reportedRisks(view: TeamView, risks: readonly Risk[]): readonly Risk[] {
  return sourcesBehind(view).length > 0 ? risks.map(doubtedRisk) : risks;
}
