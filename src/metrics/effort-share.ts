import { fsum, median, rollup, sum } from 'd3-array';
import { endOf, startOf } from '#domain/calendar.ts';
import { oncePer, oncePerHistory, oncePerView, remembered } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { OpenInterval } from '#statistics/interval.ts';
import { seededRandom, weekBootstrap, weekDraws } from '#statistics/random.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import type { Estimate } from './measured.ts';
import type { RecentEffort } from './recent-effort.ts';
import { MIN_ATTRIBUTED } from './workstream-level.ts';

/** How a person-day is divided over items. */
export type AttributionMethod = 'equal_split' | 'work_logs' | 'items_by_median_effort';

/** Effort on some items in one ISO week, beside all of that week. */
export interface EffortWeek {
  readonly workdays: number;
  readonly ours: number;
  readonly all: number;
}

/** Effort on some items by each way of attributing it that the data allow; the first is the one that is told. */
export interface EffortReadings {
  readonly methods: readonly { readonly method: AttributionMethod; readonly weeks: readonly EffortWeek[] }[];
  /** As many person-days as there were such items, each as large as the median of them. */
  readonly byMedian: number;
}

/**
 * How much of a team's person-days went into some items, by each way of attributing them.
 *
 * Equal split: a person-day in equal parts over the items in progress. Work logs, where at least 60 % of the items done
 * in the last 180 days have any: each week's person-days by the time that was logged in it; then they go first.
 */
export function effortReadings(
  view: TeamView,
  recent: RecentEffort,
  areOurs: (item: WorkItem) => boolean,
): EffortReadings {
  const isOurs = remembered(areOurs);
  const byDay = daysOf(recent);
  const parts = recent.days.flatMap(({ items }) =>
    items.filter(isOurs).map((item) => ({ item, amount: 1 / items.length })),
  );
  const equal = recent.weeks.map((week): EffortWeek => {
    const days = week.flatMap((day) => byDay.get(day) ?? []);
    return {
      workdays: week.length,
      ours: fsum(days, ({ items }) => items.filter(isOurs).length / items.length),
      all: days.length,
    };
  });
  const perItem = rollup(
    parts,
    (some) => fsum(some, ({ amount }) => amount),
    ({ item }) => item,
  );
  const split = { method: 'equal_split', weeks: equal } as const;
  return {
    methods: logged(view).covers
      ? [{ method: 'work_logs', weeks: byLogs(view, recent, equal, isOurs) }, split]
      : [split],
    byMedian: (median([...perItem.values()]) ?? 0) * perItem.size,
  };
}

const daysOf = oncePer(({ days }: RecentEffort) => Map.groupBy(days, ({ day }) => day));

/** A number that some weeks give; undefined when they give none. */
export type Statistic = (weeks: readonly EffortWeek[]) => number | undefined;

/** The person-days on some items of each work day: people's time that went into them. */
export function fteOf(weeks: readonly EffortWeek[]): number | undefined {
  const workdays = sum(weeks, (week) => week.workdays);
  return workdays === 0 ? undefined : sum(weeks, ({ ours }) => ours) / workdays;
}

/** The part of the person-days that went into some items. */
export function shareOfEffort(weeks: readonly EffortWeek[]): number | undefined {
  const all = sum(weeks, (week) => week.all);
  return all === 0 ? undefined : sum(weeks, ({ ours }) => ours) / all;
}

const DRAWS = 2000;

/**
 * A statistic of effort with what is plausible for it: the widest of the week bootstraps (2,000 draws, seeded) of each
 * way of attributing, widened to what the median says where that is given. Never beyond `most`.
 */
export function estimateOf(
  readings: EffortReadings,
  statistic: Statistic,
  { seed, byMedian, most }: { readonly seed: string; readonly byMedian?: number; readonly most: number },
): Estimate | undefined {
  const [first] = readings.methods;
  const value = first && statistic(first.weeks);
  if (value === undefined) return undefined;
  const intervals = readings.methods.map(({ weeks }) =>
    weekBootstrap(seededRandom(seed), weeks, DRAWS, statistic),
  );
  const points = readings.methods.map(({ weeks }) => statistic(weeks) ?? value);
  const all = [...points, ...(byMedian === undefined ? [] : [byMedian])];
  const ends = intervals.filter((interval) => interval !== undefined);
  const interval: OpenInterval | undefined =
    ends.length === 0
      ? undefined
      : {
          lower: Math.min(most, ...ends.map(({ lower }) => lower), ...all),
          upper: Math.min(most, Math.max(...ends.map(({ upper }) => upper), ...all)),
        };
  return { value: Math.min(most, value), interval };
}

/** How likely a statistic of effort is at least so much, by the same draws; undefined where weeks cannot show it. */
export function chanceAtLeast(
  { methods }: EffortReadings,
  statistic: Statistic,
  least: number,
  seed: string,
): number | undefined {
  const draws = weekDraws(seededRandom(seed), methods[0]?.weeks ?? [], DRAWS, statistic);
  return draws.length === 0 ? undefined : draws.filter((value) => value >= least).length / draws.length;
}

/** Each week's person-days, divided as the time that was logged in that week. */
function byLogs(
  { team }: TeamView,
  recent: RecentEffort,
  equal: readonly EffortWeek[],
  isOurs: (item: WorkItem) => boolean,
): readonly EffortWeek[] {
  const items = new Set(recent.days.flatMap((day) => day.items));
  return recent.weeks.map((week, i) => {
    const { workdays = 0, all = 0 } = equal[i] ?? {};
    const spans = week.map((day) => ({ from: startOf(day, team.timezone), to: endOf(day, team.timezone) }));
    const logged = [...items].map((item) => ({
      isOurs: isOurs(item),
      seconds: sum(loggings(item), ({ at, seconds }) =>
        spans.some(({ from, to }) => at >= from && at < to) ? seconds : 0,
      ),
    }));
    const total = sum(logged, ({ seconds }) => seconds);
    const ours = sum(logged, (one) => (one.isOurs ? one.seconds : 0));
    // A week without any log says nothing of how its days were divided.
    return total === 0
      ? (equal[i] ?? { workdays, ours: 0, all })
      : { workdays, all, ours: (all * ours) / total };
  });
}

const logged = oncePerView((view) => {
  const { since } = lookback(view, FLOW_DAYS);
  const done = view.items.filter(({ finishedAt }) => finishedAt !== undefined && finishedAt >= since);
  const withLogs = done.filter((item) => loggings(item).length > 0).length;
  return { covers: done.length > 0 && withLogs >= MIN_ATTRIBUTED * done.length };
});

/** Time that was logged on an item, as the history of Jira's total tells it. */
function loggings({ issue }: WorkItem): readonly { readonly at: number; readonly seconds: number }[] {
  return loggingsOf(issue, 'timespent');
}

const loggingsOf = oncePerHistory(({ events }, ofTotal: 'timespent') =>
  events.flatMap(({ field, at, from = '0', to = '0' }) => {
    if (field !== ofTotal) return [];
    const seconds = Number(to) - Number(from);
    return seconds > 0 ? [{ at, seconds }] : [];
  }),
);
