import { type CalendarDay, daysBetween } from '#domain/calendar.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { goalEffort } from '#forecast/goal-effort.ts';
import { type GoalBasis, goalBases } from '#forecast/goal-forecast.ts';
import { wasUnder } from '#forecast/membership.ts';
import { effortReadings, fteOf } from '#metrics/effort-share.ts';
import { type ItemRef, itemRef } from '#metrics/item-ref.ts';
import { onePersonsTime } from '#metrics/one-persons-time.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { isKnownKind, workKindsOf } from '#metrics/work-kinds.ts';
import { type ChanceChange, chanceChange, DRAINS, type Drain, type GoalStanding } from './level-change.ts';

/** Which items made a goal's scope another one. */
export interface ScopeChange {
  /** In it now and not then, and not finished. */
  readonly added: readonly ItemRef[];
  /** Dropped, or no longer under it; not finished. */
  readonly removed: readonly ItemRef[];
  readonly finished: readonly ItemRef[];
}

/** What became of a goal between two days. */
export interface GoalChange {
  readonly id: string;
  readonly since: CalendarDay;
  readonly scope: ScopeChange;
  /** Of the primary goal, when it was so on both days: how its chance came to be another, if that can be told. */
  readonly chance?: ChanceChange;
}

/**
 * What became of each goal that a team had on an earlier day and still has, by its id, with the items. Both views are of
 * the same history.
 */
export function goalChanges(before: TeamView, now: TeamView): readonly GoalChange[] {
  const [then, today] = [goalBases(before), goalBases(now)];
  return today.goals.flatMap((one): readonly GoalChange[] => {
    const earlier = then.goals.find(({ goal }) => goal.id === one.goal.id);
    if (earlier === undefined) return [];
    const scope = scopeChange(before, now, earlier, one);
    const isPrimary = [then, today].every(({ primary }) => primary?.goal.id === one.goal.id);
    const chance = isPrimary ? chanceOf(before, now, earlier, one, scope.finished.length) : undefined;
    return [{ id: one.goal.id, since: before.day, scope, ...(chance === undefined ? {} : { chance }) }];
  });
}

function scopeChange(before: TeamView, now: TeamView, then: GoalBasis, today: GoalBasis): ScopeChange {
  const [wasOpen, isOpen] = [refsOf(then.basis.scope.open), refsOf(today.basis.scope.open)];
  const done = refsOf(
    [...today.basis.members]
      .filter(([{ stage, type }, spans]) => stage === 'done' && type.level <= 0 && wasUnder(spans, now.asOf))
      .map(([item]) => item),
  );
  const gone = [...wasOpen].filter(([ref]) => !isOpen.has(ref));
  const added = [...isOpen].filter(([ref]) => !wasOpen.has(ref));
  return {
    added: added.map(([, item]) => itemRef(now, item)),
    // As it is called now, where it is still seen.
    removed: gone
      .filter(([ref]) => !done.has(ref))
      .map(([ref, item]) => itemRef(now, now.byRef.get(ref) ?? item)),
    finished: gone.flatMap(([ref]) => {
      const item = done.get(ref);
      return item === undefined ? [] : [itemRef(now, item)];
    }),
  };
}

function refsOf(items: readonly WorkItem[]): ReadonlyMap<string, WorkItem> {
  return new Map(items.map((item) => [issueRef(item.issue.source, item.issue.id), item]));
}

function chanceOf(
  before: TeamView,
  now: TeamView,
  then: GoalBasis,
  today: GoalBasis,
  finished: number,
): ChanceChange | undefined {
  const [earlier, later] = [standing(before, then), standing(now, today)];
  if (earlier === undefined || later === undefined) return undefined;
  return chanceChange(earlier, later, { days: daysBetween(before.day, now.day), finished });
}

/** undefined when its chance is no forecast: nothing left, no date ahead, or too little known. */
function standing(view: TeamView, one: GoalBasis): GoalStanding | undefined {
  const { model, days, left } = one;
  if (model === undefined || days === undefined || days <= 0 || left === 0) return undefined;
  const effort = goalEffort(view, one);
  return {
    model,
    days,
    drains: drainsOf(view),
    ...(effort === undefined ? {} : { people: effort.fte }),
  };
}

/** How many people's time each drain takes: person-days of the last 20 work days, each item under the first that fits. */
function drainsOf(view: TeamView): GoalStanding['drains'] {
  const recent = recentEffort(view);
  if (recent.missing !== undefined) return {};
  const kindsOf = workKindsOf(view);
  const drainOf = (item: WorkItem): Drain | undefined =>
    DRAINS.find((drain) => kindsOf(item).includes(drain));
  const drains: Partial<Record<Drain, number>> = {};
  for (const drain of DRAINS) {
    const isOurs = (item: WorkItem) => drainOf(item) === drain;
    // One person's time is told nowhere: what changed in it is part of the pace.
    if (isKnownKind(view, drain) === undefined || onePersonsTime(recent, isOurs) !== undefined) continue;
    const [first] = effortReadings(view, recent, isOurs).methods;
    const fte = first && fteOf(first.weeks);
    if (fte !== undefined) drains[drain] = fte;
  }
  return drains;
}
