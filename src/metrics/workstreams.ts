import { endOf, startOf } from '#domain/calendar.ts';
import { exactCount, type Insufficient, type Measurement, type Window } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import type { TeamView } from '#domain/team-view.ts';
import { isInProgress } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { alternativesIn, type CountedAlternatives } from './alternative-effort.ts';
import type { Workstream, WorkstreamLevel } from './attribution.ts';
import { crowding, probability } from './crowding.ts';
import type { Measured } from './measured.ts';
import { onePersonsTime, tooFew } from './one-persons-time.ts';
import { MIN_GROUP } from './people.ts';
import { tooSmall } from './recent-effort.ts';
import { PEOPLE_PER_STREAM, peoplePerStream, type Sprawl } from './sprawl.ts';
import { measuredIn, NO_KIND, spreadIn, streamsOf, tooFewDays } from './stream-spread.ts';
import type { LevelChoice } from './workstream-level.ts';

/** What the evidence does and does not say about parallel work. Printed wherever these numbers are. */
export const SPRAWL_EVIDENCE =
  'More work at once goes with longer lead times and also with higher productivity in the one large case study ' +
  '(8,000 items, Sjøberg 2018), and studies of switching disagree about its cost. So this says how thinly people are ' +
  'spread, and never turns that into hours lost by switching.';

/** Whether the people there are can cover the work they have open. */
export type Cover = 'two_or_more_each' | 'fewer_than_two_each' | 'one_person_team' | 'unknown';

/** A workstream that may be named, because at least 3 people contributed to it. */
export interface NamedWorkstream extends Workstream {
  /** Its part of the effort that belongs to any workstream. */
  readonly share: Measurement;
}

export interface Workstreams {
  /** What a workstream is made of here; absent when nothing covers enough of the work. */
  readonly by?: WorkstreamLevel;
  readonly chosen: 'configured' | 'automatic';
  /** Workstreams with any item in progress in the window, however small. */
  readonly active: Measurement;
  /** Of how many equal workstreams the effort looks like: crumbs hardly count. */
  readonly effective: Measurement;
  /** The same by entropy: crumbs count for more. */
  readonly entropyEffective: Measurement;
  readonly people: Measurement;
  readonly peoplePerEffective: Measurement;
  readonly cover: Cover;
  /** How likely it is that there are fewer than two people for each. */
  readonly fewerThanTwo: Measurement;
  /** The effective workstreams within a week, of those that somebody was on in the last five work days. */
  readonly atOnce: Measurement;
  /** How likely it is that there are fewer than two people for each of these. */
  readonly fewerThanTwoAtOnce: Measurement;
  /** Workstreams that one person carries nearly alone, out of `n`. */
  readonly onePerson: Measurement;
  readonly onePersonShare: Measurement;
  readonly unassignedShare: Measurement;
  /** Person-days with an item in progress, of all the work days of these people. */
  readonly coverage: Measurement;
  readonly items: readonly NamedWorkstream[];
  /** Alternatives that effort went into, and how many workstreams they are. */
  readonly alternatives: readonly CountedAlternatives[];
  readonly note: string;
}

/**
 * How thinly a team is spread over parallel lines of work.
 *
 * The last 20 work days in the team's zone. A person-day is a work day with at least one item in progress, split
 * equally over them; people are those with at least 3 of them. `effective` is the inverse Herfindahl index of the
 * workstreams' shares; `atOnce` is that within single weeks, of the workstreams that somebody was on in the last five
 * work days, since those that follow one another are never open at a time. A one-person workstream holds at least 5
 * person-days, 80 % of them by one person. What a workstream is made of is configured, or the first level that at least
 * 60 % of the effort belongs to.
 * Declared alternatives count as one workstream until the day of their decision.
 * Left out: work that belongs to no workstream (it is a share, never a workstream), epics' own assignees, and the name
 * and size of a workstream with fewer than 3 contributors; where what these leave is one person's time, the smallest share
 * is not told either, nor what belongs to no workstream where that is one person's. Insufficient under 30 person-days, under 60 % of the work
 * days or of the effort attributed, and under 3 active people.
 */
export function workstreams(view: TeamView): Workstreams {
  return workstreamsIn(view);
}

const workstreamsIn = oncePerView((view): Workstreams => {
  const { recent, choice, missing, split, spread, streams } = spreadIn(view);
  const { people, coverage, window, refused } = recent;
  const measured = measuredIn(view);
  const now = crowding(view);
  const common = {
    ...(choice.kind === 'chosen' ? { by: choice.level } : {}),
    chosen: view.team.workstreamBy === 'auto' ? ('automatic' as const) : ('configured' as const),
    active: activeStreams(view, choice, window),
    people: now.people,
    atOnce: now.atOnce,
    fewerThanTwoAtOnce: now.fewerThanTwo,
    coverage:
      refused ??
      measured(
        { value: coverage, interval: { lower: coverage, upper: coverage } },
        'share',
        'active_person_days_of_work_days',
      ),
    note: SPRAWL_EVIDENCE,
  };
  if (!spread) return { ...common, ...nothing(missing ?? tooFewDays(0), people) };
  const told = numbers(spread, split.streams.length, people, measured);
  return {
    ...common,
    ...told,
    unassignedShare: onePersonsTime(recent, (item) => streams(item).length === 0) ?? told.unassignedShare,
    items: restIsOnePersons(view) ? withoutSmallestShare(told.items) : told.items,
    alternatives: alternativesIn(view, recent, streamsOf(view, choice), measured),
  };
});

/** Whether what the named workstreams leave of the effort is one person's time. */
function restIsOnePersons(view: TeamView): boolean {
  const { recent, split, streams } = spreadIn(view);
  const unnamed = new Set(
    split.streams.flatMap(({ stream, byPerson }) => (byPerson.size < MIN_GROUP ? [stream.id] : [])),
  );
  return onePersonsTime(recent, (item) => streams(item).some(({ id }) => unnamed.has(id))) !== undefined;
}

/** The shares add up to all of the effort: one more that is not told, the smallest, hides what they leave. */
function withoutSmallestShare(items: Workstreams['items']): Workstreams['items'] {
  const smallest = items.at(-1);
  return items.map((one) => (one === smallest ? { ...one, share: tooFew('on what remains') } : one));
}

type Numbers = Omit<
  Workstreams,
  | 'by'
  | 'chosen'
  | 'active'
  | 'people'
  | 'atOnce'
  | 'fewerThanTwoAtOnce'
  | 'coverage'
  | 'alternatives'
  | 'note'
>;

function numbers(spread: Sprawl, of: number, people: number, measured: Measured): Numbers {
  const { effective, onePerson, shares } = spread;
  const each = peoplePerStream(people, effective);
  const alone = measured(
    { value: onePerson, interval: { lower: onePerson, upper: onePerson } },
    'workstreams',
    'top_contributor_80_percent_of_at_least_5_person_days',
  );
  return {
    effective: measured(effective, 'workstreams', 'inverse_herfindahl_of_active_person_days'),
    entropyEffective: measured(spread.entropyEffective, 'workstreams', 'exp_entropy_of_active_person_days'),
    peoplePerEffective: measured(each, 'people', 'active_people_per_effective_workstream'),
    cover: each.value < PEOPLE_PER_STREAM ? 'fewer_than_two_each' : 'two_or_more_each',
    fewerThanTwo: fewerThanTwo(spread.draws, people, measured),
    onePerson: { ...alone, n: of },
    onePersonShare: {
      ...measured(
        { value: onePerson / of, interval: jeffreysProportion(onePerson, of) },
        'share',
        'jeffreys',
      ),
      n: of,
    },
    unassignedShare: measured(spread.unassignedShare, 'share', 'active_person_days_without_workstream'),
    items: shares.map(({ stream, share }) => ({
      ...stream,
      share: measured(share, 'share', 'active_person_days_equal_split'),
    })),
  };
}

function fewerThanTwo(draws: readonly number[], people: number, measured: Measured): Measurement {
  const few = draws.filter((streams) => people / streams < PEOPLE_PER_STREAM).length;
  return probability(draws.length === 0 ? undefined : few / draws.length, measured);
}

function nothing(why: Insufficient, people: number): Numbers & Pick<Workstreams, 'alternatives'> {
  return {
    effective: why,
    entropyEffective: why,
    peoplePerEffective: why,
    cover: people === 1 ? 'one_person_team' : 'unknown',
    fewerThanTwo: why,
    onePerson: why,
    onePersonShare: why,
    unassignedShare: why,
    items: [],
    alternatives: [],
  };
}

function activeStreams(view: TeamView, choice: LevelChoice, window: Window): Measurement {
  if (choice.kind === 'none') return tooSmall(choice.covers, NO_KIND);
  const from = startOf(window.from, view.team.timezone);
  const to = endOf(window.to, view.team.timezone);
  const active = view.items
    .filter((item) =>
      item.stays.some((stay) => isInProgress(stay.stage) && stay.from < to && (stay.to ?? to) > from),
    )
    .flatMap(streamsOf(view, choice));
  const count = new Set(active.map((stream) => stream.id)).size;
  return exactCount(count, 'workstreams', window, 'any_item_in_progress_in_window');
}
