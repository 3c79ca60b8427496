import { max } from 'd3-array';
import { setNow } from '#domain/field-values.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed, isInProgress, type WorkItem } from '#domain/work-item.ts';
import { labelNames } from '../blocker-owner.ts';
import { belongingWork } from '../gates/belonging.ts';
import { isLastMile } from '../last-mile-work.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { resolutionsToDo } from '../resolutions-to-do.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';

const MIN_WORKDAYS = 5;

/** A label that says what is being waited for. */
const AWAITING =
  /\b(needs?|await\w*|pending|missing|waiting( for)?) (the )?(docs?|documentation|qa|tests?|testing|verification|validation|roll ?out|adoption)\b/i;
/** Links by which one issue documents or tests another; that two are related ties nothing to either. */
const TIED = /\b(documented|tested|verified|validated)\b/i;

/**
 * Items of which nothing but documents, tests, verification, rollout or adoption is open.
 *
 * In progress: at least one sub-task is done and all that are open are such work, or a label says that it waits for it.
 * Done for more than 5 work days, in the last 180 days: such work is still open among its parts, or an issue is open by
 * which it is documented, tested, verified or validated, as the link says; or its resolution says what is still to be
 * done, such as "Ready for Test". Then more is required than to be called done: the open work or the resolution says so
 * itself. Soft, since it rests on titles, types, labels and the names of links and resolutions.
 */
export function lastMileWorkOpen(view: TeamView): readonly Signal[] {
  const belonging = belongingWork(view);
  const stillToDo = resolutionsToDo(view);
  const { since } = lookback(view, FLOW_DAYS);
  const cutoff = cutoffOfWorkdays(view, MIN_WORKDAYS);
  const signal = (item: WorkItem, claimedAt: number, more: Partial<Signal> = {}): Signal => ({
    kind: 'last_mile_work_open',
    strength: 'soft',
    item,
    claimedAt: Math.min(item.claimedAt ?? claimedAt, claimedAt),
    ...more,
  });

  return view.items.flatMap((item): readonly Signal[] => {
    const { finishedAt } = item;
    if (isInProgress(item.stage)) {
      const parts = belonging(item).flatMap(({ item: part, link }) => (link === undefined ? [part] : []));
      const left = parts.filter(({ stage }) => !isClosed(stage));
      const lastDone = max(parts, (part) => part.finishedAt);
      if (lastDone !== undefined && left.length > 0 && left.every(isLastMile)) {
        return [signal(item, lastDone, { lacking: openWork(left) })];
      }
      const awaited = setNow(item.issue, 'labels')
        .map(labelNames(item))
        .find((name) => AWAITING.test(name));
      const claimedAt = item.claimedAt ?? item.startedAt ?? view.asOf;
      return awaited === undefined
        ? []
        : [signal(item, claimedAt, { lacking: `what its label says: ${awaited}` })];
    }
    if (finishedAt === undefined || finishedAt <= since || finishedAt >= cutoff) return [];
    const open = belonging(item)
      .filter((one) => (one.link === undefined ? isLastMile(one.item) : TIED.test(one.link)))
      .map((one) => one.item)
      .filter(({ stage }) => !isClosed(stage));
    if (open.length > 0) return [signal(item, finishedAt, { needs: 'verified', lacking: openWork(open) })];
    const said = stillToDo(item);
    return said === undefined
      ? []
      : [signal(item, finishedAt, { needs: 'verified', lacking: `what its resolution says: ${said}` })];
  });
}

function openWork(open: readonly WorkItem[]): string {
  return `work that is open: ${open.map(({ key }) => key).join(', ')}`;
}
