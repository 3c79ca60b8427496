import { bisectRight } from 'd3-array';
import { type CalendarDay, endOf, startOf } from '#domain/calendar.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import type { Instant, PersonHash } from '#domain/issue.ts';
import { personIn } from '#domain/roster.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';

/** A day on which a person had work in progress, and the items it is split over. Never leaves the core. */
export interface PersonDay {
  readonly day: CalendarDay;
  readonly person: PersonHash;
  /** Each of them gets an equal part of the day. */
  readonly items: readonly WorkItem[];
}

/**
 * Where the team's days went, as far as the tracker shows.
 *
 * An active person-day is a work day on which a person was assignee of at least one item in active or late, at any
 * instant of that local day; it is split equally over those items. Days in the order given, persons by hash.
 * Left out: days without any such item (they are unattributed, never guessed), epics and what lies above them.
 *
 * `days` must be in ascending order.
 */
export function effort(
  view: Pick<TeamView, 'items' | 'team' | 'asOf'>,
  days: readonly CalendarDay[],
): readonly PersonDay[] {
  const { timezone } = view.team;
  // The boundaries of a day cost a time zone lookup each: once per day, not once per item and day.
  const spans = days.map((day) => ({ day, from: startOf(day, timezone), to: endOf(day, timezone) }));
  const ends = spans.map(({ to }) => to);
  const window = { from: spans[0]?.from ?? view.asOf, to: spans.at(-1)?.to ?? view.asOf };
  const held = spans.map(() => new Map<PersonHash, WorkItem[]>());
  const who = personIn(view.team);

  for (const item of view.items) {
    for (const hold of holds(item, window)) {
      const person = who(item.issue.source, hold.person);
      for (let i = bisectRight(ends, hold.from); i < spans.length; i += 1) {
        if (hold.to <= (spans[i]?.from ?? hold.to)) break;
        const items = held[i]?.get(person);
        if (!items) held[i]?.set(person, [item]);
        else if (items.at(-1) !== item) items.push(item);
      }
    }
  }
  return spans.flatMap(({ day }, i) =>
    [...(held[i] ?? [])]
      .map(([person, items]) => ({ day, person, items }))
      .sort((a, b) => (a.person < b.person ? -1 : 1)),
  );
}

interface Hold {
  readonly person: PersonHash;
  readonly from: Instant;
  readonly to: Instant;
}

/** The stretches within the window in which the item was in progress in one person's hands. */
function holds(item: WorkItem, window: { readonly from: Instant; readonly to: Instant }): readonly Hold[] {
  // Most items were through before, and are asked about on every day.
  if ((item.finishedAt ?? item.cancelledAt ?? window.to) <= window.from) return [];
  const open = item.stays.filter(
    (stay) => isInProgress(stay.stage) && stay.from < window.to && (stay.to ?? window.to) > window.from,
  );
  if (open.length === 0) return [];
  return scalarIntervals(item.issue, 'assignee').flatMap((held) =>
    open.flatMap((stay) => {
      const from = Math.max(stay.from, held.from);
      const to = Math.min(stay.to ?? window.to, held.to ?? window.to);
      return held.value && from < to ? [{ person: held.value.value, from, to }] : [];
    }),
  );
}
