import { elapsedDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Lifetime } from '#statistics/survival.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { releases } from '../release.ts';
import { reaches, requiredLevels } from '../required-level.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';
import { leastUsualWait } from './usual-wait.ts';

const MIN_WORKDAYS = 5;

/**
 * Items called done whose version has not been released.
 *
 * Done for more than 5 work days, and longer than the P85 of the team's own waits from done to release over the last
 * 180 days where 19 of them ended, so that a release train is not reported between two stations. Just before a train
 * much work waits, and what lies in a version that never goes out waits always: then less than 85 % has been seen to
 * end, and longer is what outlasts every wait that ended. With fewer than 19 waits that ended nothing is known of what is
 * usual: then more than 5 work days is a soft sign. Only where the team's Done means released or more. Left out: items
 * without a version, or in one that is a place where work is kept, which nothing says were to be released; and versions
 * released without a date.
 */
export function unreleasedVersion(view: TeamView): readonly Signal[] {
  const required = requiredLevels(view);
  const releaseOf = releases(view);
  const { since } = lookback(view, FLOW_DAYS);
  const cutoff = cutoffOfWorkdays(view, MIN_WORKDAYS);

  const waits: Lifetime[] = [];
  const waiting: { readonly item: WorkItem; readonly finishedAt: number }[] = [];
  for (const item of view.items) {
    const { finishedAt } = item;
    if (finishedAt === undefined || !reaches(required(item), 'released')) continue;
    const release = releaseOf(item);
    if (release.kind === 'untracked' || release.kind === 'released_undated') continue;
    const until = release.kind === 'released' ? release.at : undefined;
    if ((until ?? view.asOf) > since) {
      waits.push({
        entry: Math.max(0, elapsedDays(finishedAt, since)),
        exit: elapsedDays(finishedAt, until ?? view.asOf),
        event: until !== undefined,
      });
    }
    if (until !== undefined || finishedAt >= cutoff) continue;
    waiting.push({ item, finishedAt });
  }
  const usual = leastUsualWait(waits);
  return waiting
    .filter(({ finishedAt }) => elapsedDays(finishedAt, view.asOf) > (usual ?? 0))
    .map(({ item, finishedAt }) => ({
      kind: 'resolved_in_unreleased_version',
      strength: usual === undefined ? 'soft' : 'hard',
      item,
      claimedAt: item.claimedAt ?? finishedAt,
    }));
}
