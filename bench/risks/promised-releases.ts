import { plusDays } from '#domain/calendar.ts';
import type { Goal } from '#domain/goal.ts';
import { anchorRef } from '#domain/goal-items.ts';
import type { TeamView } from '#domain/team-view.ts';

/** How long before its day a release is promised. */
const PROMISED_DAYS = 91;

/**
 * What if each release had been promised three months before, for the day it did come out on? The date is today's and
 * what happened, so a promise is kept by its date and broken by its scope: what was to be in it and was not.
 */
export function promisedReleases(view: TeamView): readonly Goal[] {
  return [...view.references.values()].flatMap(({ source, versions }) =>
    versions.flatMap(({ id, name, releaseDay: date }): readonly Goal[] => {
      if (date === undefined) return [];
      const scope = { kind: 'version', name: id, source } as const;
      const from = plusDays(date, -PROMISED_DAYS);
      return [{ id: anchorRef(source, 'version', id), name, scope, date, from, to: date }];
    }),
  );
}
