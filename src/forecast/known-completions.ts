import { bisector } from 'd3-array';
import { type CalendarDay, dayOf, daysBetween, endOf, plusDays, startOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { inScope, type ScopeFilter, type Team } from '#domain/team.ts';
import { type TeamView, typeLookup } from '#domain/team-view.ts';
import { asOf, scalarNow } from '#domain/timeline.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { administrativeAmong, type Closure, closure } from '#metrics/administrative.ts';

/** Items finished on each of the last so many days up to a day, as known at its end; fewer days when work began later. */
export type KnownCompletions = (day: CalendarDay, days: number) => readonly number[];

/**
 * What was finished, as it was known at the end of any day up to the view's.
 *
 * The same numbers as of an earlier view of that day, at a small part of its cost: an item reopened later is still
 * finished then, one that moved to another team since still counts, and tidying up is recognised by what had been
 * closed by then. Statuses need no second look: whether one is done or in progress does not depend on the date. One
 * thing differs: a status held for less than five minutes around midnight is taken for the slip that it turned out to
 * be.
 *
 * @example knownCompletions(view(team(), '2026-01-20', [issue('PAY-1', 'In Progress 3d → Done 5d → In Progress', { from: '2026-01-05' })]))('2026-01-10', 4)
 *   // => [0, 1, 0, 0]
 */
export function knownCompletions(view: TeamView): KnownCompletions {
  const { timezone } = view.team;
  const ours = new Set(view.items);
  const fields = new Map(
    [...view.references.keys()].map((source) => [source, scopeFields(view.team, source)]),
  );
  const lives = [...view.byRef.values()]
    .flatMap((item): readonly Life[] => {
      const first = item.issue.events[0]?.at ?? item.issue.createdAt;
      const moves = movesBetweenTeams(view, item, fields.get(item.issue.source));
      if (moves.length > 0) return [{ item, first, isOurs: (moment) => wasOurs(moves, moment) }];
      return ours.has(item) ? [{ item, first, isOurs: (moment) => first < moment }] : [];
    })
    .sort((a, b) => a.first - b.first);
  const closings = lives.flatMap((life) => closingsOf(life, view)).sort((a, b) => a.at - b.at);

  return (day, days) => {
    const moment = endOf(day, timezone);
    const from = plusDays(day, 1 - days);
    const since = startOf(plusDays(from, -BULK_HISTORY_DAYS), timezone);
    const holding = closings
      .slice(atInstant.left(closings, since), atInstant.left(closings, moment))
      .filter(({ life, until }) => (until ?? moment) >= moment && isKnown(life, moment));
    const administrative = administrativeAmong(holding.map(({ closed }) => closed));
    const counts = Array.from({ length: days }, () => 0);
    const firstPlace = daysBetween(view.day, from);
    for (const { closed, place } of holding) {
      if (place < firstPlace || administrative.has(closed.ref)) continue;
      counts[place - firstPlace] = (counts[place - firstPlace] ?? 0) + 1;
    }
    const begun = lives.find((life) => isKnown(life, moment));
    if (begun === undefined) return [];
    return counts.slice(Math.max(0, daysBetween(from, dayOf(begun.first, timezone))));
  };
}

/** How far back the days before a day decide whether so many closures on it are usual; and one for what spans midnight. */
const BULK_HISTORY_DAYS = 181;

/** An issue that is, or ever was, the team's. */
interface Life {
  readonly item: WorkItem;
  readonly first: Instant;
  readonly isOurs: (moment: Instant) => boolean;
}

/** A crossing into done or cancelled, and when it was undone. */
interface Closing {
  readonly life: Life;
  readonly at: Instant;
  readonly until: Instant | undefined;
  readonly closed: Closure;
  /** The day of it, in days after the view's: below 0. */
  readonly place: number;
}

const atInstant = bisector(({ at }: { readonly at: Instant }) => at);

function isKnown({ item, isOurs }: Life, moment: Instant): boolean {
  return item.issue.createdAt < moment && isOurs(moment);
}

function closingsOf(life: Life, { day, team }: TeamView): readonly Closing[] {
  return life.item.stays.flatMap(({ stage, from: at, to: until }) => {
    if (!isClosed(stage)) return [];
    const closed = closure(life.item, at, stage === 'cancelled', team.timezone);
    return [{ life, at, until, closed, place: daysBetween(day, closed.day) }];
  });
}

/** From an instant on an issue is the team's, or is not. */
interface Move {
  readonly at: Instant;
  readonly isOurs: boolean;
}

function wasOurs(moves: readonly Move[], moment: Instant): boolean {
  return moves[atInstant.left(moves, moment) - 1]?.isOurs ?? false;
}

/** When an issue came into the team's scope and left it; none when nothing that decides it was ever changed. */
function movesBetweenTeams(
  view: TeamView,
  { issue }: WorkItem,
  fields: ReadonlySet<string> | undefined,
): readonly Move[] {
  const reference = view.references.get(issue.source);
  const first = issue.events[0]?.at;
  if (reference === undefined || fields === undefined || first === undefined) return [];
  const changed = issue.events.filter(({ at, field }) => at > first && fields.has(field));
  if (changed.length === 0) return [];
  const typeOf = typeLookup(reference);
  return [...new Set([first, ...changed.map(({ at }) => at)])].map((at) => {
    const then = asOf({ ...issue, createdAt: Math.min(issue.createdAt, at) }, at + 1);
    const type = then && scalarNow(then, 'type');
    const isUnit = typeOf(type?.value ?? '', type?.name).level <= 0;
    return { at, isOurs: then !== undefined && isUnit && inScope(then, view.team, reference) };
  });
}

/** The fields whose changes may bring an issue into the team's scope, or make it more than a unit of work. */
function scopeFields(team: Team, source: string): ReadonlySet<string> {
  const filters = team.scope.filter((filter) => filter.source === source);
  const used = new Set(filters.flatMap((filter) => Object.keys(filter)));
  return new Set(['type', ...Object.entries(FIELDS).flatMap(([key, field]) => (used.has(key) ? field : []))]);
}

const FIELDS: Readonly<Record<Exclude<keyof ScopeFilter, 'source'>, string>> = {
  projects: 'project',
  teams: 'team',
  components: 'components',
  labels: 'labels',
  types: 'type',
  versions: 'versions',
  parents: 'parent',
};
