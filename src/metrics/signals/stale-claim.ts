import type { TeamView } from '#domain/team-view.ts';
import { isClosed } from '#domain/work-item.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';

const WORKDAYS = 5;

/**
 * Open items of which a comment said more than 5 work days ago that they are nearly done, and that were not done since.
 * Where comments are not read there is no such sign. Soft: it rests on a few English phrases.
 */
export function staleClaim(view: TeamView): readonly Signal[] {
  const cutoff = cutoffOfWorkdays(view, WORKDAYS);
  return [...view.items, ...view.parents].flatMap((item): readonly Signal[] => {
    if (isClosed(item.stage)) return [];
    const reopenedAt = item.reopenings.at(-1)?.reopenedAt ?? Number.NEGATIVE_INFINITY;
    const said = item.issue.claims?.find(({ at }) => at >= reopenedAt);
    if (said === undefined || said.at >= cutoff) return [];
    return [{ kind: 'stale_claim', strength: 'soft', item, claimedAt: said.at }];
  });
}
