import type { Deployment, Verification } from '#domain/done-evidence.ts';
import type { Instant } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import { fitsAny } from '#domain/team.ts';
import { parentOf, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** Environments that count as being in use where a team does not say which do. */
export const PRODUCTION = ['production', 'prod', 'live'] as const;

/**
 * When an item's work, as it stands now, first went to one of some environments; undefined when it did not.
 *
 * A deployment contains the issues that it names, by any key they ever had or by id, and the sub-tasks of these. It counts
 * for work in a late stage or done, unless the work went back since: what was rebuilt has to go out again. Work counts as
 * out no sooner than it was claimed: a pipeline may be quicker than a status.
 */
export function deployedAt(
  view: TeamView,
  environments: readonly string[],
): (item: WorkItem) => Instant | undefined {
  const records = byName(view);
  const { asked } = records;
  if (records.deployments.size === 0) return () => undefined;
  const question = environments.join('\n');
  const known = asked.get(question) ?? new Map<WorkItem, Instant | undefined>();
  asked.set(question, known);
  return (item) => {
    if (!known.has(item)) known.set(item, firstTime(item));
    return known.get(item);
  };

  function firstTime(item: WorkItem): Instant | undefined {
    const claimed = claimedSince(item);
    if (claimed === undefined) return undefined;
    const times = withWhole(view, item)
      .flatMap((one) => deploymentsOf(records, one))
      .filter(({ at, environment }) => at >= claimed.notBefore && fitsAny(environments, [environment]))
      .map(({ at }) => Math.max(at, claimed.since));
    return times.length === 0 ? undefined : Math.min(...times);
  }
}

/**
 * The last verification of an item's work as it stands now, or of what it is a sub-task of; one from before it last went
 * back is of other work.
 */
export function lastVerification(view: TeamView): (item: WorkItem) => Verification | undefined {
  const named = byName(view).verifications;
  if (named.size === 0) return () => undefined;
  return (item) => {
    const claimed = claimedSince(item);
    if (claimed === undefined) return undefined;
    return withWhole(view, item)
      .flatMap((one) => ofItem(named, one))
      .toSorted((a, b) => a.at - b.at)
      .findLast(({ at }) => at >= claimed.notBefore);
  };
}

/** The deployments that name an item and went to one of some environments, whatever became of its work since; oldest first. */
export function deploymentsNaming(
  view: TeamView,
  environments: readonly string[],
): (item: WorkItem) => readonly Deployment[] {
  const records = byName(view);
  if (records.deployments.size === 0) return () => [];
  return (item) =>
    deploymentsOf(records, item).filter(({ environment }) => fitsAny(environments, [environment]));
}

/** The deployments that name any item of the team, each once, oldest first. */
export function teamDeployments(view: TeamView): readonly Deployment[] {
  const records = byName(view);
  if (records.deployments.size === 0) return [];
  const found = new Set(view.items.flatMap((item) => deploymentsOf(records, item)));
  return view.evidence.deployments.filter((deployment) => found.has(deployment));
}

/** What tells of a story tells of its sub-tasks. */
function withWhole(view: TeamView, item: WorkItem): readonly WorkItem[] {
  const whole = item.type.level < 0 ? parentOf(view, item) : undefined;
  return whole === undefined ? [item] : [item, whole];
}

/**
 * Since when an item stands in a late stage or done, and before when nothing tells of its work as it is now; undefined for
 * an item that stands in neither.
 */
export function claimedSince({
  stays,
}: Pick<WorkItem, 'stays'>): { readonly since: Instant; readonly notBefore: Instant } | undefined {
  const isClaimed = ({ stage }: WorkItem['stays'][number]) => stage === 'late' || stage === 'done';
  const before = stays.findLastIndex((stay) => !isClaimed(stay));
  const first = stays[before + 1];
  if (first === undefined) return undefined;
  const wentBack = stays.findLastIndex((stay, i) => {
    const earlier = stays[i - 1];
    return earlier !== undefined && isClaimed(earlier) && !isClaimed(stay);
  });
  return { since: first.from, notBefore: stays[wentBack]?.from ?? Number.NEGATIVE_INFINITY };
}

interface Records {
  readonly deployments: ReadonlyMap<string, readonly Deployment[]>;
  readonly verifications: ReadonlyMap<string, readonly Verification[]>;
  /** What several metrics ask of the same items: when each first went to some environments. */
  readonly asked: Map<string, Map<WorkItem, Instant | undefined>>;
  /** The deployments that name each item, as far as they were asked for. */
  readonly ofItems: Map<WorkItem, readonly Deployment[]>;
}

const byName = oncePerView(
  ({ evidence }): Records => ({
    deployments: grouped(evidence.deployments, ({ issues }) => issues),
    verifications: grouped(evidence.verifications, ({ issue }) => [issue]),
    asked: new Map(),
    ofItems: new Map(),
  }),
);

function grouped<R>(records: readonly R[], namesOf: (record: R) => readonly string[]): Map<string, R[]> {
  const out = new Map<string, R[]>();
  for (const record of records) {
    for (const name of namesOf(record)) {
      const known = out.get(name.toLowerCase());
      if (known) known.push(record);
      else out.set(name.toLowerCase(), [record]);
    }
  }
  return out;
}

/** The deployments that name an issue, oldest first, looked up once. */
function deploymentsOf({ deployments, ofItems }: Records, item: WorkItem): readonly Deployment[] {
  const found = ofItems.get(item) ?? ofItem(deployments, item);
  ofItems.set(item, found);
  return found;
}

/** The records that name an issue, oldest first. */
function ofItem<R extends { readonly id: string; readonly source?: string; readonly at: Instant }>(
  named: ReadonlyMap<string, readonly R[]>,
  { issue, key }: WorkItem,
): readonly R[] {
  const found = new Set<R>();
  const look = (name: string) => {
    for (const record of named.get(name.toLowerCase()) ?? []) {
      if (record.source === undefined || record.source === issue.source) found.add(record);
    }
  };
  look(issue.id);
  look(key);
  for (const { field, to } of issue.events) if (field === 'key' && to !== undefined && to !== key) look(to);
  if (found.size === 0) return [];
  return [...found].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}
