import { min } from 'd3-array';
import { type CalendarDay, dayOf, plusDays, startOf, workdaysFrom } from '#domain/calendar.ts';
import type { Insufficient } from '#domain/measurement.ts';
import { membersWithNames } from '#domain/team.ts';
import { parentOf, type TeamView } from '#domain/team-view.ts';
import { isInProgress, type WorkItem } from '#domain/work-item.ts';
import { effortIn, type RecentEffort, recentEffort } from './recent-effort.ts';
import { workKindsOf } from './work-kinds.ts';

/** The year's effort and the incidents that stopped the line in it: the report and a detector both ask. */
export function stopsIn(view: TeamView, since: CalendarDay): YearOfStops {
  const found = years.get(view) ?? yearOf(view, since);
  years.set(view, found);
  return found;
}

export interface YearOfStops {
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
export function firstDay(view: TeamView): CalendarDay | undefined {
  const first = min(view.items, ({ issue }) => issue.events[0]?.at);
  if (first === undefined) return undefined;
  const [began, yearAgo] = [dayOf(first, view.team.timezone), plusDays(view.day, 1 - YEAR)];
  return began > yearAgo ? began : yearAgo;
}

export interface Stops {
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

/** Whether an item is one of some, or under one. */
export function isPartOf(view: TeamView, items: readonly WorkItem[]): (item: WorkItem) => boolean {
  const theirs = new Set(items);
  return (item) => {
    const parent = parentOf(view, item);
    return theirs.has(item) || (parent !== undefined && theirs.has(parent));
  };
}

const YEAR = 365;
