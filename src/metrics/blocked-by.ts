import { range, sum } from 'd3-array';
import { type CalendarDay, dayOf, elapsedDays, MS_PER_DAY } from '#domain/calendar.ts';
import { isGoalItem } from '#domain/goal-items.ts';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { hull, type Interval } from '#statistics/interval.ts';
import { drawnInterval, seededRandom, weekDraws } from '#statistics/random.ts';
import { blockers } from './blocked-spells.ts';
import { type BlockerOwner, blockerOwner } from './blocker-owner.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { openSpells } from './open-spells.ts';
import { overlap, type Span, unionOf } from './spans.ts';

/** An item that waits now, and for whom. */
export interface WaitingItem extends ItemRef {
  readonly owner: BlockerOwner;
  readonly since: CalendarDay;
  readonly days: number;
  readonly isGoal: boolean;
}

/** The part of the time under way that was spent blocked, by whose move it was. */
export interface BlockedBy {
  /** Of the items of the team's goal, or of all items where it has none. */
  readonly of: 'goal' | 'all';
  readonly leadership: Measurement;
  readonly team: Measurement;
  readonly external: Measurement;
  readonly unknown: Measurement;
  /** Waiting longest first. */
  readonly waiting: readonly WaitingItem[];
}

/** The same with what the parts may be had the weeks fallen differently. Never leaves the core. */
export interface BlockedParts {
  readonly parts: BlockedBy;
  readonly draws: (owners: readonly BlockerOwner[]) => readonly number[];
}

const DAYS = 84;
const DRAWS = 2000;
const WEEK = 7 * MS_PER_DAY;
const OWNERS = ['leadership', 'team', 'external', 'unknown'] as const;
const MIN_ITEMS = 5;

/**
 * How much of the time under way was spent waiting, and for whose move, over the last 84 days.
 *
 * Of the items of the team's goal where it has one. What is blocked in several ways at once counts to each owner it
 * names, and once to each. Intervals from drawing weeks again (2,000 draws). Left out: what nobody marked. Below 5 items
 * under way nothing is told.
 */
export function blockedBy(view: TeamView): BlockedBy {
  return blockedParts(view).parts;
}

export const blockedParts: (view: TeamView) => BlockedParts = oncePerView((view) => {
  const { window, since } = lookback(view, DAYS);
  const all: Span = { from: since, to: view.asOf };
  const isGoal = isGoalItem(view);
  const hasGoal = view.items.some(isGoal);
  const spansOf = ownedSpans(view);
  const seen = view.items
    .filter((item) => !hasGoal || isGoal(item))
    .map((item) => ({
      underWay: overlap(
        openSpells(item).map(({ from, to = view.asOf }) => ({ from, to })),
        [all],
      ),
      blocked: spansOf(item),
    }))
    .filter(({ underWay }) => underWay.length > 0);
  const weeks = range(all.from, all.to, WEEK).map((from): Week => {
    const within = [{ from, to: Math.min(all.to, from + WEEK) }];
    const time = (spans: readonly Span[]) => sum(overlap(spans, within), (span) => span.to - span.from);
    return {
      underWay: sum(seen, ({ underWay }) => time(underWay)),
      blocked: (owners) =>
        sum(seen, ({ blocked }) => time(unionOf(owners.flatMap((owner) => blocked[owner])))),
    };
  });
  const seed = `${view.team.id}|blockedBy|${view.day}`;
  const draws = (owners: readonly BlockerOwner[]) => {
    const waits = seen.some(({ blocked }) => owners.some((owner) => blocked[owner].length > 0));
    // Most teams mark little: of nothing there is nothing to draw.
    if (!waits) return { value: 0, draws: [0] };
    const counted = weeks.map(({ underWay, blocked }) => ({ underWay, blocked: blocked(owners) }));
    return { value: shareOf(counted) ?? 0, draws: weekDraws(seededRandom(seed), counted, DRAWS, shareOf) };
  };
  const share = (owner: BlockerOwner): Measurement => {
    if (seen.length < MIN_ITEMS)
      return insufficient(seen.length, MIN_ITEMS, 'items under way in the last 84 days');
    const found = draws([owner]);
    return measuredBy({ n: seen.length, window, confidence: owner === 'unknown' ? 'medium' : 'low' })(
      { value: found.value, interval: around(found.value, found.draws) },
      'share',
      'time blocked by whose move / time under way',
    );
  };
  return {
    parts: {
      of: hasGoal ? 'goal' : 'all',
      leadership: share('leadership'),
      team: share('team'),
      external: share('external'),
      unknown: share('unknown'),
      waiting: waitingNow(view, isGoal),
    },
    draws: (owners) => (seen.length < MIN_ITEMS ? [] : draws(owners).draws),
  };
});

/** Drawn weeks may all miss what the real ones say. */
function around(value: number, draws: readonly number[]): Interval | undefined {
  const drawn = drawnInterval(draws);
  return drawn && hull(drawn, { lower: value, upper: value });
}

interface Week {
  readonly underWay: number;
  readonly blocked: (owners: readonly BlockerOwner[]) => number;
}

function shareOf(
  weeks: readonly { readonly underWay: number; readonly blocked: number }[],
): number | undefined {
  const underWay = sum(weeks, (week) => week.underWay);
  return underWay === 0 ? undefined : sum(weeks, (week) => week.blocked) / underWay;
}

/** When an item was blocked, by whose move. */
function ownedSpans(view: TeamView): (item: WorkItem) => Readonly<Record<BlockerOwner, readonly Span[]>> {
  const [blockersOf, ownerOf] = [blockers(view), blockerOwner(view)];
  return (item) => {
    const found = Map.groupBy(blockersOf(item), (blocker) => ownerOf(item, blocker));
    const spans = (owner: BlockerOwner) =>
      unionOf((found.get(owner) ?? []).map(({ from, to }) => ({ from, to })));
    return {
      leadership: spans('leadership'),
      team: spans('team'),
      external: spans('external'),
      unknown: spans('unknown'),
    };
  };
}

/** One line for each item and each owner it waits for now. */
function waitingNow(view: TeamView, isGoal: (item: WorkItem) => boolean): readonly WaitingItem[] {
  const spansOf = ownedSpans(view);
  return view.items
    .flatMap((item) => {
      const spans = spansOf(item);
      return OWNERS.flatMap((owner): readonly WaitingItem[] => {
        const last = spans[owner].at(-1);
        if (last === undefined || last.to !== view.asOf) return [];
        return [
          {
            ...itemRef(view, item),
            owner,
            since: dayOf(last.from, view.team.timezone),
            days: elapsedDays(last.from, view.asOf),
            isGoal: isGoal(item),
          },
        ];
      });
    })
    .toSorted((a, b) => b.days - a.days);
}
