import { GATED_LEVELS } from '#domain/gate.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { administrativeClosures, isBulk } from '../administrative.ts';
import { isNamed, progressOf } from '../gates/progress.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { reaches, requiredLevels } from '../required-level.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';

const MIN_WORKDAYS = 5;

/**
 * Items called done for more than 5 work days, in the last 180 days, whose evidence is missing for a gate that the team
 * itself named, up to the level that is required. Hard: that evidence is what the team says shows it. Sub-tasks are told
 * with what they are a part of, and adoption by the day its KPI is due. Left out: what was closed in bulk, of which there
 * is nothing to show.
 */
export function gateClosed(view: TeamView): readonly Signal[] {
  const named = GATED_LEVELS.filter((level) => level !== 'adopted' && isNamed(view, level));
  if (named.length === 0) return [];
  const required = requiredLevels(view);
  const progress = progressOf(view);
  const administrative = administrativeClosures(view);
  const { since } = lookback(view, FLOW_DAYS);
  const cutoff = cutoffOfWorkdays(view, MIN_WORKDAYS);
  return view.items.flatMap((item): readonly Signal[] => {
    const { finishedAt, issue } = item;
    const isSubTask = item.type.level < 0;
    if (isSubTask || finishedAt === undefined || finishedAt <= since || finishedAt >= cutoff) return [];
    if (isBulk(administrative.get(issueRef(issue.source, issue.id)))) return [];
    const { levels } = progress(item);
    const isClosed = named.some(
      (level) => reaches(required(item), level) && levels[level].kind === 'lacking',
    );
    const claimedAt = Math.min(item.claimedAt ?? finishedAt, finishedAt);
    return isClosed ? [{ kind: 'gate_closed', strength: 'hard', item, claimedAt }] : [];
  });
}
