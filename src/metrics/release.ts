import { endOf } from '#domain/calendar.ts';
import { setNow } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import type { Version } from '#domain/reference.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import { placeVersions } from './version-places.ts';

/** What the tracker shows of a done item's way to its users. */
export type Release =
  | { readonly kind: 'released'; readonly at: Instant }
  /** Released, but the tracker does not say when. */
  | { readonly kind: 'released_undated' }
  | { readonly kind: 'unreleased' }
  /** No version and no released status: nothing says that a release was ever meant to follow. */
  | { readonly kind: 'untracked' };

/** A done status with one of these names says by itself that the work is out. */
const RELEASED_STATUS = /^(released|deployed|live|in production)$/i;

/**
 * Whether and when the work of done items was released.
 *
 * An item is out with the first of its versions that is released on or before the view's day (a release counts from
 * the end of its day, and never before the item was done), or when it enters a done status named released, deployed,
 * live or in production. Trackers keep no history of versions: the flag and its date are today's.
 * Left out: milestones of projects, which are targets, and versions that are places where work is kept, so that nothing
 * waits for them.
 */
export function releases(view: TeamView): (item: WorkItem) => Release {
  const versions = new Map<string, Release>();
  const places = placeVersions(view);
  const isReleasedStatus = new Set<string>();
  for (const { source, ...reference } of view.references.values()) {
    for (const version of reference.versions.filter(isRelease)) {
      const ref = issueRef(source, version.id);
      if (!places.has(ref)) versions.set(ref, stateOf(version, view));
    }
    for (const { id, name, category } of reference.statuses) {
      if (category === 'done' && RELEASED_STATUS.test(name)) isReleasedStatus.add(issueRef(source, id));
    }
  }
  return (item) => {
    const { source } = item.issue;
    const states = setNow(item.issue, 'versions').flatMap((id) => versions.get(issueRef(source, id)) ?? []);
    const dated = states.filter((state) => state.kind === 'released').map((state) => state.at);
    const status = steadyStatuses(item.issue).stays.findLast((stay) => stay.to === undefined);
    if (status && isReleasedStatus.has(issueRef(source, status.value))) dated.push(status.from);
    if (dated.length > 0) {
      return { kind: 'released', at: Math.max(Math.min(...dated), item.finishedAt ?? 0) };
    }
    return states.find((state) => state.kind === 'released_undated') ?? states[0] ?? { kind: 'untracked' };
  };
}

/** Whether a version goes out one day; a milestone of a project is reached. */
export function isRelease({ kind }: Pick<Version, 'kind'>): boolean {
  return kind !== 'milestone';
}

function stateOf(version: Version, view: TeamView): Release {
  if (!version.released) return { kind: 'unreleased' };
  if (version.releaseDay === undefined) return { kind: 'released_undated' };
  if (version.releaseDay > view.day) return { kind: 'unreleased' };
  return { kind: 'released', at: endOf(version.releaseDay, view.team.timezone) };
}
