import { mean } from 'd3-array';
import { exactCount, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { measuredBy } from '#metrics/measured.ts';
import { qUpper } from '#statistics/quantiles.ts';
import type { MilestoneBasis } from './milestone-basis.ts';

/** What lies under a milestone, counted. */
export interface MilestoneScope {
  readonly open: Measurement;
  readonly done: Measurement;
  readonly dropped: Measurement;
  /** Open epics under it that have no items yet, and how many items they may turn out to hold. */
  readonly unsplit: Measurement;
  readonly undiscovered: Measurement;
}

export function scopeNumbers(
  view: TeamView,
  { scope, undiscovered: hidden }: MilestoneBasis,
): MilestoneScope {
  const window = { from: view.day, to: view.day };
  const count = (n: number, unit: string, method: string) => exactCount(n, unit, window, method);
  return {
    open: count(scope.open.length, 'items', 'open_under_milestone'),
    done: count(scope.done, 'items', 'done_under_milestone'),
    dropped: count(scope.dropped, 'items', 'cancelled_under_milestone'),
    unsplit: count(scope.unsplit.length, 'epics', 'open_without_items'),
    undiscovered:
      hidden.unknown ??
      measuredBy({ n: hidden.unsplit, window, confidence: 'medium' })(
        {
          value: mean(hidden.items) ?? 0,
          interval: { lower: qUpper(hidden.items, 5), upper: qUpper(hidden.items, 95) },
        },
        'items',
        'items_of_done_parents_of_the_same_level',
      ),
  };
}
