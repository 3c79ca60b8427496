import { max } from 'd3-array';
import { elapsedDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { GoalBasis } from '#forecast/goal-forecast.ts';
import { wasUnder } from '#forecast/membership.ts';

/** A quarter of 13 weeks. */
const QUARTER_DAYS = 91;

/**
 * Whether a goal whose date has passed with work left is still worth speaking of: until it is closed in the tracker, given
 * another date, or taken out of the configuration; a quarter after its date only while anything of it is still touched.
 * What nobody wrote to for a quarter has been dropped without a word, and repeating it every week would help nobody.
 */
export function isStillMissed(view: TeamView, one: GoalBasis): boolean {
  if (!one.milestone.isAhead) return false;
  if (-(one.days ?? 0) <= QUARTER_DAYS) return true;
  const touched = lastTouched(view, one);
  return touched !== undefined && elapsedDays(touched, view.asOf) <= QUARTER_DAYS;
}

/** The last change to anything that lies under it, or to what it is. */
function lastTouched({ asOf }: TeamView, { milestone, basis }: GoalBasis): Instant | undefined {
  const now = [...basis.members].filter(([, spans]) => wasUnder(spans, asOf)).map(([item]) => item);
  return max([...(milestone.item === undefined ? [] : [milestone.item]), ...now], ({ issue }) =>
    max([issue.createdAt, issue.events.at(-1)?.at ?? issue.createdAt]),
  );
}
