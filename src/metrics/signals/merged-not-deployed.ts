import { elapsedDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { reaches, requiredLevels } from '../required-level.ts';
import { undeployed } from '../sent-out.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';

const MIN_WORKDAYS = 2;
const FALLBACK_WORKDAYS = 5;

/**
 * Items merged and not deployed, where deployments are told of.
 *
 * Merged in the last 180 days, for more than 2 work days, and longer than the P85 of the team's own waits from merged to
 * released: longer than every wait that ended where less than 85 % of all has been seen to end, as when deployments stop.
 * With fewer than 19 waits that ended there is no usual: then more than 5 work days is a soft sign. Only where released or
 * more is required, and of work that has to be deployed (`hasToBeDeployed`). A sub-task goes out with what it is a part of,
 * and is not told apart. Left out: what was closed in bulk.
 */
export function mergedNotDeployed(view: TeamView): readonly Signal[] {
  const { waiting, usual } = undeployed(view);
  if (waiting.length === 0) return [];
  const required = requiredLevels(view);
  const { since } = lookback(view, FLOW_DAYS);
  const cutoff = cutoffOfWorkdays(view, usual === undefined ? FALLBACK_WORKDAYS : MIN_WORKDAYS);
  return waiting
    .filter(({ item }) => reaches(required(item), 'released'))
    .filter(({ mergedAt }) => mergedAt > since && mergedAt < cutoff)
    .filter(({ mergedAt }) => elapsedDays(mergedAt, view.asOf) > (usual ?? 0))
    .map(({ item, mergedAt }) => ({
      kind: 'merged_not_deployed',
      strength: usual === undefined ? 'soft' : 'hard',
      item,
      claimedAt: Math.min(item.claimedAt ?? mergedAt, mergedAt),
    }));
}
