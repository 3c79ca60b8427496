import { elapsedDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, parentOf, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import type { Lifetime } from '#statistics/survival.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { isNamed, progressOf, reachedAt, releaseEnvironments } from './gates/progress.ts';
import { deploymentsNaming } from './gates/recorded.ts';
import { projectRef } from './item-project.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { releases } from './release.ts';
import { leastUsualWait, usualWait } from './signals/usual-wait.ts';
import { workKindsOf } from './work-kinds.ts';

/** Merged work that has to be deployed. */
export interface Undeployed {
  /** Merged and not out; no sub-tasks, which go out with what they are a part of. */
  readonly waiting: readonly Merged[];
  /**
   * How long merged work usually takes at most until it is out, in days: the P85 of the waits of the last 180 days, or the
   * longest that ended where less than 85 % have been seen to end. Absent with fewer than 19 that ended.
   */
  readonly usual?: number;
}

export interface Merged {
  readonly item: WorkItem;
  readonly mergedAt: Instant;
  /** When it went out; absent: it did not. */
  readonly until?: Instant;
}

/** What waits for a deployment where deployments are told of, and how long that usually takes. */
export function undeployed(view: TeamView): Undeployed {
  const { waiting, usual } = sentOut(view);
  return { waiting, ...(usual === undefined ? {} : { usual }) };
}

/**
 * Whether an item's work has to be deployed before it is out, as far as the records tell.
 *
 * Work merged after the first deployment of its project that was told of; what had been merged before that may well be out.
 * Not a type of work of which most never goes out, support apart from the rest, such as requests that are answered; nor
 * anything where 19 waits ended and less than 85 % of all merged work ever goes out: some of it is then not made to be
 * deployed, and nothing says which. All this is judged by work that had its chance: that went out, or that five items of its
 * project, merged later, passed on their way out. Where deployments stop nothing passes, and so however much comes to wait,
 * it has to be deployed as before. Types are judged by what was merged in the last 180 days, and by all of it where fewer
 * than 5 of these had their chance.
 */
export function hasToBeDeployed(view: TeamView): (item: WorkItem) => boolean {
  return sentOut(view).hasToBe;
}

/**
 * Whether done work counts as out as it is: it is in no version, and nothing says that a release or a deployment is to
 * follow. Never where the team itself says what shows a release.
 */
export function isOutWhenDone(view: TeamView): (item: WorkItem) => boolean {
  if (isNamed(view, 'released')) return () => false;
  const releaseOf = releases(view);
  const hasToBe = hasToBeDeployed(view);
  return (item) => releaseOf(item).kind === 'untracked' && !hasToBe(item);
}

/**
 * Whether done work that has to be deployed is no longer waited for: merged more than 180 days ago, in no version, and not
 * out. Nobody is told of it any more, so it is in no rate either. Never where the team itself says what shows a release.
 */
export function isGivenUp(view: TeamView): (item: WorkItem) => boolean {
  if (isNamed(view, 'released')) return () => false;
  const releaseOf = releases(view);
  const { hasToBe, mergedAt } = sentOut(view);
  const { since } = lookback(view, FLOW_DAYS);
  return (item) =>
    hasToBe(item) && (mergedAt(item) ?? view.asOf) <= since && releaseOf(item).kind === 'untracked';
}

interface SentOut extends Undeployed {
  readonly hasToBe: (item: WorkItem) => boolean;
  readonly mergedAt: (item: WorkItem) => Instant | undefined;
}

const sentOut = oncePerView((view): SentOut => {
  const first = firstDeployments(view);
  if (first.size === 0) return { waiting: [], hasToBe: () => false, mergedAt: () => undefined };
  const { since } = lookback(view, FLOW_DAYS);
  const progress = progressOf(view);
  const administrative = administrativeClosures(view);
  const mergedAt = (item: WorkItem): Instant | undefined => {
    const { merged } = progress(item).levels;
    return merged.kind === 'shown' ? (merged.since ?? item.finishedAt) : undefined;
  };
  const isTold = (item: WorkItem, at = mergedAt(item)) =>
    at !== undefined && at >= (first.get(projectRef(item)) ?? Number.POSITIVE_INFINITY);
  const merged = view.items.flatMap((item): readonly Merged[] => {
    if (item.type.level < 0 || isBulk(administrative.get(issueRef(item.issue.source, item.issue.id)))) {
      return [];
    }
    const at = mergedAt(item);
    const out = reachedAt(progress(item), 'released');
    if (at === undefined || !first.has(projectRef(item))) return [];
    if (out === undefined) return isTold(item, at) ? [{ item, mergedAt: at }] : [];
    return out.at === undefined ? [] : [{ item, mergedAt: at, until: out.at }];
  });
  const hadChance = chances(merged);
  const kindOf = kinds(view);
  const staysIn = kindsThatStayIn(merged.filter(hadChance), kindOf, since);
  const sent = merged.filter(({ item }) => !staysIn.has(kindOf(item)));
  const recent = sent.filter(({ until }) => (until ?? view.asOf) > since);
  const wait = ({ mergedAt: at, until }: Merged): Lifetime => ({
    entry: Math.max(0, elapsedDays(at, since)),
    exit: Math.max(0, elapsedDays(at, until ?? view.asOf)),
    event: until !== undefined,
  });
  const usual = leastUsualWait(recent.map(wait));
  const isMixed = usual !== undefined && usualWait(recent.filter(hadChance).map(wait)) === undefined;
  const hasToBe = (item: WorkItem) => !isMixed && isTold(item) && !staysIn.has(kindOf(item));
  return {
    waiting: isMixed ? [] : sent.filter(({ until }) => until === undefined),
    ...(usual === undefined || isMixed ? {} : { usual }),
    hasToBe,
    mergedAt,
  };
});

const PASSED_BY = 5;

/** Whether merged work went out, or should have by now: work of its project that was merged later is out. */
function chances(merged: readonly Merged[]): (one: Merged) => boolean {
  const latest = new Map<string, Instant>();
  for (const [project, some] of Map.groupBy(merged, ({ item }) => projectRef(item))) {
    const out = some.filter(({ until }) => until !== undefined).map(({ mergedAt }) => mergedAt);
    const passing = out.toSorted((a, b) => b - a)[PASSED_BY - 1];
    if (passing !== undefined) latest.set(project, passing);
  }
  return ({ item, mergedAt, until }) =>
    until !== undefined || mergedAt < (latest.get(projectRef(item)) ?? Number.NEGATIVE_INFINITY);
}

/** The type of an item, or of what it is a part of, and whether it is support. */
function kinds(view: TeamView): (item: WorkItem) => string {
  const workKinds = workKindsOf(view);
  return (item) => {
    const whole = (item.type.level < 0 ? parentOf(view, item) : undefined) ?? item;
    const { issue, type } = whole;
    return `${issueRef(issue.source, type.id)}${workKinds(whole).includes('support') ? '/support' : ''}`;
  };
}

/** The kinds of work of which most never goes out: they are not made to be deployed. */
function kindsThatStayIn(
  judged: readonly Merged[],
  kindOf: (item: WorkItem) => string,
  since: Instant,
): ReadonlySet<string> {
  const out = new Set<string>();
  for (const [kind, all] of Map.groupBy(judged, ({ item }) => kindOf(item))) {
    const lately = all.filter(({ mergedAt }) => mergedAt > since);
    const alike = lately.length >= minimumSample(50) ? lately : all;
    const gone = alike.filter(({ until }) => until !== undefined);
    if (alike.length >= minimumSample(50) && 2 * gone.length < alike.length) out.add(kind);
  }
  return out;
}

/** When work of each of the team's projects first went to where it is used, as far as somebody told. */
function firstDeployments(view: TeamView): ReadonlyMap<string, Instant> {
  const out = new Map<string, Instant>();
  const deployments = deploymentsNaming(view, releaseEnvironments(view));
  for (const item of view.items) {
    const [first] = deployments(item);
    const project = projectRef(item);
    if (first !== undefined) out.set(project, Math.min(first.at, out.get(project) ?? first.at));
  }
  return out;
}
