import { rollup } from 'd3-array';
import type { PersonHash } from '#domain/issue.ts';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { PersonDay } from './effort.ts';

/** Fewer active person-days than this in the window, and somebody helped out rather than worked here. */
export const MIN_PERSON_DAYS = 3;

/** In a smaller group a number about the group is a number about a person. */
export const MIN_GROUP = 3;

/** How many people work here: those with at least 3 active person-days in the window. */
export function activePeople(days: readonly PersonDay[]): number {
  const counts = rollup(
    days,
    (some) => some.length,
    (day): PersonHash => day.person,
  );
  return [...counts.values()].filter((count) => count >= MIN_PERSON_DAYS).length;
}

/**
 * Why nothing that is derived from persons may be said about this team, if so.
 *
 * Fewer than 3 active people would make it a number about somebody. Over two sources one person would count as two,
 * because the trackers' persons cannot be matched by their hashes: only a list of members matches them.
 */
export function tooFewPeople(view: Pick<TeamView, 'team'>, people: number): Insufficient | undefined {
  const sources = new Set(view.team.scope.map((filter) => filter.source));
  if (sources.size > 1 && view.team.members === undefined)
    return insufficient(0, 1, 'lists of members that match people across the sources');
  return people < MIN_GROUP ? insufficient(people, MIN_GROUP, 'active people') : undefined;
}
