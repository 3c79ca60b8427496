import { min, range, sum } from 'd3-array';
import {
  type CalendarDay,
  dayOf,
  daysBetween,
  plusDays,
  plusWeeks,
  startOf,
  startOfWeek,
  workdaysFrom,
} from '#domain/calendar.ts';
import {
  exactCount,
  type Insufficient,
  insufficient,
  type Measurement,
  type Window,
} from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { membersWithNames } from '#domain/team.ts';
import { issueRef, parentOf, type TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { type MarkedWeek, shortfallInterval, shortfallOfMarked } from '#statistics/matched-weeks.ts';
import { seededRandom } from '#statistics/random.ts';
import { garwood, probabilityRateAtLeast } from '#statistics/rate.ts';
import { administrativeClosures } from './administrative.ts';
import { chanceAtLeast, effortReadings, estimateOf, shareOfEffort } from './effort-share.ts';
import { goalItems, type IsGoalItem } from './goal-items.ts';
import { type ItemRef, itemRef } from './item-ref.ts';
import { measuredBy } from './measured.ts';
import { effortIn, type RecentEffort, recentEffort } from './recent-effort.ts';
import { isKnownKind, workKindsOf } from './work-kinds.ts';

export interface Incidents {
  /** Incidents that stopped the line, in a quarter. */
  readonly perQuarter: Measurement;
  /** How likely it is that there are two or more in a quarter. */
  readonly twoOrMore: Measurement;
  /** Work days on which the line stood. */
  readonly days: Measurement;
  /** The part of the team's effort that went into them. */
  readonly share: Measurement;
  /** How many fewer items are finished in a week with an incident than in the weeks around it. */
  readonly shortfall: Measurement;
  /** How many times as much would be finished without that. */
  readonly paceWithout: Measurement;
  readonly items: readonly ItemRef[];
  readonly told: 'configured' | 'guessed' | 'unknown';
}

/**
 * How often incidents stop a team's line, and what that costs.
 *
 * Over the last year, or since the team's first activity. An incident stops the line on a work day on which two or more
 * people, and at least half of those with anything in progress, are on incidents; or when it has the label
 * `stop-the-line`. What an incident is says `work.incident`, else names. Garwood's interval for the rate; the chance of
 * two or more from Jeffreys' posterior. The shortfall compares weeks with such a day to those up to four weeks around
 * without one, in items of the goal (all that are no incidents, without a goal), with a permutation interval.
 *
 * Left out: parts of an incident that is counted itself. Insufficient under a quarter of history, for the shortfall
 * under 3 weeks of each kind, and for what people's days say with fewer than 3 active people.
 */
export function incidents(view: TeamView): Incidents {
  return incidentsIn(view);
}

const incidentsIn = oncePerView((view): Incidents => {
  return incidentsOn(view, goalItems(view));
});

/** The same for a goal that is given. */
export function incidentsOn(view: TeamView, isGoal: IsGoalItem | undefined): Incidents {
  const basis = isKnownKind(view, 'incident');
  const since = firstDay(view);
  const history = since === undefined ? 0 : daysBetween(since, view.day) + 1;
  const few = insufficient(history, MIN_DAYS, 'days of history');
  if (basis === undefined) return nothing(NOTHING_KNOWN, 'unknown');
  if (since === undefined || history < MIN_DAYS) return nothing(few, basis.by);

  const { year, refused, stops } = stopsIn(view, since);
  const window: Window = { from: since, to: view.day };
  const quarters = history / DAYS_PER_QUARTER;
  const count = stops.items.length;
  const measured = measuredBy({
    n: count,
    window,
    confidence: basis.by === 'guessed' ? 'low' : quarters >= 2 ? 'high' : 'medium',
  });
  const weeks = weeksOf(view, since, stops.days, isGoal);
  return {
    perQuarter: measured(
      { value: count / quarters, interval: garwood(count, quarters, 0.9) },
      'per_quarter',
      'incidents_that_stopped_the_line',
    ),
    twoOrMore: measured(
      { value: probabilityRateAtLeast(count, quarters, 2), interval: undefined },
      'probability',
      'jeffreys_posterior_of_the_rate',
    ),
    days: exactCount(stops.days.size, 'work_days', window, 'work_days_on_which_the_line_stood'),
    share: refused ?? shareOf(view, year, stops.items, measured),
    ...costOf(weeks, measured, `${view.team.id}|incidents|${view.day}`),
    items: stops.items.map((item) => itemRef(view, item)),
    told: basis.by,
  };
}

const DAYS_PER_QUARTER = 365.25 / 4;
const MIN_DAYS = 91;
const YEAR = 365;
const MIN_WEEKS = 3;
const DRAWS = 2000;
const NOTHING_KNOWN = insufficient(0, 1, 'kinds of issue known to be incidents (`work.incident` says which)');

type Measured = ReturnType<typeof measuredBy>;

/** What incidents that stopped the line took in the last quarter. */
export interface IncidentsLately {
  readonly share: Measurement;
  /** How likely it is a twentieth of the quarter or more; undefined where that is not known. */
  readonly notable: number | undefined;
}

/**
 * Their part of the person-days of the last 91 days, by the same rules, with whole weeks drawn again. What has begun to
 * happen shows here months before it shows in the rate of a year.
 */
export function incidentsLately(view: TeamView): IncidentsLately {
  const since = firstDay(view);
  const none = insufficient(0, 1, 'person-days');
  if (since === undefined || isKnownKind(view, 'incident') === undefined)
    return { share: NOTHING_KNOWN, notable: undefined };
  const { refused, stops } = stopsIn(view, since);
  if (refused !== undefined) return { share: refused, notable: undefined };
  const first = plusDays(view.day, 1 - MIN_DAYS);
  const quarter = effortIn(view, workdaysFrom(first, view.day, view.team.calendar));
  const readings = effortReadings(view, quarter, isPartOf(view, stops.items));
  const seed = `${view.team.id}|incidentsLately|${view.day}`;
  const share = estimateOf(readings, shareOfEffort, { seed, most: 1 });
  const measured = measuredBy({ n: quarter.days.length, window: quarter.window, confidence: 'medium' });
  return {
    share:
      share === undefined ? none : measured(share, 'share', 'person_days_on_incidents_that_stopped_the_line'),
    notable: chanceAtLeast(readings, shareOfEffort, NOTABLE_SHARE, seed),
  };
}

/** METRICS D2. */
const NOTABLE_SHARE = 0.05;

/** The year's effort and the incidents that stopped the line in it: the report and a detector both ask. */
function stopsIn(view: TeamView, since: CalendarDay): YearOfStops {
  const found = years.get(view) ?? yearOf(view, since);
  years.set(view, found);
  return found;
}

interface YearOfStops {
  readonly year: RecentEffort;
  readonly refused: Insufficient | undefined;
  readonly stops: Stops;
}

const years = new WeakMap<TeamView, YearOfStops>();

function yearOf(view: TeamView, since: CalendarDay): YearOfStops {
  const year = effortIn(view, workdaysFrom(since, view.day, view.team.calendar));
  const refused = recentEffort(view).refused ?? year.refused;
  return { year, refused, stops: stopsOf(view, refused === undefined ? year : undefined, since) };
}

/** A year ago, or the team's first activity since. */
function firstDay(view: TeamView): CalendarDay | undefined {
  const first = min(view.items, ({ issue }) => issue.events[0]?.at);
  if (first === undefined) return undefined;
  const [began, yearAgo] = [dayOf(first, view.team.timezone), plusDays(view.day, 1 - YEAR)];
  return began > yearAgo ? began : yearAgo;
}

interface Stops {
  readonly items: readonly WorkItem[];
  readonly days: ReadonlySet<CalendarDay>;
}

/** The incidents that stopped the line, and the work days on which they did. */
function stopsOf(view: TeamView, year: RecentEffort | undefined, since: CalendarDay): Stops {
  const { timezone, calendar } = view.team;
  const kindsOf = workKindsOf(view);
  const isIncident = (item: WorkItem) => kindsOf(item).includes('incident');
  const days = new Set<CalendarDay>();
  const stopping = new Set<WorkItem>();
  for (const [day, people] of Map.groupBy(year?.days ?? [], (one) => one.day)) {
    const on = people.filter(({ items }) => items.some(isIncident));
    if (on.length < 2 || 2 * on.length < people.length) continue;
    days.add(day);
    for (const { items } of on) for (const item of items.filter(isIncident)) stopping.add(item);
  }
  const from = startOf(since, timezone);
  for (const item of view.items.filter(isMarked)) {
    for (const stay of item.stays.filter(({ stage, to = view.asOf }) => isInProgress(stage) && to > from)) {
      stopping.add(item);
      const first = dayOf(Math.max(stay.from, from), timezone);
      const last = dayOf((stay.to ?? view.asOf) - 1, timezone);
      for (const day of workdaysFrom(first, last, calendar)) days.add(day);
    }
  }
  const isPart = (item: WorkItem) => {
    const parent = parentOf(view, item);
    return parent !== undefined && stopping.has(parent);
  };
  return { items: view.items.filter((item) => stopping.has(item) && !isPart(item)), days };
}

function isMarked({ issue }: WorkItem): boolean {
  return membersWithNames(issue, 'labels').some((label) => /^stop[-_ ]the[-_ ]line$/i.test(label));
}

function shareOf(
  view: TeamView,
  year: RecentEffort,
  items: readonly WorkItem[],
  measured: Measured,
): Measurement {
  const share = estimateOf(effortReadings(view, year, isPartOf(view, items)), shareOfEffort, {
    seed: `${view.team.id}|incidents|${view.day}`,
    most: 1,
  });
  return share === undefined
    ? insufficient(0, 1, 'person-days')
    : measured(share, 'share', 'person_days_on_incidents_that_stopped_the_line');
}

/** Whether an item is one of some, or under one. */
function isPartOf(view: TeamView, items: readonly WorkItem[]): (item: WorkItem) => boolean {
  const theirs = new Set(items);
  return (item) => {
    const parent = parentOf(view, item);
    return theirs.has(item) || (parent !== undefined && theirs.has(parent));
  };
}

/** What was finished in each complete week, and whether the line stood in it. */
function weeksOf(
  view: TeamView,
  since: CalendarDay,
  stopDays: ReadonlySet<CalendarDay>,
  isGoal: IsGoalItem | undefined,
): readonly MarkedWeek[] {
  const { timezone } = view.team;
  const kindsOf = workKindsOf(view);
  const administrative = administrativeClosures(view);
  const ends = startOfWeek(view.asOf, timezone);
  const begins = range(52, 0, -1)
    .map((ago) => plusWeeks(ends, -ago, timezone))
    .filter((from) => from >= startOf(since, timezone));
  const weekOf = (at: number) => startOfWeek(at, timezone);
  const finished = Map.groupBy(
    view.items.filter(
      (item) =>
        item.finishedAt !== undefined &&
        !administrative.has(issueRef(item.issue.source, item.issue.id)) &&
        (isGoal === undefined ? !kindsOf(item).includes('incident') : isGoal(item)),
    ),
    ({ finishedAt = 0 }) => weekOf(finishedAt),
  );
  const stopped = new Set([...stopDays].map((day) => weekOf(startOf(day, timezone))));
  return begins.map((from) => ({ count: finished.get(from)?.length ?? 0, isMarked: stopped.has(from) }));
}

function costOf(
  weeks: readonly MarkedWeek[],
  measured: Measured,
  seed: string,
): Pick<Incidents, 'shortfall' | 'paceWithout'> {
  const marked = weeks.filter(({ isMarked: is }) => is).length;
  const fewest = Math.min(marked, weeks.length - marked);
  const value = shortfallOfMarked(weeks);
  const interval = shortfallInterval(seededRandom(seed), weeks, DRAWS);
  const total = sum(weeks, ({ count }) => count);
  if (fewest < MIN_WEEKS || value === undefined || interval === undefined || total === 0) {
    const few = insufficient(fewest, MIN_WEEKS, 'weeks with an incident and as many without');
    return { shortfall: few, paceWithout: few };
  }
  const pace = (lost: number) => (total + Math.max(0, lost) * marked) / total;
  return {
    shortfall: measured({ value, interval }, 'items_per_week', 'weeks_around_less_weeks_with_an_incident'),
    paceWithout: measured(
      { value: pace(value), interval: { lower: pace(interval.lower), upper: pace(interval.upper) } },
      'ratio',
      'finished_and_fallen_short_over_finished',
    ),
  };
}

function nothing(why: Insufficient, told: Incidents['told']): Incidents {
  return {
    perQuarter: why,
    twoOrMore: why,
    days: why,
    share: why,
    shortfall: why,
    paceWithout: why,
    items: [],
    told,
  };
}
