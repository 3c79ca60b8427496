import type { Instant } from '#domain/issue.ts';
import { cycleTimeDefinition } from '#domain/team.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { itemClock } from './item-clock.ts';

/** What became of an item's promise, and when that was certain. */
export interface Decision {
  readonly item: WorkItem;
  readonly at: Instant;
  /** Whether it has finished, in time or not. */
  readonly finished: boolean;
  /** `dropped` and `tidied`: it left before there was anything to decide. */
  readonly outcome: 'kept' | 'missed' | 'dropped' | 'tidied';
}

/**
 * What has been decided about items, given the days they are expected to finish within: at finishing, or when the age
 * passes the expectation. Both are on the clock of the team's definition of cycle time, as the expectation is; a start
 * that was wiped takes its miss with it.
 */
export function decisionsOf(view: TeamView, expectationDays: number): readonly Decision[] {
  const administrative = administrativeClosures(view);
  const definition = cycleTimeDefinition(view.team);
  return view.items.flatMap((item): readonly Decision[] => {
    const clock = itemClock(item, definition, view);
    if (clock === undefined) return [];
    const { kind, until } = clock.ending;
    const missedAt = clock.passed(expectationDays);
    if (missedAt !== undefined)
      return [{ item, at: missedAt, finished: kind === 'finished', outcome: 'missed' }];
    if (kind === 'open') return [];
    const { source, id } = item.issue;
    const tidied = isBulk(administrative.get(issueRef(source, id)));
    const outcome = tidied ? 'tidied' : kind === 'finished' ? 'kept' : 'dropped';
    return [{ item, at: until, finished: kind === 'finished', outcome }];
  });
}

/** Whether the promise was kept or broken. */
export function isDecided({ outcome }: Pick<Decision, 'outcome'>): boolean {
  return outcome === 'kept' || outcome === 'missed';
}
