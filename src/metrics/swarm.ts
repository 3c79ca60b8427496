import { endOf, startOf } from '#domain/calendar.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { personIn } from '#domain/roster.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { goalItems, type IsGoalItem, NO_GOAL } from './goal-items.ts';
import { measuredBy } from './measured.ts';
import { recentEffort } from './recent-effort.ts';

/**
 * How many of the goal's items had more than one person on them.
 *
 * Of the items of the goal that were in progress in the last 20 work days, those that two or more people held while they
 * were in progress, at whatever time. Reviews leave no trace in a tracker and are not counted. Jeffreys interval.
 */
export function swarmRate(view: TeamView): Measurement {
  return swarmRateOn(view, goalItems(view));
}

/** The same for a goal that is given. */
export function swarmRateOn(view: TeamView, isGoal: IsGoalItem | undefined): Measurement {
  if (isGoal === undefined) return NO_GOAL;
  const { window, refused } = recentEffort(view);
  if (refused) return refused;
  const { timezone } = view.team;
  const [from, to] = [startOf(window.from, timezone), endOf(window.to, timezone)];
  const contributors = view.items
    .filter(isGoal)
    .filter((item) =>
      item.stays.some((stay) => isInProgress(stay.stage) && stay.from < to && (stay.to ?? to) > from),
    )
    .map((item) => contributorsOf(view, item))
    .filter((count) => count > 0);
  if (contributors.length < MIN_ITEMS) {
    return insufficient(contributors.length, MIN_ITEMS, 'items of the goal that somebody held');
  }
  const shared = contributors.filter((count) => count >= 2).length;
  return measuredBy({ n: contributors.length, window, confidence: 'medium' })(
    { value: shared / contributors.length, interval: jeffreysProportion(shared, contributors.length) },
    'share',
    'held_by_two_or_more_while_in_progress',
  );
}

const MIN_ITEMS = 5;

function contributorsOf(view: TeamView, item: WorkItem): number {
  const who = personIn(view.team);
  const working = item.stays.filter(({ stage }) => isInProgress(stage));
  const people = scalarIntervals(item.issue, 'assignee').flatMap(({ value, from, to = view.asOf }) =>
    value !== undefined && working.some((stay) => stay.from < to && (stay.to ?? view.asOf) > from)
      ? [who(item.issue.source, value.value)]
      : [],
  );
  return new Set(people).size;
}
