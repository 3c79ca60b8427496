import { elapsedDays, MS_PER_DAY } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isClosed, type Reopening } from '#domain/work-item.ts';
import type { Signal } from './signal.ts';

/** Later than this, coming back is more likely a new wish than unfinished work. */
export const REOPEN_DAYS = 30;
/** Who takes it back within the hour has put a slip right: nobody had time to rely on it. */
const SLIP_DAYS = 1 / 24;

/**
 * Whether work came back so soon after it was called done that it cannot have been, and not so soon that it never was
 * meant to be called so: from an hour to 30 days.
 *
 * @example isEarlyReopening({ doneAt: 0, reopenedAt: 39 * 86_400_000 }) // => false
 * @example isEarlyReopening({ doneAt: 0, reopenedAt: 94 * 60_000 }) // => true
 * @example isEarlyReopening({ doneAt: 0, reopenedAt: 17 * 60_000 }) // => false
 */
export function isEarlyReopening(reopening: Reopening): boolean {
  return !isSlip(reopening) && elapsedDays(reopening.doneAt, reopening.reopenedAt) <= REOPEN_DAYS;
}

/** Whether work was called done and taken back at once: a slip put right, and no work that came back. */
export function isSlip({ doneAt, reopenedAt }: Reopening): boolean {
  return elapsedDays(doneAt, reopenedAt) < SLIP_DAYS;
}

/**
 * Open items that were called done and came back within 30 days of that, for the 30 days after they came back.
 *
 * What has been open again for longer is open work like any other: nobody takes it for done any more. The claim dates
 * from the first entry into a late stage, else from the time it was called done.
 */
export function reopened(view: TeamView): readonly Signal[] {
  const since = view.asOf - REOPEN_DAYS * MS_PER_DAY;
  return view.items.flatMap((item): readonly Signal[] => {
    const early = item.reopenings.filter(isEarlyReopening);
    const [first] = early;
    const isRecent = early.some(({ reopenedAt }) => reopenedAt >= since);
    if (!first || !isRecent || isClosed(item.stage)) return [];
    const claimedAt = Math.min(first.doneAt, item.claimedAt ?? first.doneAt);
    return [{ kind: 'reopened', strength: 'hard', item, claimedAt }];
  });
}
