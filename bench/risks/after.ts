import { type CalendarDay, dayOf, daysBetween } from '#domain/calendar.ts';
import { setNow } from '#domain/field-values.ts';
import { earlierView, issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { goalBases } from '#forecast/goal-forecast.ts';

const QUARTER = 91;

/** What became of the items a risk named: within a quarter of the day, later, or never in the record. */
export function afterwards(view: TeamView, keys: ReadonlySet<string>, day: CalendarDay): string {
  const items = [...view.byRef.values()].filter(({ key }) => keys.has(key));
  const counts = Map.groupBy(items, (item) => {
    const at = item.finishedAt ?? item.cancelledAt;
    if (at === undefined) return 'still open at the end';
    const days = daysBetween(day, dayOf(at, view.team.timezone));
    return `${item.finishedAt === undefined ? 'dropped' : 'done'} ${days <= QUARTER ? 'within 13 weeks' : 'later'}`;
  });
  return `of the ${items.length} items named: ${sorted(counts)}`;
}

export interface Kept {
  /** Nothing that was open then was open on the date, or had been moved out by then. */
  readonly isKept: boolean;
  readonly words: string;
}

/** What of the primary goal's scope, as it stood open on a day, was done by its date, and what was done with the rest. */
export function kept(view: TeamView, then: TeamView): Kept | undefined {
  const { primary } = goalBases(then);
  const date = primary?.goal.date;
  if (primary === undefined || date === undefined || date > view.day) return undefined;
  const { open, unsplit } = primary.basis.scope;
  const at = earlierView(view, date);
  const counts = Map.groupBy([...open, ...unsplit], (item) => {
    const later = at.byRef.get(issueRef(item.issue.source, item.issue.id));
    if (later === undefined) return 'out of sight';
    const where = isIn(later, primary.goal.scope.name) ? 'in it' : 'moved out';
    return `${isClosed(later.stage) ? later.stage : 'open'}, ${where}`;
  });
  return {
    isKept: [...counts.keys()].every((what) => what === 'done, in it' || what === 'cancelled, in it'),
    words: `${primary.goal.name}, ${open.length + unsplit.length} open then, on ${date}: ${sorted(counts)}`,
  };
}

function isIn({ issue }: WorkItem, version: string): boolean {
  return setNow(issue, 'versions').includes(version);
}

function sorted(counts: ReadonlyMap<string, readonly unknown[]>): string {
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, some]) => `${some.length} ${what}`)
    .join(', ');
}
