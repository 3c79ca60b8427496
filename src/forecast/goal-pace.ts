import { sum } from 'd3-array';
import { type CalendarDay, dayOf, daysBetween, lastWorkdays, plusDays } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { type Insufficient, insufficient } from '#domain/measurement.ts';
import { capacityDays } from '#domain/roster.ts';
import type { TeamView } from '#domain/team-view.ts';
import { effort, type PersonDay } from '#metrics/effort.ts';
import { activePeople, tooFewPeople } from '#metrics/people.ts';
import { completionsPerDay, firstActivityDay } from './completions.ts';
import { type Members, wasUnder } from './membership.ts';
import { type Rates, ratesOf } from './rates.ts';

/** How fast a milestone's items are finished. */
export interface GoalPace {
  /** Of its own items, or of the team. */
  readonly rates: Rates;
  /** The part of that pace that goes into the milestone: 1 for its own. */
  readonly share: number;
  readonly basis: 'own_items' | 'team_by_effort' | 'team_by_items';
  /** Its own items that were finished lately: what is known of its pace. */
  readonly finished: number;
}

/** What the paces of all milestones of a view are made from. */
export interface TeamPace {
  readonly rates: Rates | Insufficient;
  readonly daily: readonly number[];
  /** Where the team's days went; undefined where too little of it is known, or too few people would stand behind it. */
  readonly effort: readonly PersonDay[] | undefined;
}

const HISTORY_DAYS = 182;
const RECENT_DAYS = 84;
const MIN_OWN = 10;
const MIN_SHARED = 3;
const WINDOW_WORKDAYS = 20;
const MIN_PERSON_DAYS = 30;
const MIN_COVERAGE = 0.6;

export function teamPace(view: TeamView): TeamPace {
  const first = firstActivityDay(view);
  const earliest = plusDays(view.day, 1 - HISTORY_DAYS);
  const daily = completionsPerDay(view, first !== undefined && first > earliest ? first : earliest);
  return { rates: ratesOf(daily), daily, effort: knownEffort(view) };
}

/**
 * The pace of a milestone.
 *
 * That of its own items when 10 or more were finished in the last 84 days and there are 6 weeks since it was begun.
 * Else the team's pace times its share of the team's person-days since it was begun, at most 20 work days (30
 * person-days, 60 % of the work days and 3 people needed); or where that is not known its share of the items finished
 * since it was begun, at most 84 days. Insufficient where the team itself has no pace, and with a share that stands on
 * fewer than 3 items.
 */
export function goalPace(
  view: TeamView,
  team: TeamPace,
  members: Members,
  finished: readonly Instant[],
  startedAt: Instant,
): GoalPace | Insufficient {
  const { timezone } = view.team;
  const began = dayOf(startedAt, timezone);
  const from = (days: number) => later(began, plusDays(view.day, 1 - days));
  const since = (days: number) => finished.filter((at) => dayOf(at, timezone) >= from(days)).length;
  const recent = since(RECENT_DAYS);
  if (recent >= MIN_OWN) {
    const rates = ratesOf(countsPerDay(finished, from(HISTORY_DAYS), view));
    if (!('kind' in rates)) return { rates, share: 1, basis: 'own_items', finished: rates.completions };
  }
  if ('kind' in team.rates) return team.rates;
  const { rates } = team;
  const bySpent = team.effort === undefined ? 0 : effortShare(team.effort, members, view.asOf, began);
  if (bySpent > 0) return { rates, share: bySpent, basis: 'team_by_effort', finished: recent };
  if (recent < MIN_SHARED) {
    return insufficient(recent, MIN_SHARED, 'items finished under it in the last 84 days');
  }
  const all = sum(team.daily.slice(-(daysBetween(from(RECENT_DAYS), view.day) + 1)));
  return {
    rates,
    share: Math.min(1, (recent + 0.5) / (Math.max(all, recent) + 1)),
    basis: 'team_by_items',
    finished: recent,
  };
}

/** The part of the person-days that went into a milestone's items since it was begun. */
function effortShare(
  spent: readonly PersonDay[],
  members: Members,
  now: Instant,
  began: CalendarDay,
): number {
  const days = spent.filter(({ day }) => day >= began);
  const part = ({ items }: PersonDay) =>
    items.filter((item) => wasUnder(members.get(item) ?? [], now)).length / items.length;
  return days.length === 0 ? 0 : sum(days, part) / days.length;
}

function knownEffort(view: TeamView): readonly PersonDay[] | undefined {
  const { timezone, calendar } = view.team;
  const workdays = lastWorkdays(view.asOf, WINDOW_WORKDAYS, timezone, calendar);
  const days = effort(view, workdays);
  const people = activePeople(days);
  const capacity = capacityDays(view.team, workdays, people);
  const isEnough = days.length >= MIN_PERSON_DAYS && days.length >= MIN_COVERAGE * capacity;
  return isEnough && tooFewPeople(view, people) === undefined ? days : undefined;
}

function countsPerDay(finished: readonly Instant[], from: CalendarDay, view: TeamView): readonly number[] {
  const counts = Array.from({ length: daysBetween(from, view.day) + 1 }, () => 0);
  for (const at of finished) {
    const place = daysBetween(from, dayOf(at, view.team.timezone));
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

function later(a: CalendarDay, b: CalendarDay): CalendarDay {
  return a > b ? a : b;
}
