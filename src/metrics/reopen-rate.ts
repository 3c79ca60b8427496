import { MS_PER_DAY } from '#domain/calendar.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { isEarlyReopening, isSlip, REOPEN_DAYS } from './signals/reopened.ts';

const MIN_ITEMS = 20;

export interface ReopenRate {
  /** The share of items that came back within 30 days of being called done. */
  readonly rate: Measurement;
  /** Items that came back later than that: listed, and no part of the rate. */
  readonly late: Measurement;
}

/**
 * How often work that was called done comes back.
 *
 * Items that crossed into done in the last 180 days and at least 30 days ago, so that each had its 30 days to come back;
 * an item counts once, however often it went to and fro. Jeffreys interval. Left out: bulk closures and moves from done
 * to cancelled; what was taken back within the hour did not come back. Insufficient under 20 items.
 */
export function reopenRate(view: TeamView): ReopenRate {
  const { window, since } = lookback(view, FLOW_DAYS);
  const latest = view.asOf - REOPEN_DAYS * MS_PER_DAY;
  const decided = (at: number) => at >= since && at <= latest;

  const administrative = administrativeClosures(view);
  const doneThen = view.items.filter((item) => doneCrossings(item).some(decided));
  const counted = doneThen.filter(
    ({ issue }) => !isBulk(administrative.get(issueRef(issue.source, issue.id))),
  );
  const cameBack = counted.map((item) =>
    item.reopenings.filter((one) => decided(one.doneAt) && !isSlip(one)),
  );
  const early = cameBack.filter((some) => some.some(isEarlyReopening)).length;
  const late = cameBack.filter((some) => some.length > 0 && !some.some(isEarlyReopening)).length;
  const n = counted.length;
  const bulk = doneThen.length - n;
  const excluded = bulk > 0 ? [{ reason: 'administrative_closure', count: bulk }] : [];
  return {
    rate:
      n < MIN_ITEMS
        ? insufficient(n, MIN_ITEMS, 'items done at least 30 days ago')
        : measuredBy({ n, window, confidence: 'high', excluded })(
            { value: early / n, interval: jeffreysProportion(early, n) },
            'share',
            'reopened within 30 days of done',
          ),
    late: exactCount(late, 'items', window, 'reopened later than 30 days after done', { excluded }),
  };
}

function doneCrossings(item: WorkItem): readonly number[] {
  return item.stays.filter((stay) => stay.stage === 'done').map((stay) => stay.from);
}
