import { range, sum } from 'd3-array';
import { type CalendarDay, dayOf, elapsedDays, MS_PER_DAY } from '#domain/calendar.ts';
import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import { type BlockSignal, blockedSpells } from './blocked-spells.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { openSpells } from './open-spells.ts';
import { lengthOf, overlap, type Span } from './spans.ts';

/** An item that cannot go on now. */
export interface BlockedItem extends ItemRef {
  readonly since: CalendarDay;
  readonly days: number;
  readonly signals: readonly BlockSignal[];
}

export interface Blocked {
  readonly now: Measurement;
  /** Item-days spent blocked in the last 180 days. */
  readonly itemDays: Measurement;
  /** The part of the time under way that they are. */
  readonly share: Measurement;
  /** Blocked longest first. */
  readonly items: readonly BlockedItem[];
}

/**
 * How much of the work under way cannot go on, and for how long already.
 *
 * An item is blocked while it is flagged, in a status whose name says so, or linked to something that has to come first
 * and is not closed; whatever says so at the same time counts once. Only the time between its start and its closing
 * counts. The share is over all items under way in the last 180 days, its interval from drawing weeks again (2,000
 * draws).
 *
 * Left out: what nobody marked. Below 5 items under way no share is told.
 *
 * @example blocked(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 3d → Blocked 5d → In Progress')])).itemDays.value // => 5
 */
export function blocked(view: TeamView): Blocked {
  const { window, since } = lookback(view, FLOW_DAYS);
  const all: Span = { from: since, to: view.asOf };
  const blockedTime = blockedSpells(view);
  const seen = view.items.map((item) => {
    const { spells, now } = blockedTime(item);
    const underWay = openSpells(item).map(({ from, to = view.asOf }) => ({ from, to }));
    return {
      item,
      now,
      last: spells.at(-1),
      underWay: overlap(underWay, [all]),
      spells: overlap(spells, [all]),
    };
  });
  const counted = seen.filter(({ underWay }) => underWay.length > 0);
  const items = seen
    .flatMap(({ item, now, last }): readonly BlockedItem[] =>
      now.length === 0 || last === undefined
        ? []
        : [
            {
              ...itemRef(view, item),
              since: dayOf(last.from, view.team.timezone),
              days: elapsedDays(last.from, view.asOf),
              signals: now,
            },
          ],
    )
    .toSorted((a, b) => b.days - a.days);
  const basis = { n: counted.length, window, confidence: 'medium' } as const;
  const itemDays = sum(counted, ({ spells }) => lengthOf(spells)) / MS_PER_DAY;
  return {
    now: exactCount(items.length, 'items', lookback(view, 1).window, METHOD),
    itemDays: measuredBy(basis)(
      { value: itemDays, interval: { lower: itemDays, upper: itemDays } },
      'item_days',
      METHOD,
    ),
    share: share(counted, all, basis, `${view.team.id}|blocked|${view.day}`),
    items,
  };
}

const METHOD = 'flag, blocked status or open link to what comes first, while under way';
const WEEK = 7 * MS_PER_DAY;
const DRAWS = 2000;

interface Seen {
  readonly spells: readonly Span[];
  readonly underWay: readonly Span[];
}

function share(
  seen: readonly Seen[],
  { from, to }: Span,
  basis: Parameters<typeof measuredBy>[0],
  seed: string,
): Measurement {
  const need = minimumSample(50);
  if (seen.length < need) return insufficient(seen.length, need, 'items under way in the last 180 days');
  const weeks = range(from, to, WEEK).map(() => ({ blocked: 0, underWay: 0 }));
  const add = (spans: readonly Span[], kind: keyof Week) => {
    for (const span of spans) {
      for (let at = Math.floor((span.from - from) / WEEK); from + at * WEEK < span.to; at += 1) {
        const week = weeks[at];
        const begins = from + at * WEEK;
        if (week) week[kind] += Math.min(span.to, begins + WEEK) - Math.max(span.from, begins);
      }
    }
  };
  for (const { spells, underWay } of seen) {
    add(spells, 'blocked');
    add(underWay, 'underWay');
  }
  const value = blockedShare(weeks) ?? 0;
  const interval = weekBootstrap(seededRandom(seed), weeks, DRAWS, blockedShare);
  return measuredBy(basis)({ value, interval }, 'share', 'time blocked / time under way');
}

interface Week {
  readonly blocked: number;
  readonly underWay: number;
}

function blockedShare(weeks: readonly Week[]): number | undefined {
  const underWay = sum(weeks, (week) => week.underWay);
  return underWay === 0 ? undefined : sum(weeks, (week) => week.blocked) / underWay;
}
