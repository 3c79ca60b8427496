import { bisectRight, min, range, sum } from 'd3-array';
import { type CalendarDay, dayOf, isoWeekOf, plusWeeks, startOfWeek } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysRate, summarizeCounts } from '#statistics/rate.ts';
import { administrativeClosures, isBulk } from './administrative.ts';

/** The items finished in one ISO week; `from` is its Monday. */
export interface WeekCount {
  readonly week: string;
  readonly from: CalendarDay;
  readonly count: number;
}

export interface Throughput {
  /** Items a week, on average. */
  readonly perWeek: Measurement;
  /** How much more the weeks differ than chance alone would make them: 1 is chance alone. */
  readonly overdispersion: Measurement;
  readonly total: Measurement;
  /** Every complete week, oldest first, also those in which nothing was finished. */
  readonly weeks: readonly WeekCount[];
}

/**
 * How many items a team finishes in a week, and how unsteadily.
 *
 * An item counts in the ISO week (team's time zone) of its last crossing into done, also when it was never in
 * progress. The last 26 complete weeks, or those since the team's first activity. The interval of the mean allows for
 * weeks that differ more than chance (Jeffreys, widened by the overdispersion).
 *
 * Left out: the current week until it has ended, dropped items, closures by tidying up, items reopened since. Below
 * 6 complete weeks nothing is told.
 *
 * @example throughput(view(team(), '2026-01-18', [issue('PAY-1', 'In Progress 8d → Done', { from: '2026-01-05' })])).weeks
 *   // => [{ week: '2026-W02', from: '2026-01-05', count: 0 }, { week: '2026-W03', from: '2026-01-12', count: 1 }]
 */
export function throughput(view: TeamView): Throughput {
  return throughputIn(view);
}

const throughputIn = oncePerView((view): Throughput => {
  const administrative = administrativeClosures(view);
  const { timezone } = view.team;
  const begins = completeWeeks(view);
  const ends = startOfWeek(view.asOf, timezone);
  const reasonOf = (item: WorkItem) => administrative.get(issueRef(item.issue.source, item.issue.id));
  const closed = view.items.filter((item) => {
    const at = item.finishedAt ?? item.cancelledAt;
    return at !== undefined && at >= (begins[0] ?? ends) && at < ends;
  });
  const delivered = Map.groupBy(
    closed.filter((item) => reasonOf(item) === undefined),
    (item) => bisectRight(begins, item.finishedAt ?? ends) - 1,
  );
  const weeks = begins.map(
    (from, i): WeekCount => ({
      week: isoWeekOf(from, timezone),
      from: dayOf(from, timezone),
      count: delivered.get(i)?.length ?? 0,
    }),
  );

  const summary = summarizeCounts(weeks.map(({ count }) => count));
  const [first] = weeks;
  if (summary === undefined || first === undefined || weeks.length < MIN_WEEKS) {
    const short = insufficient(weeks.length, MIN_WEEKS, 'complete weeks');
    return { perWeek: short, overdispersion: short, total: short, weeks };
  }
  const total = sum(weeks, ({ count }) => count);
  const { lower, upper } = jeffreysRate(total, weeks.length, summary.overdispersion);
  const window = { from: first.from, to: dayOf(ends - 1, timezone) };
  const confidence = weeks.length > 2 * MIN_WEEKS ? 'high' : 'medium';
  const excluded = [
    { reason: 'administrative_closure', count: closed.filter((item) => isBulk(reasonOf(item))).length },
    { reason: 'cancelled', count: closed.filter((item) => reasonOf(item) === 'cancelled').length },
  ].filter(({ count }) => count > 0);
  const common = { kind: 'value', n: weeks.length, window, confidence, excluded } as const;
  return {
    perWeek: {
      ...common,
      value: summary.mean,
      unit: 'items_per_week',
      interval90: [lower, upper],
      method: 'mean of complete weeks, Jeffreys interval widened by overdispersion',
    },
    overdispersion: {
      ...common,
      value: summary.overdispersion,
      unit: 'ratio',
      interval90: [null, null],
      method: 'variance / mean of weekly counts, at least 1',
    },
    total: exactCount(total, 'items', window, 'last crossing into done', { confidence, excluded }),
    weeks,
  };
});

const MIN_WEEKS = 6;
const MAX_WEEKS = 26;

/** The instants at which the complete weeks begin, oldest first: up to 26, none before the team's first activity. */
function completeWeeks(view: TeamView): readonly Instant[] {
  const { timezone } = view.team;
  const firstActivity = min(view.items, (item) => item.issue.events[0]?.at);
  if (firstActivity === undefined) return [];
  const ends = startOfWeek(view.asOf, timezone);
  const firstWeek = startOfWeek(firstActivity, timezone);
  return range(MAX_WEEKS, 0, -1)
    .map((ago) => plusWeeks(ends, -ago, timezone))
    .filter((from) => from >= firstWeek);
}
