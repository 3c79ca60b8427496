import { max, min } from 'd3-array';
import { isoWeekOf, lastWorkdays, MS_PER_DAY, startOf } from '#domain/calendar.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { probabilityShareAbove } from '#statistics/proportion.ts';
import type { Estimate } from './measured.ts';
import { EFFORT_WORKDAYS, recentEffort } from './recent-effort.ts';
import { pooledShare } from './say-do.ts';
import { begunBetween, runningCycles, unplannedItems } from './unplanned.ts';
import { isKnownKind, workKindsOf } from './work-kinds.ts';

/** Why what a team had not planned says that its plans do not hold. */
export interface UnplannedGrounds {
  /** How likely it is. */
  readonly chance: number;
  /** The part of what was begun in the half year before, where that is what it is held against. */
  readonly before?: Estimate;
}

/**
 * Whether work that was begun as it was written down is more than the way a team plans: who writes each story down on the
 * day it is begun, and always did, plans just in time, and nothing is wrong with that.
 *
 * A ground is that the team plans in cycles, in which half or more of what it began lay; that it calls more than half of
 * what it began unplanned itself; or that there is more of it than in the 26 weeks before, beyond the upper end of the 90 %
 * interval of its share then. The likeliest ground counts. None without 20 items begun in those weeks, the first four of
 * the team's history left out: what is written down at the beginning was begun before.
 */
export function unplannedGrounds(view: TeamView): UnplannedGrounds {
  const { timezone } = view.team;
  const { window } = recentEffort(view);
  const since = startOf(window.from, timezone);
  const begun = begunBetween(view, since, view.asOf);
  const isUnplanned = unplannedItems(view);
  const count = begun.filter(isUnplanned).length;
  const mostly = probabilityShareAbove(count, begun.length, 0.5);
  if (2 * begun.filter(inCycle(view)).length >= begun.length) return { chance: mostly };
  const called = probabilityShareAbove(begun.filter(calledUnplanned(view)).length, begun.length, 0.5);
  const before = shareBefore(view, isUnplanned);
  const upper = before?.interval?.upper;
  if (before === undefined || upper === undefined) return { chance: called };
  const more = Math.min(mostly, probabilityShareAbove(count, begun.length, upper));
  return more > called ? { chance: more, before } : { chance: called };
}

function inCycle(view: TeamView): (item: WorkItem) => boolean {
  const cyclesOf = runningCycles(view);
  return (item) => cyclesOf(item, item.startedAt ?? view.asOf).length > 0;
}

function calledUnplanned(view: TeamView): (item: WorkItem) => boolean {
  if (isKnownKind(view, 'unplanned') === undefined) return () => false;
  const kindsOf = workKindsOf(view);
  return (item) => kindsOf(item).includes('unplanned');
}

/** Half a year. */
export const WEEKS_BEFORE = 26;
const MIN_ITEMS = 20;
const FIRST_DAYS = 28;

function shareBefore(view: TeamView, isUnplanned: (item: WorkItem) => boolean): Estimate | undefined {
  const { team, asOf, items } = view;
  const { timezone, calendar } = team;
  const [first] = lastWorkdays(
    asOf,
    EFFORT_WORKDAYS + WEEKS_BEFORE * calendar.workdays.length,
    timezone,
    calendar,
  );
  const began = min(items, ({ issue }) => issue.events[0]?.at);
  if (first === undefined || began === undefined) return undefined;
  const from = max([startOf(first, timezone), began + FIRST_DAYS * MS_PER_DAY]) ?? 0;
  const begun = begunBetween(view, from, startOf(recentEffort(view).window.from, timezone));
  if (begun.length < MIN_ITEMS) return undefined;
  const weeks = Map.groupBy(begun, ({ startedAt = 0 }) => isoWeekOf(startedAt, timezone));
  const shares = [...weeks.values()].map((some) => ({ k: some.filter(isUnplanned).length, n: some.length }));
  return pooledShare(shares);
}
