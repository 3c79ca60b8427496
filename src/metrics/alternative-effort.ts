import { sum } from 'd3-array';
import { insufficient, type Measurement } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { type AlternativeGroup, alternativesOf } from './alternatives.ts';
import type { Workstream } from './attribution.ts';
import { type ItemEffort, itemEffort } from './item-effort.ts';
import type { Measured } from './measured.ts';
import { MIN_GROUP } from './people.ts';
import type { RecentEffort } from './recent-effort.ts';
import { splitEffort } from './stream-effort.ts';

/** A group of alternatives that effort goes into. */
export interface CountedAlternatives extends AlternativeGroup {
  /** How many workstreams of it have any effort; after the day to decide, any since that day. */
  readonly streams: number;
  /** People's time on all of them but the largest: what a decision would free. */
  readonly besideLargest: Measurement;
}

/**
 * The groups of alternatives that a team's effort goes into, by id. What a decision would free is told only where at
 * least 3 people contribute to it.
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
      const [, ...rest] = splitEffort(days, ofGroup, weeks).streams;
      const { state, decideBy = '' } = group;
      const counting = state === 'overdue' ? days.filter(({ day }) => day > decideBy) : days;
      const people = new Set(rest.flatMap(({ byPerson }) => [...byPerson.keys()])).size;
      const value = sum(rest, ({ total }) => total) / workdays.length;
      const counted: CountedAlternatives = {
        ...group,
        streams: splitEffort(counting, ofGroup, weeks).streams.length,
        besideLargest:
          people < MIN_GROUP
            ? insufficient(people, MIN_GROUP, 'contributors')
            : measured(
                { value, interval: { lower: value, upper: value } },
                'fte',
                'person_days_on_all_but_the_largest',
              ),
      };
      const ids = new Set(rest.map(({ stream }) => stream.id));
      freedBy.set(counted, () =>
        itemEffort(view, (item) => {
          const all = ofGroup(item);
          return all.filter(({ id }) => ids.has(id)).length / Math.max(1, all.length);
        }),
      );
      return counted;
    });
}

/** The work that a decision would end, item by item: on all alternatives of a group but the largest. */
export function effortBesideLargest(group: CountedAlternatives): ItemEffort {
  return freedBy.get(group)?.() ?? new Map();
}

/** Beside the groups, not in them: what is in them is told. */
const freedBy = new WeakMap<CountedAlternatives, () => ItemEffort>();
