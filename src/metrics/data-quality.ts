import type { TeamView } from '#domain/team-view.ts';
import { absenceFindings } from './absence-findings.ts';
import { boardFindings } from './board-findings.ts';
import { childrenFindings } from './children-findings.ts';
import { doneFindings } from './done-findings.ts';
import type { Finding } from './finding.ts';
import { gateFindings } from './gate-findings.ts';
import { goalFindings } from './goal-findings.ts';
import { itemFindings } from './item-findings.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { mirrorFindings } from './mirror-findings.ts';
import { sourceFindings } from './sources-behind.ts';
import { knownOnlyNow, statusFindings } from './status-findings.ts';
import { workFindings } from './work-findings.ts';

/**
 * What in the data makes the numbers less sure than they look, most consequential first.
 *
 * Statuses and mapping are judged as placed for this team. Items are those open at the end of the view or closed in the
 * 180 days before. A finding is about data and habits of recording, never about a person.
 *
 * Left out: checks that found nothing.
 *
 * @example dataQuality(view(team(), '2026-01-23', [issue('PAY-1', 'To Do 3d → Done')])).map((finding) => finding.check)
 *   // => ['skipped_start', 'known_only_now']
 */
export function dataQuality(view: TeamView): readonly Finding[] {
  const { since } = lookback(view, FLOW_DAYS);
  const recent = view.items.filter((item) => (item.finishedAt ?? item.cancelledAt ?? view.asOf) > since);
  return [
    ...sourceFindings(view),
    ...boardFindings(view),
    ...statusFindings(view, recent),
    ...goalFindings(view),
    ...gateFindings(view),
    ...doneFindings(view, recent),
    ...itemFindings(view, recent),
    ...childrenFindings(view, recent),
    ...absenceFindings(view, recent),
    ...mirrorFindings(view),
    ...workFindings(view),
    knownOnlyNow(view),
  ].filter((finding) => finding.count > 0);
}
