import { range, sum } from 'd3-array';
import { dayOf, MS_PER_DAY, workdaysFrom } from '#domain/calendar.ts';
import { scalarIntervals, setIntervals } from '#domain/field-values.ts';
import { anchorRef, type FoundGoal, foundGoals } from '#domain/goal-items.ts';
import type { Instant, IssueEvent } from '#domain/issue.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { jeffreysRate, summarizeCounts } from '#statistics/rate.ts';
import { effort } from './effort.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { recentEffort } from './recent-effort.ts';
import { overlap, type Span } from './spans.ts';

/** How often what is being worked on is given another priority or target. */
export interface Churn {
  /** Changes for each week that an item is in progress. */
  readonly rate: Measurement;
  /** Of the changes, the part that no change of the description comes with. */
  readonly unexplained: Measurement;
  /** Items put back before the start after work of a person-day or more. */
  readonly thrash: Measurement;
  /** Person-days that had gone into these by then. */
  readonly thrownBack: Measurement;
  /** Those with most changes first. */
  readonly items: readonly (ItemRef & { readonly changes: number })[];
}

/** Changes and exposure as they were counted. Never leaves the core. */
export interface ChurnCounts {
  readonly changes: number;
  readonly itemWeeks: number;
  readonly overdispersion: number;
}

const DAYS = 84;
const WEEK = 7 * MS_PER_DAY;
const MIN_ITEM_WEEKS = 10;
const MIN_WEEKS = 6;
const NEAR = MS_PER_DAY;

/**
 * How often what is in progress is given another priority, is taken into or out of a goal or a running cycle.
 *
 * Over the last 84 days: changes made while an item was in progress, those of one entry in the history once, for each
 * item-week in progress (Jeffreys' interval, widened where the weeks differ more than chance). What is carried over from
 * a cycle that ended counts not. Thrash: items put back from active to before the start after somebody had spent a day
 * or more on them.
 *
 * The part without an explanation is at most what is told: a change of the description within a day explains, what was
 * written in comments is not known. Ranks are not looked at: trackers do not say which ranks they were. Nothing here
 * says that churn causes delay; it is a fact about how clear the goal is.
 */
export function churn(view: TeamView): Churn {
  return churnIn(view);
}

const churnIn = oncePerView((view): Churn => {
  const { window } = lookback(view, DAYS);
  const { changed, itemWeeks, overdispersion } = counted(view);
  const all = changed.flatMap(({ item, moments }) => moments.map((at) => ({ item, at })));
  const measured = measuredBy({ n: all.length, window, confidence: 'medium' });
  const { refused } = recentEffort(view);
  const thrown = thrashed(view);
  return {
    rate:
      itemWeeks < MIN_ITEM_WEEKS
        ? insufficient(Math.floor(itemWeeks), MIN_ITEM_WEEKS, 'weeks of items in progress')
        : measured(
            { value: all.length / itemWeeks, interval: jeffreysRate(all.length, itemWeeks, overdispersion) },
            'per_item_week',
            'changes_of_priority_goal_or_cycle_while_in_progress',
          ),
    unexplained: unexplained(all, measured),
    thrash:
      refused ?? exactCount(thrown.length, 'items', window, 'put_back_before_the_start_after_a_person_day'),
    thrownBack:
      refused ??
      exactCount(
        sum(thrown, ({ days }) => days),
        'person_days',
        window,
        'put_back_before_the_start_after_a_person_day',
      ),
    items: changed
      .filter(({ moments }) => moments.length > 0)
      .map(({ item, moments }) => ({ ...itemRef(view, item), changes: moments.length }))
      .toSorted((a, b) => b.changes - a.changes),
  };
});

export function churnCounts(view: TeamView): ChurnCounts {
  const { changed, itemWeeks, overdispersion } = counted(view);
  return { changes: sum(changed, ({ moments }) => moments.length), itemWeeks, overdispersion };
}

const counted = oncePerView((view) => {
  const { since } = lookback(view, DAYS);
  const all: Span = { from: since, to: view.asOf };
  const retargeted = retargets(view);
  const changed = view.items.flatMap((item) => {
    const active = overlap(
      item.stays.filter(({ stage }) => isInProgress(stage)).map(({ from, to = view.asOf }) => ({ from, to })),
      [all],
    );
    if (active.length === 0) return [];
    // What an item is begun with is no change to what is being worked on.
    const isDuring = (at: Instant) => active.some(({ from, to }) => at > from && at < to);
    return [{ item, active, moments: retargeted(item).filter(isDuring) }];
  });
  const weeks = range(all.from, all.to, WEEK).map((from) => {
    const within = { from, to: Math.min(all.to, from + WEEK) };
    const moments = changed.flatMap((one) => one.moments).filter((at) => at >= from && at < within.to);
    return moments.length;
  });
  const itemWeeks = sum(changed, ({ active }) => sum(active, ({ from, to }) => to - from)) / WEEK;
  const dispersion = weeks.length < MIN_WEEKS ? undefined : summarizeCounts(weeks)?.overdispersion;
  return { changed, itemWeeks, overdispersion: dispersion ?? 1 };
});

/** When an item was given another priority, or went into or out of a goal or a running cycle; each entry once. */
function retargets(view: TeamView): (item: WorkItem) => readonly Instant[] {
  const goals = foundGoals(view);
  const cycles = new Map(
    [...view.references.values()].flatMap(({ source, cycles: some }) =>
      some.map((cycle) => [issueRef(source, cycle.id), cycle] as const),
    ),
  );
  return (item) => {
    const { events, source } = item.issue;
    const priorities = events.filter(
      ({ field, origin, from, to }) => field === 'priority' && origin === 'recorded' && from !== to,
    );
    const left = setIntervals(item.issue, 'cycles').flatMap(({ value, to }) =>
      to === undefined ? [] : [{ value, at: to }],
    );
    const outOfRunning = left.flatMap(({ value, at }) => {
      const now = setIntervals(item.issue, 'cycles').find(({ from }) => from === at)?.value ?? [];
      const isRunning = value.some((id) => {
        const cycle = cycles.get(issueRef(source, id));
        const end = cycle?.endedAt ?? cycle?.plannedEndAt;
        return !now.includes(id) && cycle !== undefined && (cycle.startAt ?? at) <= at && (end ?? 0) > at;
      });
      return isRunning ? [at] : [];
    });
    const moments = [...priorities.map(({ at }) => at), ...outOfRunning, ...goalMoves(item, goals)];
    return [...new Set(moments)].toSorted((a, b) => a - b);
  };
}

/** When an item came under a goal or left it by its own fields. */
function goalMoves(item: WorkItem, goals: readonly FoundGoal[]): readonly Instant[] {
  if (goals.length === 0) return [];
  const { issue } = item;
  const { source } = issue;
  const sets = (['labels', 'versions'] as const).map((field) => {
    const kind = field === 'labels' ? 'label' : 'version';
    return setIntervals(issue, field).map(({ from, value }) => ({
      from,
      refs: value.map((id) => anchorRef(source, kind, id)),
    }));
  });
  const parents = scalarIntervals(issue, 'parent').map(({ from, value }) => ({
    from,
    refs: value === undefined ? [] : [issueRef(source, value.value)],
  }));
  return goals.flatMap(({ anchors }) =>
    [...sets, parents].flatMap((intervals) =>
      intervals.flatMap(({ from, refs }, i) => {
        const before = intervals[i - 1]?.refs ?? [];
        const [was, is] = [before, refs].map((some) => some.some((ref) => anchors.has(ref)));
        return was === is ? [] : [from];
      }),
    ),
  );
}

function unexplained(
  all: readonly { readonly item: WorkItem; readonly at: Instant }[],
  measured: ReturnType<typeof measuredBy>,
): Measurement {
  if (all.length === 0) return insufficient(0, 1, 'changes of priority, goal or cycle');
  const isNear = (at: Instant) => (event: IssueEvent) =>
    event.field === 'description' && Math.abs(event.at - at) <= NEAR;
  const silent = all.filter(({ item, at }) => !item.issue.events.some(isNear(at))).length;
  return {
    ...measured(
      { value: silent / all.length, interval: { lower: undefined, upper: silent / all.length } },
      'share',
      'changes_without_a_change_of_the_description',
    ),
    ...(silent === 0 ? {} : { bound: '<' as const }),
    confidence: 'low',
  };
}

interface Thrashed {
  readonly item: WorkItem;
  readonly days: number;
}

/** Items put back before the start in the window, with the person-days spent on them until then. */
function thrashed(view: TeamView): readonly Thrashed[] {
  const { since, window } = lookback(view, DAYS);
  const { timezone, calendar } = view.team;
  const moved = view.items.flatMap((item) =>
    item.stays.flatMap(({ from, stage }, i) => {
      const before = item.stays[i - 1];
      const isBack =
        before !== undefined && isInProgress(before.stage) && (stage === 'todo' || stage === 'backlog');
      return isBack && from > since ? [{ item, at: from }] : [];
    }),
  );
  if (moved.length === 0) return [];
  const spent = effort(view, workdaysFrom(window.from, view.day, calendar));
  const latest = new Map(moved.map(({ item, at }) => [item, at]));
  return [...latest].flatMap(([item, at]) => {
    const until = dayOf(at, timezone);
    const days = sum(spent, ({ day, items }) =>
      day <= until && items.includes(item) ? 1 / items.length : 0,
    );
    return days >= 1 ? [{ item, days }] : [];
  });
}
