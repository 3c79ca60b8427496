import { setNow } from '#domain/field-values.ts';
import { steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import { type BlockerOwner, labelNames, ownerInWords } from './blocker-owner.ts';

/**
 * Whose move an item that is basically done is: what its labels say, else the name of its status. A status that waits for
 * somebody and does not say for whom is unknown; everything else is the team's.
 *
 * @example whoseMove(view(team(), '2026-01-23', [issue('PAY-1', 'Waiting for customer')]).items[0]) // => 'external'
 */
export function whoseMove(item: WorkItem): BlockerOwner {
  const status = steadyStatuses(item.issue).stays.at(-1)?.name ?? '';
  const names = setNow(item.issue, 'labels').map(labelNames(item));
  const said = [...names, status].map(ownerInWords).find((owner) => owner !== undefined);
  return said ?? (WAITING.test(status) ? 'unknown' : 'team');
}

/** A status of this name waits for somebody, and does not say whether that is the team. */
const WAITING = /wait|pending|approv|customer|external|vendor|third.party|on hold|blocked/i;
