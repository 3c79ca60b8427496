import { fsum, rollup } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import type { PersonHash } from '#domain/issue.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Workstream } from './attribution.ts';
import type { PersonDay } from './effort.ts';

/** Person-days that went into one workstream: by week, for what weeks say about chance, and by person. */
export interface StreamEffort {
  readonly stream: Workstream;
  readonly total: number;
  readonly byWeek: readonly number[];
  /** Person-days per contributor. Never leaves the core. */
  readonly byPerson: ReadonlyMap<PersonHash, number>;
}

export interface EffortSplit {
  /** Largest first. */
  readonly streams: readonly StreamEffort[];
  /** Person-days of items that belong to no workstream, by week. */
  readonly unassignedByWeek: readonly number[];
}

/**
 * How the team's person-days divide over its workstreams.
 *
 * A person-day is split equally over its items, and an item's part equally over the workstreams it belongs to.
 * `weeks` are the blocks of days that the person-days lie in.
 */
export function splitEffort(
  days: readonly PersonDay[],
  streamsOf: (item: WorkItem) => readonly Workstream[],
  weeks: readonly (readonly CalendarDay[])[],
): EffortSplit {
  const weekOf = new Map(weeks.flatMap((week, i) => week.map((day) => [day, i] as const)));
  const parts = days.flatMap((day) =>
    day.items.flatMap((item) => {
      const streams: readonly (Workstream | undefined)[] = streamsOf(item);
      const amount = 1 / day.items.length / Math.max(1, streams.length);
      return (streams.length > 0 ? streams : [undefined]).map(
        (stream): Part => ({ person: day.person, week: weekOf.get(day.day), amount, stream }),
      );
    }),
  );
  const byStream = Map.groupBy(parts, (part) => part.stream?.id);
  const perWeek = (some: readonly Part[]) => {
    const totals = rollup(some, total, (part) => part.week);
    return weeks.map((_, week) => totals.get(week) ?? 0);
  };
  const streams = [...byStream.values()].flatMap((some): readonly StreamEffort[] => {
    const stream = some[0]?.stream;
    if (!stream) return [];
    const byPerson = rollup(some, total, (part) => part.person);
    return [{ stream, total: total(some), byWeek: perWeek(some), byPerson }];
  });
  return {
    streams: streams.sort((a, b) => b.total - a.total || (a.stream.id < b.stream.id ? -1 : 1)),
    unassignedByWeek: perWeek(byStream.get(undefined) ?? []),
  };
}

interface Part {
  readonly person: PersonHash;
  readonly week: number | undefined;
  readonly amount: number;
  readonly stream: Workstream | undefined;
}

function total(parts: readonly Part[]): number {
  // Thirds of a day must add up to whole days, or a threshold of 5 days is missed by a rounding error.
  return fsum(parts, (part) => part.amount);
}
