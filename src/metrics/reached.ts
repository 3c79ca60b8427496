import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { progressOf, reachedAt } from './gates/progress.ts';
import { requiredLevels } from './required-level.ts';
import { isGivenUp, isOutWhenDone } from './sent-out.ts';

/** When an item's way to Done came to an end, if it did, and why it is no part of a sample, if so. */
export interface Ending {
  readonly at?: Instant | undefined;
  readonly leftOut?: 'cancelled' | 'administrative_closure' | 'release_without_date' | 'never_deployed';
}

/**
 * When each item reached the level that is required of it; `claimedAt` is when it was claimed, which is all that `coded`
 * asks for.
 *
 * Done work without a version counts as released when done, where nothing says that a release or a deployment was to follow
 * (`isOutWhenDone`); what was to be deployed and was not in half a year is left out. What trackers do not show of `verified`
 * and `adopted` is what people record.
 */
export function endings(view: TeamView): (item: WorkItem, claimedAt: Instant | undefined) => Ending {
  const administrative = administrativeClosures(view);
  const required = requiredLevels(view);
  const progress = progressOf(view);
  const [isOut, isNoLongerAwaited] = [isOutWhenDone(view), isGivenUp(view)];
  return (item, claimedAt) => {
    const { finishedAt } = item;
    const leftOut = leftOutOf(item, administrative);
    if (leftOut !== undefined) return leftOut;
    const level = required(item);
    if (level === 'coded') return { at: claimedAt ?? finishedAt };
    const done = progress(item);
    const reached = reachedAt(done, level);
    if (reached?.at !== undefined) return reached;
    if (reached !== undefined) return { at: finishedAt, leftOut: 'release_without_date' };
    if (level !== 'released' || reachedAt(done, 'merged') === undefined) return {};
    if (isNoLongerAwaited(item)) return { at: finishedAt, leftOut: 'never_deployed' };
    return isOut(item) ? { at: finishedAt } : {};
  };
}

/** When each item was called done, whatever is required of it. */
export function doneEndings(view: TeamView): (item: WorkItem) => Ending {
  const administrative = administrativeClosures(view);
  return (item) =>
    leftOutOf(item, administrative) ?? (item.finishedAt === undefined ? {} : { at: item.finishedAt });
}

function leftOutOf(
  { finishedAt, cancelledAt, issue }: WorkItem,
  administrative: ReturnType<typeof administrativeClosures>,
): Ending | undefined {
  if (isBulk(administrative.get(issueRef(issue.source, issue.id)))) {
    return { at: finishedAt ?? cancelledAt, leftOut: 'administrative_closure' };
  }
  return cancelledAt === undefined ? undefined : { at: cancelledAt, leftOut: 'cancelled' };
}
