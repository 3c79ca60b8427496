import { elapsedDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed, type Reopening } from '#domain/work-item.ts';
import type { Signal } from './signal.ts';

/** Later than this, coming back is more likely a new wish than unfinished work. */
export const REOPEN_DAYS = 30;

/**
 * Whether work came back so soon after it was called done that it cannot have been.
 *
 * @example isEarlyReopening({ doneAt: 0, reopenedAt: 39 * 86_400_000 }) // => false
 */
export function isEarlyReopening({ doneAt, reopenedAt }: Reopening): boolean {
  return elapsedDays(doneAt, reopenedAt) <= REOPEN_DAYS;
}

/**
 * Open items that were called done and came back within 30 days.
 *
 * The claim dates from the first entry into a late stage, else from the first time it was called done.
 */
export function reopened(view: TeamView): readonly Signal[] {
  return view.items.flatMap((item): readonly Signal[] => {
    const first = item.reopenings.find(isEarlyReopening);
    if (!first || isClosed(item.stage)) return [];
    const claimedAt = Math.min(first.doneAt, item.claimedAt ?? first.doneAt);
    return [{ kind: 'reopened', strength: 'hard', item, claimedAt }];
  });
}
