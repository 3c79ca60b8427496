import { type CalendarDay, isoWeekOf, lastWorkdays, startOf } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Window } from '#domain/measurement.ts';
import { oncePerView } from '#domain/once.ts';
import { capacityDays } from '#domain/roster.ts';
import type { TeamView } from '#domain/team-view.ts';
import { effort, type PersonDay } from './effort.ts';
import { activePeople, tooFewPeople } from './people.ts';
import { MIN_ATTRIBUTED } from './workstream-level.ts';

/** A month of work: long enough for shares, short enough to be about now. */
export const EFFORT_WORKDAYS = 20;

/** Where a team's days went in some time, and how much of that is seen. Never leaves the core: it knows persons. */
export interface RecentEffort {
  readonly workdays: readonly CalendarDay[];
  readonly window: Window;
  /** The same days in blocks of ISO weeks: what happens within a week belongs together. */
  readonly weeks: readonly (readonly CalendarDay[])[];
  readonly days: readonly PersonDay[];
  /** Those with at least 3 person-days. */
  readonly people: number;
  /** How many full-time people there are: those the team says it has, or those seen when these are more. */
  readonly teamFte: number;
  /** Person-days with an item in progress, of all there were. */
  readonly coverage: number;
  /** Why nothing that is derived from persons may be told, if so. */
  readonly refused: Insufficient | undefined;
  /** Why the person-days say too little about the time there was, if so; `refused` among it. */
  readonly missing: Insufficient | undefined;
}

/** Where a team's last 20 work days went. */
export const recentEffort = oncePerView((view): RecentEffort => {
  const { timezone, calendar } = view.team;
  return effortIn(view, lastWorkdays(view.asOf, EFFORT_WORKDAYS, timezone, calendar));
});

/** Where a team's time went on some work days, in ascending order. */
export function effortIn(view: TeamView, workdays: readonly CalendarDay[]): RecentEffort {
  const days = effort(view, workdays);
  const people = activePeople(days);
  const capacity = capacityDays(view.team, workdays, people);
  const coverage = capacity === 0 ? 0 : Math.min(1, days.length / capacity);
  const refused = tooFewPeople(view, people);
  const isThin = coverage < MIN_ATTRIBUTED;
  return {
    workdays,
    window: { from: workdays[0] ?? view.day, to: workdays.at(-1) ?? view.day },
    weeks: isoWeeks(workdays, view.team.timezone),
    days,
    people,
    teamFte: workdays.length === 0 ? 0 : capacity / workdays.length,
    coverage,
    refused,
    missing:
      refused ?? (isThin ? tooSmall(coverage, '% of the work days with an item in progress') : undefined),
  };
}

/** A share that is too small to stand for the whole. */
export function tooSmall(share: number, what: string): Insufficient {
  return insufficient(Math.floor(100 * share), 100 * MIN_ATTRIBUTED, what);
}

function isoWeeks(days: readonly CalendarDay[], timezone: string): readonly (readonly CalendarDay[])[] {
  return [...Map.groupBy(days, (day) => isoWeekOf(startOf(day, timezone), timezone)).values()];
}
