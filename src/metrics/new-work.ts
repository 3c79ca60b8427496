import { type CalendarDay, endOf, isoWeekOf, startOf, workdaysFrom } from '#domain/calendar.ts';
import { scalarIntervals, setIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysRate, summarizeCounts } from '#statistics/rate.ts';
import { blockSignals } from './blocked-spells.ts';
import { effort } from './effort.ts';
import { isBusy, isWithinReach } from './free-hands.ts';
import { goalItems, type IsGoalItem, NO_GOAL } from './goal-items.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { measuredBy } from './measured.ts';
import { recentEffort } from './recent-effort.ts';
import { workKindsOf } from './work-kinds.ts';

export interface NewWork {
  /** How often a week work outside the goal is begun while work for the goal is ready. */
  readonly perWeek: Measurement;
  readonly items: readonly ItemRef[];
}

/**
 * How often a team begins something else while work for its goal lies ready.
 *
 * In the last 20 work days: an item outside the goal is first begun while an item of the goal is in `todo`, in the
 * running cycle where the team has one, not blocked, and in nobody's hands or in those of somebody with nothing in progress.
 * Where the roster says who knows what, somebody who is free has to know what the item takes. Jeffreys' interval for a rate, widened where the weeks differ more than chance.
 *
 * Left out: incidents, expedited work, parts of items, and what took less than half a person-day.
 */
export function newWorkWhileGoalWaits(view: TeamView): NewWork {
  return newWorkWhileWaiting(view, goalItems(view));
}

/** The same for a goal that is given. */
export function newWorkWhileWaiting(view: TeamView, isGoal: IsGoalItem | undefined): NewWork {
  if (isGoal === undefined) return { perWeek: NO_GOAL, items: [] };
  const { window, weeks, workdays } = recentEffort(view);
  if (weeks.length < 2) return { perWeek: insufficient(weeks.length, 2, 'weeks'), items: [] };
  const { timezone } = view.team;
  const [from, to] = [startOf(window.from, timezone), endOf(window.to, timezone)];
  const kindsOf = workKindsOf(view);
  const goal = view.items.filter(isGoal);
  const isReady = readiness(view);
  const isInReach = isWithinReach(view);
  const isCrumb = crumbs(view, window.from);
  const begun = view.items.filter(
    (item) =>
      item.startedAt !== undefined &&
      item.startedAt >= from &&
      item.startedAt < to &&
      item.type.level >= 0 &&
      !isGoal(item) &&
      !kindsOf(item).some((kind) => kind === 'incident' || kind === 'expedite') &&
      !isCrumb(item),
  );
  const events = begun.filter(({ startedAt = 0 }) =>
    goal.some((item) => isReady(item, startedAt - 1) && isInReach(item, startedAt - 1)),
  );
  const weekOf = (at: Instant) => isoWeekOf(at, timezone);
  const perWeek = weeks.map(([first = window.from]) => {
    const week = weekOf(startOf(first, timezone));
    return events.filter(({ startedAt = 0 }) => weekOf(startedAt) === week).length;
  });
  // The first and the last week are rarely whole: by work days there are so many weeks.
  const exposure = workdays.length / view.team.calendar.workdays.length;
  const { overdispersion = 1 } = summarizeCounts(perWeek) ?? {};
  return {
    perWeek: measuredBy({ n: events.length, window, confidence: 'medium' })(
      { value: events.length / exposure, interval: jeffreysRate(events.length, exposure, overdispersion) },
      'per_week',
      'begun_outside_the_goal_while_work_for_it_was_ready',
    ),
    items: events.map((item) => itemRef(view, item)),
  };
}

const HALF_A_DAY = 0.5;

/** Whether an item that was first begun since a day took less than half a person-day up to the end of the view. */
function crumbs(view: TeamView, since: CalendarDay): (item: WorkItem) => boolean {
  const taken = new Map<WorkItem, number>();
  for (const { items } of effort(view, workdaysFrom(since, view.day, view.team.calendar))) {
    for (const item of items) taken.set(item, (taken.get(item) ?? 0) + 1 / items.length);
  }
  return (item) => (taken.get(item) ?? 0) < HALF_A_DAY;
}

/** Whether an item could have been begun at a moment, as things stood then. */
function readiness(view: TeamView): (item: WorkItem, at: Instant) => boolean {
  // A source also knows the cycles of boards that the team has nothing to do with.
  const theirs = new Set(
    view.items.flatMap(({ issue }) =>
      setIntervals(issue, 'cycles').flatMap(({ value }) => value.map((id) => issueRef(issue.source, id))),
    ),
  );
  const cycles = new Map(
    [...view.references.values()].flatMap((reference) =>
      reference.cycles
        .map((cycle) => [issueRef(reference.source, cycle.id), cycle] as const)
        .filter(([ref]) => theirs.has(ref)),
    ),
  );
  const isRunning = (source: string, at: Instant) => (id: string) => {
    const cycle = cycles.get(issueRef(source, id));
    return (
      cycle?.startAt !== undefined &&
      cycle.startAt <= at &&
      (cycle.plannedEndAt ?? Number.POSITIVE_INFINITY) >= at
    );
  };
  const signalsOf = blockSignals(view);
  return (item, at) => {
    const { issue, stays } = item;
    if (stays.findLast(({ from }) => from <= at)?.stage !== 'todo') return false;
    const held = <V>(intervals: readonly { readonly from: Instant; readonly value: V }[]) =>
      intervals.findLast(({ from }) => from <= at)?.value;
    const isBlocked = Object.values(signalsOf(item)).some((spans) =>
      spans.some(({ from, to }) => from <= at && at < to),
    );
    if (isBlocked) return false;
    const anyRuns = [...view.references.values()].some(({ source, cycles: some }) =>
      some.some(({ id }) => isRunning(source, at)(id)),
    );
    const inCycle = (held(setIntervals(issue, 'cycles')) ?? []).some(isRunning(issue.source, at));
    if (anyRuns && !inCycle) return false;
    const assignee = held(scalarIntervals(issue, 'assignee'))?.value;
    return assignee === undefined || !isBusy(view, issue.source, assignee, at);
  };
}
