import { sum } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { type AlternativeGroup, alternativesOf } from './alternatives.ts';
import type { Workstream } from './attribution.ts';
import type { PersonDay } from './effort.ts';
import { type ItemEffort, itemEffort } from './item-effort.ts';
import type { Measured } from './measured.ts';
import { tooFew } from './one-persons-time.ts';
import { MIN_GROUP } from './people.ts';
import type { RecentEffort } from './recent-effort.ts';
import { splitEffort } from './stream-effort.ts';

/** A group of alternatives that effort goes into. */
export interface CountedAlternatives extends AlternativeGroup {
  /** How many workstreams of it have any effort; after the day to decide, how many went on for three work days or more. */
  readonly streams: number;
  /** People's time on all of those but the largest, after the day to decide since that day: what a decision would free. */
  readonly besideLargest: Measurement;
}

/** Of the last five work days, so many days with effort: a last item that is closed after the decision goes on for fewer. */
const STILL = { of: 5, days: 3 } as const;

/**
 * The groups of alternatives that a team's effort goes into, by id. What a decision would free is told only where at
 * least 3 people contribute to it.
 *
 * After the day to decide only what came since counts, and a workstream is still worked on when it was on 3 of the last
 * 5 work days: stopping takes a day or two, and what was stopped is no choice that is open.
 */
export function alternativesIn(
  view: TeamView,
  { days, weeks, workdays }: RecentEffort,
  streams: (item: WorkItem) => readonly Workstream[],
  measured: Measured,
): readonly CountedAlternatives[] {
  const groupOf = alternativesOf(view);
  const groups = new Map<string, AlternativeGroup>();
  for (const item of new Set(days.flatMap(({ items }) => items))) {
    for (const stream of streams(item)) {
      const group = groupOf(item, stream);
      if (group) groups.set(group.id, group);
    }
  }
  return [...groups.values()]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((group) => {
      const ofGroup = (item: WorkItem) =>
        streams(item).filter((stream) => groupOf(item, stream)?.id === group.id);
      const { state, decideBy = '' } = group;
      const isOverdue = state === 'overdue';
      const since = (day: CalendarDay) => !isOverdue || day > decideBy;
      const counting = days.filter(({ day }) => since(day));
      const isStill = isOverdue ? stillOn(counting, workdays, ofGroup) : () => true;
      const going = splitEffort(counting, ofGroup, weeks).streams.filter(({ stream }) => isStill(stream.id));
      const [, ...rest] = going;
      const people = new Set(rest.flatMap(({ byPerson }) => [...byPerson.keys()])).size;
      const length = workdays.filter(since).length;
      const value = sum(rest, ({ total }) => total) / Math.max(1, length);
      const counted: CountedAlternatives = {
        ...group,
        streams: going.length,
        besideLargest:
          people < MIN_GROUP
            ? tooFew('on all but the largest')
            : measured(
                { value, interval: { lower: value, upper: value } },
                'fte',
                'person_days_on_all_but_the_largest',
              ),
      };
      const ids = new Set(rest.map(({ stream }) => stream.id));
      freedBy.set(counted, () =>
        itemEffort(
          view,
          (item) => {
            const all = ofGroup(item);
            return all.filter(({ id }) => ids.has(id)).length / Math.max(1, all.length);
          },
          since,
        ),
      );
      return counted;
    });
}

/** Which workstreams were worked on for most of the last few work days. */
function stillOn(
  days: readonly PersonDay[],
  workdays: readonly CalendarDay[],
  streams: (item: WorkItem) => readonly Workstream[],
): (id: string) => boolean {
  const recent = new Set(workdays.slice(-STILL.of));
  const daysOf = new Map<string, Set<CalendarDay>>();
  for (const { day, items } of days) {
    if (!recent.has(day)) continue;
    for (const { id } of items.flatMap(streams)) {
      daysOf.set(id, (daysOf.get(id) ?? new Set()).add(day));
    }
  }
  return (id) => (daysOf.get(id)?.size ?? 0) >= STILL.days;
}

/** The work that a decision would end, item by item: on all alternatives of a group but the largest. */
export function effortBesideLargest(group: CountedAlternatives): ItemEffort {
  return freedBy.get(group)?.() ?? new Map();
}

/** Beside the groups, not in them: what is in them is told. */
const freedBy = new WeakMap<CountedAlternatives, () => ItemEffort>();
