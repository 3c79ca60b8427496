import { type CalendarDay, dayOf, plusDays } from '#domain/calendar.ts';
import { setIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { oncePerView } from '#domain/once.ts';
import type { Version } from '#domain/reference.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';

/** So long no train stands in a station while others leave. */
const PLACE_DAYS = 365;
/** With the name of a place two are enough: one might be a repair of what is out. */
const TRAINS_LEFT = 2;
/** Names of places where work is kept. */
const PLACE_NAME =
  /^(master|main|trunk|head|tip|develop(ment)?|next( (release|version))?|backlog|future( (releases?|versions?))?|later|someday|un(scheduled|planned|targeted|determined)|tbd|none)$/i;

/**
 * The versions that are a place where work is kept, and no release that it waits for, by source and id.
 *
 * Not released and without a day to be; and other versions of its project went out although done work was lying in it: in
 * the last year where work has lain in it for a year, or two of them since where it is named for a place, such as Master,
 * Trunk or Next. A name alone says nothing.
 */
export const placeVersions: (view: TeamView) => ReadonlySet<string> = oncePerView((view) => {
  const out = new Set<string>();
  const lainSince = sinceWhen(view);
  const yearAgo = plusDays(view.day, -PLACE_DAYS);
  for (const { source, versions } of view.references.values()) {
    for (const version of versions.filter(isUndated)) {
      const ref = issueRef(source, version.id);
      const since = lainSince.get(ref);
      if (since === undefined) continue;
      const lain = dayOf(since, view.team.timezone);
      const left = (from: CalendarDay) =>
        versions.filter((one) => one.projectId === version.projectId && wentOut(one, from, view.day)).length;
      const isNamedSo = PLACE_NAME.test(version.name.trim()) && left(lain) >= TRAINS_LEFT;
      if (isNamedSo || (lain < yearAgo && left(yearAgo) > 0)) out.add(ref);
    }
  }
  return out;
});

function isUndated({ kind, released, releaseDay }: Version): boolean {
  return kind !== 'milestone' && !released && releaseDay === undefined;
}

function wentOut({ kind, released, releaseDay }: Version, from: CalendarDay, until: CalendarDay): boolean {
  return (
    kind !== 'milestone' && released && releaseDay !== undefined && releaseDay > from && releaseDay <= until
  );
}

/** Since when each version has held work that is done: the longest of what is in it now. */
function sinceWhen({ items }: TeamView): ReadonlyMap<string, Instant> {
  const out = new Map<string, Instant>();
  for (const { issue, finishedAt } of items) {
    if (finishedAt === undefined) continue;
    const intervals = setIntervals(issue, 'versions');
    for (const id of intervals.at(-1)?.value ?? []) {
      const outside = intervals.findLastIndex(({ value }) => !value.includes(id));
      const since = Math.max(finishedAt, intervals[outside + 1]?.from ?? finishedAt);
      const ref = issueRef(issue.source, id);
      out.set(ref, Math.min(since, out.get(ref) ?? since));
    }
  }
  return out;
}
