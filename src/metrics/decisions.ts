import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from './administrative.ts';

/** What became of an item's promise, and when that was certain. */
export interface Decision {
  readonly item: WorkItem;
  readonly at: Instant;
  /** `dropped` and `tidied`: it left before there was anything to decide. */
  readonly outcome: 'kept' | 'missed' | 'dropped' | 'tidied';
}

/**
 * What has been decided about items, given the days they are expected to finish within: at finishing, or when the age
 * passes the expectation.
 */
export function decisionsOf(view: TeamView, expectationDays: number): readonly Decision[] {
  const administrative = administrativeClosures(view);
  return view.items.flatMap((item): readonly Decision[] => {
    const { startedAt, finishedAt, cancelledAt, issue } = item;
    if (startedAt === undefined) return [];
    const limit = startedAt + expectationDays * MS_PER_DAY;
    const closedAt = finishedAt ?? cancelledAt;
    if (closedAt === undefined || closedAt > limit) {
      return limit < view.asOf ? [{ item, at: limit, outcome: 'missed' }] : [];
    }
    const tidied = isBulk(administrative.get(issueRef(issue.source, issue.id)));
    const outcome = tidied ? 'tidied' : finishedAt === undefined ? 'dropped' : 'kept';
    return [{ item, at: closedAt, outcome }];
  });
}

/** Whether the promise was kept or broken. */
export function isDecided({ outcome }: Pick<Decision, 'outcome'>): boolean {
  return outcome === 'kept' || outcome === 'missed';
}
