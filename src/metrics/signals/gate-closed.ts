import { GATED_LEVELS, type GatedLevel } from '#domain/gate.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from '../administrative.ts';
import { kpisOfItem } from '../gates/kpi.ts';
import { isNamed, progressOf } from '../gates/progress.ts';
import { isLevelRecorded } from '../level-recorded.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { reaches, requiredLevels } from '../required-level.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';

const MIN_WORKDAYS = 5;

/**
 * Items called done for more than 5 work days, in the last 180 days, that lack what the team itself says Done takes: the
 * evidence of a gate that it named, up to the level that is required, or the level `verified` or `adopted` that it says
 * Done means. What lacks a release is told by its version or by deployments, unless a gate was named for it.
 *
 * Hard: that is what the team says shows it. Soft where no gate was named for the level and nothing that tells of it was
 * ever recorded: the records then lack it, whatever the work does. Adoption is left to the KPIs of the item's goals while
 * the day of one is ahead, and where one is overdue, which is a signal of its own. Sub-tasks are told with what they are a
 * part of. Left out: what was closed in bulk, of which there is nothing to show.
 */
export function gateClosed(view: TeamView): readonly Signal[] {
  const asked = askedLevels(view);
  if (asked.length === 0) return [];
  const required = requiredLevels(view);
  const progress = progressOf(view);
  const isAdoptionLeftToKpis = leftToKpis(view);
  const administrative = administrativeClosures(view);
  const recorded = new Set(asked.filter((level) => isNamed(view, level) || isLevelRecorded(view, level)));
  const { since } = lookback(view, FLOW_DAYS);
  const cutoff = cutoffOfWorkdays(view, MIN_WORKDAYS);
  return view.items.flatMap((item): readonly Signal[] => {
    const { finishedAt, issue } = item;
    const isSubTask = item.type.level < 0;
    if (isSubTask || finishedAt === undefined || finishedAt <= since || finishedAt >= cutoff) return [];
    if (isBulk(administrative.get(issueRef(issue.source, issue.id)))) return [];
    const { achieved, levels } = progress(item);
    const lacking = asked.filter((level) => {
      const isLacking = isNamed(view, level) ? levels[level].kind === 'lacking' : !reaches(achieved, level);
      return isLacking && reaches(required(item), level);
    });
    const told = lacking.filter((level) => level !== 'adopted' || !isAdoptionLeftToKpis(item));
    if (told.length === 0) return [];
    const strength = told.some((level) => recorded.has(level)) ? 'hard' : 'soft';
    const claimedAt = Math.min(item.claimedAt ?? finishedAt, finishedAt);
    return [{ kind: 'gate_closed', strength, item, claimedAt }];
  });
}

/** The levels that the team asks for in its own words, and that no other signal tells the lack of. */
function askedLevels(view: TeamView): readonly GatedLevel[] {
  const { doneMeans } = view.team;
  return GATED_LEVELS.filter((level) =>
    level === 'adopted' || level === 'verified'
      ? level === doneMeans || (level === 'verified' && isNamed(view, level))
      : isNamed(view, level),
  );
}

/** Whether the KPIs of an item's goals tell of its adoption: by a day that is still ahead, or because that day passed. */
function leftToKpis(view: TeamView): (item: WorkItem) => boolean {
  const gates = view.team.gates?.adopted;
  if (gates?.every(({ kpis }) => kpis === undefined) === true) return () => false;
  const kpisOf = kpisOfItem(view);
  return (item) =>
    kpisOf(item).some(
      ({ reachedAt, by, isOverdue }) =>
        reachedAt === undefined && (isOverdue || (by !== undefined && by >= view.day)),
    );
}
