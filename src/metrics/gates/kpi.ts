import type { CalendarDay } from '#domain/calendar.ts';
import type { Goal, Kpi } from '#domain/goal.ts';
import { goalsOf, goalsOfItem } from '#domain/goal-items.ts';
import type { Instant } from '#domain/issue.ts';
import type { TeamView } from '#domain/team-view.ts';
import { longDay } from '#domain/wording.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** Where a KPI of a goal stands. */
export interface KpiState {
  readonly goal: Goal;
  readonly kpi: Kpi;
  /** The value with the latest time; absent: none was recorded. */
  readonly current?: number;
  /** Since when it has been at its target; absent while it is not. */
  readonly reachedAt?: Instant;
  /** The day by which it is to be there, where somebody said one. */
  readonly by?: CalendarDay;
  /** It has a value, that value is not at the target, and the day by which it was to be has passed. */
  readonly isOverdue: boolean;
}

/** Where the KPIs of the goals that an item lies under stand. */
export function kpisOfItem(view: TeamView): (item: WorkItem) => readonly KpiState[] {
  if (!goalsOf(view).some(({ kpis = [] }) => kpis.length > 0)) return () => [];
  const goals = goalsOfItem(view);
  const known = new Map<Goal, readonly KpiState[]>();
  const statesOf = (goal: Goal) => {
    const states = known.get(goal) ?? (goal.kpis ?? []).map((kpi) => kpiState(view, goal, kpi));
    known.set(goal, states);
    return states;
  };
  return (item) => goals(item).flatMap(statesOf);
}

/** Where a KPI stands by the values recorded of it; of two at the same time, the one recorded last. */
export function kpiState(view: TeamView, goal: Goal, kpi: Kpi): KpiState {
  const values = view.evidence.kpiValues
    .filter((value) => value.team === view.team.id && value.goal === goal.id && value.kpi === kpi.id)
    .toSorted((a, b) => a.at - b.at || a.recordedAt - b.recordedAt);
  const isMet = ({ value }: { readonly value: number }) =>
    kpi.direction === 'up' ? value >= kpi.target : value <= kpi.target;
  const last = values.at(-1);
  const reached = values[values.findLastIndex((value) => !isMet(value)) + 1];
  const by = dateOf(goal, kpi);
  return {
    goal,
    kpi,
    ...(last === undefined ? {} : { current: last.value }),
    ...(reached === undefined ? {} : { reachedAt: reached.at }),
    ...(by === undefined ? {} : { by }),
    isOverdue: last !== undefined && reached === undefined && by !== undefined && by < view.day,
  };
}

/**
 * A KPI that is not at its target, in words.
 * @example kpiWords({ goal: { id: 'g', name: 'G', scope: { kind: 'label', name: 'g' } }, kpi: { id: 'migrated', name: 'teams migrated', target: 4, direction: 'up' }, current: 1, isOverdue: false })
 *   // => 'teams migrated: 1, target 4'
 */
export function kpiWords({ goal, kpi, current }: KpiState): string {
  const by = dateOf(goal, kpi);
  const due = by === undefined ? '' : ` by ${longDay(by)}`;
  return `${kpi.name ?? kpi.id}: ${current ?? 'no value yet'}, target ${kpi.target}${due}`;
}

function dateOf(goal: Goal, { date }: Kpi): CalendarDay | undefined {
  return date ?? goal.date;
}
