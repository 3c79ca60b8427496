import { exactCount, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { atOnce } from './at-once.ts';
import type { Workstream } from './attribution.ts';
import type { Measured } from './measured.ts';
import type { RecentEffort } from './recent-effort.ts';
import { PEOPLE_PER_STREAM } from './sprawl.ts';
import { measuredIn, seedOf, spreadIn } from './stream-spread.ts';

export interface Crowding {
  /** Those with at least 3 person-days. */
  readonly people: Measurement;
  /** Effective workstreams at a time, of those that somebody was on in the last five work days. */
  readonly atOnce: Measurement;
  /** How likely it is that there are fewer than two people for each of these. */
  readonly fewerThanTwo: Measurement;
}

/** How many people there are for what is worked on at a time, and how likely fewer than two for each. */
export const crowding: (view: TeamView) => Crowding = oncePerView((view) => {
  const { recent, missing, split, streams } = spreadIn(view);
  const people = peopleIn(recent);
  const current = missing ? undefined : currentStreams(recent, streams);
  const found = current && atOnce(split, ({ id }) => current.has(id), seedOf(view));
  if (!found) return { people, atOnce: missing ?? NONE_NOW, fewerThanTwo: missing ?? NONE_NOW };
  const measured = measuredIn(view);
  return {
    people,
    atOnce: measured(
      found.effective,
      'workstreams',
      'inverse_herfindahl_within_weeks_of_current_workstreams',
    ),
    fewerThanTwo: probability(found.chanceAbove(recent.people / PEOPLE_PER_STREAM), measured),
  };
});

const NONE_NOW = insufficient(0, 1, 'workstreams that somebody was on in the last five work days');

/** Whether an item belongs to a workstream that somebody was on in the last five work days: what has ended cannot pause. */
export function isInCurrentStream(view: TeamView): (item: WorkItem) => boolean {
  const { recent, streams } = spreadIn(view);
  const current = currentStreams(recent, streams);
  return (item) => streams(item).some(({ id }) => current.has(id));
}

/** Where somebody had something in progress in the last five work days: a week, since nobody is on everything each day. */
function currentStreams(
  { days, workdays }: RecentEffort,
  streamsOf: (item: WorkItem) => readonly Workstream[],
): ReadonlySet<string> {
  const [since] = workdays.slice(-CURRENT_WORKDAYS);
  const items = new Set(days.flatMap((one) => (since !== undefined && one.day >= since ? one.items : [])));
  return new Set([...items].flatMap(streamsOf).map(({ id }) => id));
}

const CURRENT_WORKDAYS = 5;

/** A chance by weeks drawn again; of a single week there is none. */
export function probability(value: number | undefined, measured: Measured): Measurement {
  if (value === undefined) return insufficient(1, 2, 'weeks');
  return measured({ value, interval: undefined }, 'probability', 'weeks_drawn_again');
}

function peopleIn({ refused, people, window }: RecentEffort): Measurement {
  return refused ?? exactCount(people, 'people', window, 'at_least_3_active_person_days');
}
