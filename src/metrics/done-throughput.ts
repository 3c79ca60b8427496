import { bisectRight, sum } from 'd3-array';
import { startOf, startOfWeek } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { jeffreysRate, summarizeCounts } from '#statistics/rate.ts';
import { measuredBy } from './measured.ts';
import { endings } from './reached.ts';
import { throughput } from './throughput.ts';

export interface DoneThroughput {
  /** Items called done a week, on average: the throughput. */
  readonly calledDone: Measurement;
  /** Items a week that reached the level required of them in those weeks. */
  readonly trulyDone: Measurement;
}

/**
 * How much is called done in a week, and how much is Done.
 *
 * Both over the same complete weeks. An item is truly done in the week in which it reached the level required of it; where
 * that is being called done, the two are the same. The interval allows for weeks that differ more than chance (Jeffreys,
 * widened by the overdispersion).
 *
 * Left out, and counted: dropped items, closures by tidying up, releases without a date. Insufficient where throughput is.
 */
export function doneThroughput(view: TeamView): DoneThroughput {
  const { perWeek: calledDone, weeks } = throughput(view);
  if (calledDone.kind === 'insufficient') return { calledDone, trulyDone: calledDone };
  const { timezone } = view.team;
  const begins = weeks.map(({ from }) => startOf(from, timezone));
  const ends = startOfWeek(view.asOf, timezone);
  const [first = ends] = begins;
  const endOf = endings(view);
  const ended = view.items
    .map((item) => endOf(item, item.claimedAt))
    .filter(({ at }) => at !== undefined && at >= first && at < ends);
  const reached = Map.groupBy(
    ended.filter(({ leftOut }) => leftOut === undefined),
    ({ at = ends }) => bisectRight(begins, at) - 1,
  );
  const counts = begins.map((_, i) => reached.get(i)?.length ?? 0);
  const summary = summarizeCounts(counts);
  if (summary === undefined) return { calledDone, trulyDone: calledDone };
  const leftOut = Map.groupBy(ended, (ending) => ending.leftOut);
  leftOut.delete(undefined);
  const { n, window, confidence } = calledDone;
  const excluded = [...leftOut].map(([reason = '', some]) => ({ reason, count: some.length }));
  const trulyDone = measuredBy({ n, window, confidence, excluded })(
    { value: summary.mean, interval: jeffreysRate(sum(counts), counts.length, summary.overdispersion) },
    'items_per_week',
    'mean of complete weeks, by when the required level was reached',
  );
  return { calledDone, trulyDone };
}
