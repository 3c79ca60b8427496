import { type CalendarDay, dayOf, plusDays } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';

/** Something that was said of a team on one evaluation, and on all after it up to `last`. */
export interface Case {
  readonly team: string;
  readonly kind: string;
  readonly first: CalendarDay;
  last: CalendarDay;
  readonly statement: string;
  /** What speaks for it, and what came after, a line each. */
  readonly after: readonly string[];
}

/** Evaluation days from half a year after the first issue on. */
export function days(view: TeamView, every: number): readonly CalendarDay[] {
  const created = view.items.map(({ issue }) => issue.createdAt).toSorted((a, b) => a - b)[0] ?? view.asOf;
  const out: CalendarDay[] = [];
  for (
    let day = plusDays(dayOf(created, view.team.timezone), 182);
    day <= view.day;
    day = plusDays(day, every)
  )
    out.push(day);
  return out;
}

/** What is said on each day by an id, joined to cases: one that is said again after a pause is another one. */
export function spells(
  view: TeamView,
  every: number,
  saidOn: (day: CalendarDay) => ReadonlyMap<string, () => Pick<Case, 'kind' | 'statement' | 'after'>>,
): readonly Case[] {
  const open = new Map<string, Case>();
  const out: Case[] = [];
  for (const day of days(view, every)) {
    const said = saidOn(day);
    for (const id of open.keys()) if (!said.has(id)) open.delete(id);
    for (const [id, more] of said) {
      const running = open.get(id);
      if (running) running.last = day;
      else {
        const found: Case = { team: view.team.id, first: day, last: day, ...more() };
        open.set(id, found);
        out.push(found);
      }
    }
  }
  return out;
}

/** So many of a list, spread evenly: the middle one of each of so many equal parts. */
export function chosen<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const every = all.length / most;
  return Array.from({ length: most }, (_, i) => all[Math.floor((i + 0.5) * every)]).filter(
    (one) => one !== undefined,
  );
}
