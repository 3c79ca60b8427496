import { range } from 'd3-array';
import { type CalendarDay, MS_PER_DAY, parseDay } from '#domain/calendar.ts';
import type { Goal, GoalScope } from '#domain/goal.ts';
import type { Issue } from '#domain/issue.ts';
import { type IssueOptions, issue } from './timeline.ts';

export function day(text: string): CalendarDay {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`"${text}" is no day`);
  return parsed;
}

/** A goal that hangs on the epic PAY-1, unless told otherwise. */
export function goal(date: string | undefined, more: Partial<Goal> = {}, parent = 'PAY-1'): Goal {
  const scope: GoalScope = { kind: 'parent', name: parent };
  return {
    id: 'checkout',
    name: 'Checkout is live',
    scope,
    ...(date === undefined ? {} : { date: day(date) }),
    ...more,
  };
}

/** Monday. */
export const GOAL_START = Date.UTC(2025, 5, 2, 9);

/**
 * An epic with items under it: so many finished a week for so many weeks from 2 June 2025 on, and so many open, all there
 * from the beginning.
 */
export function epicWith(
  key: string,
  { open, weeks = 26, perWeek = 2, epic = {} }: EpicWork & { readonly epic?: IssueOptions },
): readonly Issue[] {
  const from = new Date(GOAL_START).toISOString();
  const first = 1000 * Number(key.split('-')[1]);
  const done = range(weeks * perWeek).map((i) =>
    issue(`PAY-${first + i}`, `To Do ${(7 / perWeek) * i}d → In Progress 2d → Done`, { parent: key, from }),
  );
  const left = range(open).map((i) => issue(`PAY-${first + 500 + i}`, 'To Do', { parent: key, from }));
  return [issue(key, 'In Progress', { type: 'Epic', title: `Epic ${key}`, from, ...epic }), ...done, ...left];
}

interface EpicWork {
  readonly open: number;
  readonly weeks?: number;
  readonly perWeek?: number;
}

/** So many days after the first of those. */
export const goalDay = (days: number): string => new Date(GOAL_START + days * MS_PER_DAY).toISOString();
