import type { CalendarDay } from '#domain/calendar.ts';
import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Reference } from '#domain/reference.ts';
import type { Team } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { Detector, Signal } from '#risks/signal.ts';
import { team, view } from '#tests/builders/team.ts';
import { around, issuesOf, type Work } from './working-team.ts';

/** Six items a week, four days of work and a day or two of review each, for a year and a half. */
export const HEALTHY: Omit<Work, 'seed'> = {
  from: '2025-01-06',
  weeks: 82,
  perWeek: 6,
  doing: around(4, 0.8),
  review: around(1.5, 0.8),
};

/** The end of the week that is so many weeks from the beginning. */
export function endOfWeek(week: number): CalendarDay {
  return new Date(Date.parse(HEALTHY.from) + (7 * week - 1) * MS_PER_DAY)
    .toISOString()
    .slice(0, 10) as CalendarDay;
}

/** A team that works as the healthy one but for what is said, at the end of a week. */
export function worked(
  changes: Partial<Work>,
  week: number = HEALTHY.weeks,
  of: Partial<Team> = {},
  reference: Partial<Reference> = {},
): TeamView {
  const issues = issuesOf({ seed: 'working team', ...HEALTHY, ...changes });
  return view(team(of), endOfWeek(week), issues, reference);
}

/** What a detector sees, of which there is one thing at most. */
export function seenBy(detector: Detector, of: TeamView): Signal | undefined {
  return detector(of)[0];
}
