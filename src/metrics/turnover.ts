import { rollup } from 'd3-array';
import { type CalendarDay, plusDays, startOf, workdaysFrom } from '#domain/calendar.ts';
import type { PersonHash } from '#domain/issue.ts';
import { exactCount, type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { declaredPeople, type Member, membersOn, personIn } from '#domain/roster.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { jeffreysProportion } from '#statistics/proportion.ts';
import { effort } from './effort.ts';
import { lookback } from './lookback.ts';
import { measuredBy } from './measured.ts';
import { tooFewPeople } from './people.ts';

export interface Turnover {
  /** People who were there in the 90 days before and are not any more: left, or no longer active. */
  readonly gone: Measurement;
  /** People who are there and were not before. */
  readonly arrived: Measurement;
  /** Those gone, of the mean size of the team. */
  readonly rate: Measurement;
  /** How many more full-time people there are than 90 days ago; below 0, how many fewer. Only a roster tells. */
  readonly capacityChange: Measurement;
  /** Seniority and disciplines: a tracker shows neither. */
  readonly coverage: Insufficient;
  /** A roster says who left. Activity says only who is not seen: it cannot tell leave from departure. */
  readonly told: 'roster' | 'activity';
  /** How `gone` is to be read. */
  readonly wording: 'left' | 'no longer active';
}

/**
 * How many people a team lost and gained in the last 90 days, as counts.
 *
 * By the roster, where there is one, as of the next work day: who has no entry any more has left, who has one with
 * `fte: 0` is away and still belongs to the team. Else by activity: at least 5 active person-days in the days from 90 to 31 days ago and none in the
 * last 30 days, and the reverse; such people are no longer active, whatever the reason. What came from
 * another project or team within the 90 days makes nobody one who was here.
 *
 * Insufficient with fewer than 3 people before, whatever became of them; by activity also where nobody is seen any more, or
 * there were fewer than 10 work days in the last 30.
 */
export function turnover(view: TeamView): Turnover {
  return turnoverIn(view);
}

const turnoverIn = oncePerView((view): Turnover => {
  const { members } = view.team;
  return members === undefined ? byActivity(view) : byRoster(view, members);
});

const DAYS = 90;
const RECENT_DAYS = 30;
const MIN_PERSON_DAYS = 5;
const MIN_RECENT_WORKDAYS = 10;
const LONGEST_PAUSE_DAYS = 14;
const UNKNOWN = insufficient(0, 1, 'rosters that say seniority and disciplines');

function byRoster(view: TeamView, members: readonly Member[]): Turnover {
  const { window } = lookback(view, DAYS);
  const who = personIn(view.team);
  const people = (some: readonly Member[]) =>
    new Set(some.flatMap(({ ids }) => Object.entries(ids).map(([source, hash]) => who(source, hash))));
  // Who leaves on a Friday is often followed on the Monday: over a weekend nobody is missing.
  const [first, today] = [workdayFrom(window.from, view), workdayFrom(view.day, view)];
  const [before, now] = [people(membersOn(members, first)), people(membersOn(members, today))];
  const since = workdaysBetween(view, DAYS, 0);
  const between = people(since.flatMap((day) => membersOn(members, day)));
  const gone = [...between].filter((person) => !now.has(person)).length;
  const arrived = [...now].filter((person) => !before.has(person)).length;
  const change = (declaredPeople(view.team, today) ?? 0) - (declaredPeople(view.team, first) ?? 0);
  return {
    ...counts(view, { gone, arrived, before: before.size, now: now.size }, { confidence: 'high' }),
    capacityChange: exactCount(change, 'fte', window, 'roster'),
    coverage: UNKNOWN,
    told: 'roster',
    wording: 'left',
  };
}

/** That day, or the next one on which the team works. */
function workdayFrom(day: CalendarDay, { team }: TeamView): CalendarDay {
  return workdaysFrom(day, plusDays(day, LONGEST_PAUSE_DAYS), team.calendar)[0] ?? day;
}

function byActivity(view: TeamView): Turnover {
  const [earlier, lately] = [activeDays(view, DAYS, RECENT_DAYS), activeDays(view, RECENT_DAYS, 0)];
  const worked = (days: ReadonlyMap<PersonHash, number>) =>
    [...days].filter(([, count]) => count >= MIN_PERSON_DAYS).map(([person]) => person);
  const isGone = (person: PersonHash) => !lately.has(person);
  const seen = worked(earlier);
  // What another team did came here with its items: who was never seen here has not left.
  const before = seen.some(isGone) ? seen.filter(wereHere(view)) : seen;
  const gone = before.filter(isGone).length;
  const arrived = worked(lately).filter((person) => !earlier.has(person)).length;
  const now = before.length - gone + arrived;
  return {
    ...counts(
      view,
      { gone, arrived, before: before.length, now },
      { confidence: 'low', lately: silent(view, now) },
    ),
    capacityChange: insufficient(0, 1, 'rosters'),
    coverage: UNKNOWN,
    told: 'activity',
    wording: 'no longer active',
  };
}

/** Who had enough to do 90 to 31 days ago on items that did not come here from another project or team since. */
function wereHere(view: TeamView): (person: PersonHash) => boolean {
  const since = startOf(plusDays(view.day, 1 - DAYS), view.team.timezone);
  const hasCome = ({ issue }: WorkItem) =>
    issue.events.some(
      ({ field, at, from }) =>
        (field === 'project' || field === 'team') &&
        from !== undefined &&
        at > issue.createdAt &&
        at >= since,
    );
  const items = view.items.filter((item) => !hasCome(item));
  const days = activeDays({ ...view, items }, DAYS, RECENT_DAYS);
  return (person) => (days.get(person) ?? 0) >= MIN_PERSON_DAYS;
}

/** Where nobody is seen, or there was hardly a day to be seen on, the team rests or has stopped: nobody has left for that. */
function silent(view: TeamView, now: number): Insufficient | undefined {
  const days = workdaysBetween(view, RECENT_DAYS, 0).length;
  if (days < MIN_RECENT_WORKDAYS)
    return insufficient(days, MIN_RECENT_WORKDAYS, 'work days in the last 30 days');
  return now === 0 ? insufficient(0, 1, 'people seen in the last 30 days') : undefined;
}

interface Seen {
  readonly gone: number;
  readonly arrived: number;
  readonly before: number;
  readonly now: number;
}

function counts(
  view: TeamView,
  { gone, arrived, before, now }: Seen,
  { confidence, lately }: { readonly confidence: 'high' | 'low'; readonly lately?: Insufficient | undefined },
): Pick<Turnover, 'gone' | 'arrived' | 'rate'> {
  // The count is about those who were there: where most of three or more are gone, that is what has to be told.
  const refused = tooFewPeople(view, before) ?? lately;
  if (refused) return { gone: refused, arrived: refused, rate: refused };
  const { window } = lookback(view, DAYS);
  const size = (before + now) / 2;
  const { lower, upper } = jeffreysProportion(Math.min(gone, before), before);
  return {
    gone: exactCount(gone, 'people', window, METHOD, { confidence }),
    arrived: exactCount(arrived, 'people', window, METHOD, { confidence }),
    rate: measuredBy({ n: before, window, confidence })(
      { value: gone / size, interval: { lower: (lower * before) / size, upper: (upper * before) / size } },
      'share',
      'gone_of_mean_size',
    ),
  };
}

const METHOD = 'there_in_90_days_and_not_now';

/** Active person-days by person, from so many days ago to so many days ago. Never leaves the core. */
function activeDays(
  view: Pick<TeamView, 'items' | 'team' | 'asOf' | 'day'>,
  from: number,
  to: number,
): ReadonlyMap<PersonHash, number> {
  return rollup(
    effort(view, workdaysBetween(view, from, to)),
    (some) => some.length,
    ({ person }) => person,
  );
}

function workdaysBetween({ day, team }: Pick<TeamView, 'day' | 'team'>, from: number, to: number) {
  return workdaysFrom(plusDays(day, 1 - from), plusDays(day, -to), team.calendar);
}
