import type { CalendarDay } from '#domain/calendar.ts';
import { earlierView, type TeamView } from '#domain/team-view.ts';
import { percent } from '#domain/wording.ts';
import type { Signal } from './signal.ts';
import { latchedAt } from './steady.ts';
import { weeklyGrid } from './weekly.ts';

/** Raised by two weekly evaluations in a row below the one, cleared by one above the other (METRICS E2). */
export const EARLY_FAILURE = { raiseBelow: 0.2, clearAbove: 0.35 } as const;

/** The team at the end of the last weekly evaluation: between two of them nothing is called, and nothing taken back. */
export function lastMonday(
  view: TeamView,
  viewOn: (day: CalendarDay) => TeamView = (day) => (day === view.day ? view : earlierView(view, day)),
): TeamView {
  return viewOn(weeklyGrid(view.day, view.team.timezone, 1)[0] ?? view.day);
}

/** What is said where today alone would take it back. */
export function untilMonday(chance: number | undefined): string {
  return (chance ?? 0) > EARLY_FAILURE.clearAbove
    ? `, which stands until a Monday finds more than ${percent(EARLY_FAILURE.clearAbove)}`
    : '';
}

/** A chance as of the end of a day; undefined where it cannot be told, or is no reason to turn. */
export type ChanceOn = (view: TeamView) => number | undefined;

/**
 * Whether something is an early failure by its weekly evaluations up to a view's day, and how likely it is to fail: the
 * chance that it is missed at the weaker of the two that raised it, which is .80 or more by construction.
 *
 * Replayed from the history, back to the last evaluation that clears it and no further.
 */
export function earlyFailureIn(
  view: TeamView,
  chanceOn: ChanceOn,
  viewOn: (day: CalendarDay) => TeamView = (day) => (day === view.day ? view : earlierView(view, day)),
): Pick<Signal, 'probabilityReal' | 'stands'> | undefined {
  const days: CalendarDay[] = [];
  const values: (number | undefined)[] = [];
  for (const day of weeklyGrid(view.day, view.team.timezone)) {
    const chance = chanceOn(viewOn(day));
    days.unshift(day);
    values.unshift(chance);
    if (chance !== undefined && chance > EARLY_FAILURE.clearAbove) break;
  }
  const raisedAt = latchedAt(values, EARLY_FAILURE) ?? 0;
  const [since, raisedOn] = [days[raisedAt - 1], days[raisedAt]];
  if (since === undefined || raisedOn === undefined) return undefined;
  const weaker = Math.max(values[raisedAt - 1] ?? 1, values[raisedAt] ?? 1);
  return { probabilityReal: 1 - weaker, stands: { since, raisedOn } };
}
