import { openAbsence } from './absence.ts';
import { isClosed, type WorkItem } from './work-item.ts';

/**
 * An item as the tracker's silence leaves it, at the end of its as-of view. Undefined: not in view any more.
 *
 * What was done or cancelled before stays so. Unfinished work that was deleted was dropped: it is cancelled from the
 * moment it was missed, which is an ending and no delivery. Unfinished work that was archived, or that we may no longer
 * see, may go on elsewhere: nothing is known of it, so it is neither open nor ended.
 */
export function asFarAsSeen(item: WorkItem): WorkItem | undefined {
  const absence = openAbsence(item.issue.gone);
  if (absence === undefined || isClosed(item.stage)) return item;
  if (absence.why === 'archived' || absence.why === 'access_lost') return undefined;
  const { since } = absence;
  return {
    ...item,
    stays: [
      ...item.stays.map((stay) => (stay.to === undefined ? { ...stay, to: since } : stay)),
      { from: since, stage: 'cancelled', statusId: item.statusId },
    ],
    stage: 'cancelled',
    cancelledAt: since,
  };
}
