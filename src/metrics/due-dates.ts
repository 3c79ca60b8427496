import { sum } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { minimumSample, qUpper, quantileInterval } from '#statistics/quantiles.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { type DuePromise, duePromise } from './promise.ts';

/** An item whose first promise has come due, and what was made of it. */
export interface PromisedItem extends ItemRef {
  readonly firstDue: CalendarDay;
  readonly lastDue: CalendarDay;
  readonly slipDays: number;
  readonly postponements: number;
  readonly hitFirst: boolean;
  /** Absent while the last date lies ahead. */
  readonly hitLast?: boolean;
}

export interface DueDates {
  /** The share done by the first date promised. */
  readonly hitFirst: Measurement;
  /** The share done by the last date set, as trackers and most tools show it. */
  readonly hitLast: Measurement;
  /** The share that missed its first date and yet is not late by its last one. */
  readonly hiddenByRedating: Measurement;
  readonly postponements: Measurement;
  /** By how many days the items that were given another date slipped: half of them at most this. */
  readonly slip: Measurement;
  readonly withoutDueDate: Measurement;
  /** First due last. */
  readonly items: readonly PromisedItem[];
}

/**
 * How often work is done by the date first promised for it, and how much of the lateness moving dates hides.
 *
 * Items whose first due date came in the last 180 days. Hit: done by the end of that day in the team's zone; an item
 * still open has missed it now. The last date is the last one set before the item was finished. Intervals are
 * Jeffreys'. Judged by the last date alone a team that moves its dates is never late.
 *
 * Left out, and counted: items without a due date, dropped ones, those closed by tidying up. Below 20 items whose date
 * has come no share is told.
 *
 * @example dueDates(view(team(), '2026-01-30', [issue('PAY-1', 'In Progress 9d → Done', { dueDate: '2026-01-10 3d → 2026-01-20' })])).items[0].slipDays
 *   // => 10
 */
export function dueDates(view: TeamView): DueDates {
  return dueDatesIn(view);
}

const dueDatesIn = oncePerView((view): DueDates => {
  const { window, since } = lookback(view, FLOW_DAYS);
  const administrative = administrativeClosures(view);
  const promises = view.items.map((item) => duePromise(item, view.team.timezone));
  const due = promises.filter(
    (one): one is DuePromise => one !== undefined && one.firstDueBy > since && one.firstDueBy <= view.asOf,
  );
  const isTidied = ({ item }: DuePromise) =>
    isBulk(administrative.get(issueRef(item.issue.source, item.issue.id)));
  const dropped = due.filter(({ item }) => item.stage === 'cancelled');
  const kept = due.filter(({ item }) => item.stage !== 'cancelled');
  const decided = kept.filter((one) => !isTidied(one));
  const excluded = [
    { reason: 'cancelled', count: dropped.length },
    { reason: 'administrative_closure', count: kept.length - decided.length },
  ].filter(({ count }) => count > 0);

  const items = decided
    .toSorted((a, b) => b.firstDueBy - a.firstDueBy)
    .map((one): PromisedItem => {
      const { item, firstDue, lastDue, slipDays, postponements } = one;
      const hitLast = wasDoneBy(one, one.lastDueBy, view);
      return {
        ...itemRef(view, item),
        firstDue,
        lastDue,
        slipDays,
        postponements,
        hitFirst: wasDoneBy(one, one.firstDueBy, view) === true,
        ...(hitLast === undefined ? {} : { hitLast }),
      };
    });
  const share = (k: number, n: number, method: string): Measurement =>
    n < MIN_ITEMS
      ? insufficient(n, MIN_ITEMS, 'items whose first due date has come')
      : measuredBy({ n, window, confidence: n >= 2 * MIN_ITEMS ? 'high' : 'medium', excluded })(
          { value: k / n, interval: jeffreysProportion(k, n) },
          'share',
          method,
        );
  const count = (keep: (item: PromisedItem) => boolean) => items.filter(keep).length;
  const lastCame = items.filter((item) => item.hitLast !== undefined);
  return {
    hitFirst: share(
      count((item) => item.hitFirst),
      items.length,
      'done by the first due date',
    ),
    hitLast: share(
      count((item) => item.hitLast === true),
      lastCame.length,
      'done by the last due date',
    ),
    hiddenByRedating: share(
      count((item) => !item.hitFirst && item.hitLast !== false),
      items.length,
      'missed the first due date, not late by the last',
    ),
    postponements: exactCount(
      sum(items, (item) => item.postponements),
      'moves',
      window,
      'due date moved to a later day',
      { excluded },
    ),
    slip: slip(items, { window, confidence: 'medium', excluded }),
    withoutDueDate: exactCount(
      view.items.filter(
        (item, i) => promises[i] === undefined && (item.finishedAt ?? item.cancelledAt ?? view.asOf) > since,
      ).length,
      'items',
      window,
      'never had a due date',
    ),
    items,
  };
});

const MIN_ITEMS = 20;

/** Whether an item was done by a moment; undefined while it is open and the moment lies ahead. */
function wasDoneBy({ item }: DuePromise, moment: number, view: TeamView): boolean | undefined {
  if (item.finishedAt !== undefined) return item.finishedAt < moment;
  return moment <= view.asOf ? false : undefined;
}

function slip(
  items: readonly PromisedItem[],
  basis: Omit<Parameters<typeof measuredBy>[0], 'n'>,
): Measurement {
  const days = items.filter((item) => item.slipDays !== 0).map((item) => item.slipDays);
  const median = qUpper(days, 50);
  const need = minimumSample(50);
  if (median === undefined || days.length < need) {
    return insufficient(days.length, need, 'items that were given another due date');
  }
  return measuredBy({ ...basis, n: days.length })(
    { value: median, interval: quantileInterval(days, 50) },
    'days',
    'median of last due - first due, of items with another date',
  );
}
