import { plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { Window } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';

/** Half a year: long enough for a percentile, short enough to be about the team of today. */
export const FLOW_DAYS = 180;

/** A number of whole days that end with the view's day, and the instant they begin. */
export interface Lookback {
  readonly window: Window;
  readonly since: Instant;
}

/** The last days of a view, its own day included, in the team's time zone. */
export function lookback(view: Pick<TeamView, 'day' | 'team'>, days: number): Lookback {
  const from = plusDays(view.day, 1 - days);
  return { window: { from, to: view.day }, since: startOf(from, view.team.timezone) };
}
