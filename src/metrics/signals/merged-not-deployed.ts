import { elapsedDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { scalarNow } from '#domain/timeline.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import type { Lifetime } from '#statistics/survival.ts';
import { administrativeClosures, isBulk } from '../administrative.ts';
import { progressOf, reachedAt, releaseEnvironments } from '../gates/progress.ts';
import { deployedAt } from '../gates/recorded.ts';
import { FLOW_DAYS, lookback } from '../lookback.ts';
import { reaches, requiredLevels } from '../required-level.ts';
import { workKindsOf } from '../work-kinds.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';
import { usualWait } from './usual-wait.ts';

const MIN_WORKDAYS = 2;
const FALLBACK_WORKDAYS = 5;

/**
 * Items merged and not deployed, where deployments are told of.
 *
 * Merged for more than 2 work days, and longer than the P85 of the team's own waits from merged to released over the last
 * 180 days. With fewer than 19 waits that ended there is no usual: then more than 5 work days is a soft sign. Where there
 * are 19 and less than 85 % of all merged work ever goes out, nothing is said: some of it is not made to be deployed.
 * Only where released or more is required, of work merged after the first deployment of its project that was told of. A
 * sub-task goes out with what it is a part of, and is not told apart. Left out: what was closed in bulk, and
 * types of work of which most never goes out, support apart from the rest, such as requests that are answered.
 */
export function mergedNotDeployed(view: TeamView): readonly Signal[] {
  const first = firstDeployments(view);
  if (first.size === 0) return [];
  const required = requiredLevels(view);
  const progress = progressOf(view);
  const administrative = administrativeClosures(view);
  const { since } = lookback(view, FLOW_DAYS);

  const found = view.items.flatMap((item): readonly Merged[] => {
    const { source, id } = item.issue;
    if (item.type.level < 0 || isBulk(administrative.get(issueRef(source, id)))) return [];
    const done = progress(item);
    const { merged } = done.levels;
    const from = first.get(projectRef(item));
    if (merged.kind === 'lacking' || merged.since === undefined || from === undefined) return [];
    const out = reachedAt(done, 'released');
    const until = out?.at;
    // Of what had been merged before anybody told of deployments, nothing says that it is not out.
    const isUnknown = until === undefined && (out !== undefined || merged.since < from);
    if (isUnknown || !reaches(required(item), 'released') || (until ?? view.asOf) <= since) return [];
    return [{ item, mergedAt: merged.since, ...(until === undefined ? {} : { until }) }];
  });
  const sent = ofKindsSentOut(view, found);
  const waits = sent.map(
    ({ mergedAt, until }): Lifetime => ({
      entry: Math.max(0, elapsedDays(mergedAt, since)),
      exit: Math.max(0, elapsedDays(mergedAt, until ?? view.asOf)),
      event: until !== undefined,
    }),
  );
  const waiting = sent.filter(({ until, mergedAt }) => until === undefined && mergedAt > since);
  const isKnown = waits.filter(({ event }) => event).length >= minimumSample(85);
  const usual = usualWait(waits);
  if (isKnown && usual === undefined) return [];
  const cutoff = cutoffOfWorkdays(view, usual === undefined ? FALLBACK_WORKDAYS : MIN_WORKDAYS);
  return waiting
    .filter(({ mergedAt }) => mergedAt < cutoff && elapsedDays(mergedAt, view.asOf) > (usual ?? 0))
    .map(({ item, mergedAt }) => ({
      kind: 'merged_not_deployed',
      strength: usual === undefined ? 'soft' : 'hard',
      item,
      claimedAt: Math.min(item.claimedAt ?? mergedAt, mergedAt),
    }));
}

interface Merged {
  readonly item: WorkItem;
  readonly mergedAt: Instant;
  /** When it went out; absent: it did not. */
  readonly until?: Instant;
}

/** Without the work of which, by its type and whether it is support, most never goes out: it is not made to be deployed. */
function ofKindsSentOut(view: TeamView, merged: readonly Merged[]): readonly Merged[] {
  const workKinds = workKindsOf(view);
  const kindOf = ({ item }: Merged) =>
    `${issueRef(item.issue.source, item.type.id)}${workKinds(item).includes('support') ? '/support' : ''}`;
  return [...Map.groupBy(merged, kindOf).values()].flatMap((alike) => {
    const out = alike.filter(({ until }) => until !== undefined);
    return alike.length >= minimumSample(50) && 2 * out.length < alike.length ? [] : alike;
  });
}

/** When work of each of the team's projects first went to where it is used, as far as somebody told. */
function firstDeployments(view: TeamView): ReadonlyMap<string, Instant> {
  const out = new Map<string, Instant>();
  if (view.evidence.deployments.length === 0) return out;
  const at = deployedAt(view, releaseEnvironments(view));
  for (const item of view.items) {
    const [when, project] = [at(item), projectRef(item)];
    if (when !== undefined) out.set(project, Math.min(when, out.get(project) ?? when));
  }
  return out;
}

function projectRef({ issue }: WorkItem): string {
  return issueRef(issue.source, scalarNow(issue, 'project')?.value ?? '');
}
