import { lastWorkdays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';

/**
 * The moment before which more than this many work days have passed at the end of the view.
 *
 * What happened at `t` is more than n work days ago when `t` lies before it: the day of `t` itself does not count, the
 * days after it do. One look at the calendar answers for any number of items. A team that never works waits for ever.
 */
export function cutoffOfWorkdays(view: Pick<TeamView, 'asOf' | 'team'>, workdays: number): Instant {
  const { timezone, calendar } = view.team;
  const days = lastWorkdays(view.asOf, workdays + 1, timezone, calendar);
  const [oldest] = days;
  return oldest === undefined || days.length <= workdays
    ? Number.NEGATIVE_INFINITY
    : startOf(oldest, timezone);
}
