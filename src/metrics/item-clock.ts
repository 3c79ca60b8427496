import {
  dayOf,
  elapsedDays,
  inclusiveDays,
  MS_PER_DAY,
  plusDays,
  startOf as startOfDay,
} from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import type { CycleTimeDefinition } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Stage } from '#domain/workflow.ts';
import { lengthOf, type Span } from './spans.ts';

/** How an item's time came to its end, or that it has not. For an open item `until` is the end of the view. */
export interface Ending {
  readonly kind: 'finished' | 'dropped' | 'open';
  readonly until: Instant;
}

/** An item's time under way, as one definition counts it. */
export interface ItemClock {
  readonly startedAt: Instant;
  readonly ending: Ending;
  /** Days on the clock at the end: the cycle time of a finished item, the age of an open one. */
  readonly days: number;
  /** Days on the clock before a moment, 0 before the start: what had passed when somebody began to look. */
  readonly daysBefore: (at: Instant) => number;
  /** When the clock passed so many days; undefined when it has not. */
  readonly passed: (days: number) => Instant | undefined;
}

/**
 * The one place where a definition of cycle time becomes a start, an end and days. Cycle time, age, the expectation and
 * what is decided by it all come from here, so that an age is never held against durations of another clock.
 *
 * `elapsed` and `inclusive_days` run from start to end; `active_only` stands still outside the stages from the start
 * stage on and before the finish stage. An end counts on the day it falls on. An open item and a moment to look from are
 * read just before: the end of a day in the team's zone is the start of the next, which nobody has touched yet.
 *
 * Where the clock stands still at a moment, `daysBefore` is half a millisecond less than it shows: the item may end at
 * this very reading while somebody looks, and whoever enters at a time is not at risk at it.
 *
 * undefined for an item that has no start: never begun, or the start wiped and not made anew. What a wiped clock had
 * counted is as if it had never been, and so is an expectation that it had passed.
 *
 * @example itemClock(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 3d → To Do 9d → In Progress 2d → Done')]).items[0], { clock: 'active_only', start: 'active', finish: 'done', backward: 'kept' }, view(team(), '2026-01-23', [])).days
 *   // => 5
 * @example itemClock(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress', { from: '2026-01-22' })]).items[0], { clock: 'inclusive_days', start: 'active', finish: 'done', backward: 'kept' }, view(team(), '2026-01-23', [])).days
 *   // => 2
 */
export function itemClock(
  item: WorkItem,
  definition: CycleTimeDefinition,
  { asOf, team: { timezone } }: Pick<TeamView, 'asOf' | 'team'>,
): ItemClock | undefined {
  const ending = endingOf(item, definition, asOf);
  const startedAt = startOf(item, definition, ending.until);
  if (startedAt === undefined) return undefined;
  switch (definition.clock) {
    case 'elapsed':
      return elapsed(startedAt, ending);
    case 'inclusive_days':
      return daysTouched(startedAt, ending, timezone);
    case 'active_only':
      return timeInStages(startedAt, ending, countedStays(item, definition, startedAt, ending.until));
    default:
      return definition.clock satisfies never;
  }
}

/**
 * How an item ended, whether or not it ever started: finished at the last entry into the finish stage or one behind it,
 * while it is there; dropped when it is cancelled, wherever it stood before; else open until the end of the view.
 *
 * @example endingOf(view(team(), '2026-01-23', [issue('PAY-1', 'In Progress 4d → Review 2d → Done')]).items[0], { finish: 'late' }, Date.UTC(2026, 0, 24))
 *   // => { kind: 'finished', until: Date.UTC(2026, 0, 9) }
 */
export function endingOf(
  { stays, cancelledAt }: WorkItem,
  { finish }: Pick<CycleTimeDefinition, 'finish'>,
  asOf: Instant,
): Ending {
  const end = ORDER[finish];
  const before = stays.findLastIndex(({ stage }) => stage === 'cancelled' || ORDER[stage] < end);
  const finishedAt = stays[before + 1]?.from;
  if (finishedAt !== undefined) return { kind: 'finished', until: finishedAt };
  return cancelledAt === undefined ? { kind: 'open', until: asOf } : { kind: 'dropped', until: cancelledAt };
}

const ORDER: Readonly<Record<Stage | 'created', number>> = {
  created: 0,
  backlog: 0,
  todo: 1,
  active: 2,
  late: 3,
  done: 4,
  cancelled: 5,
};

function startOf(
  { stays, issue }: WorkItem,
  { start, backward }: CycleTimeDefinition,
  until: Instant,
): Instant | undefined {
  // An imported history may begin before the creation it was given.
  if (start === 'created') return Math.min(issue.createdAt, stays[0]?.from ?? issue.createdAt);
  let startedAt: Instant | undefined;
  for (const { from, stage } of stays) {
    if (from >= until) break;
    if (ORDER[stage] < ORDER[start]) {
      if (backward === 'wiped') startedAt = undefined;
    } else if (ORDER[stage] < ORDER.done) startedAt ??= from;
  }
  return startedAt;
}

function elapsed(startedAt: Instant, ending: Ending): ItemClock {
  const days = elapsedDays(startedAt, ending.until);
  return {
    startedAt,
    ending,
    days,
    daysBefore: (at) => Math.max(0, elapsedDays(startedAt, at)),
    passed: (limit) => (days > limit ? startedAt + Math.round(limit * MS_PER_DAY) : undefined),
  };
}

function daysTouched(startedAt: Instant, ending: Ending, timezone: string): ItemClock {
  const days = inclusiveDays(startedAt, ending.until - (ending.kind === 'open' ? 1 : 0), timezone);
  return {
    startedAt,
    ending,
    days,
    daysBefore: (at) => (at <= startedAt ? 0 : inclusiveDays(startedAt, at - 1, timezone)),
    passed: (limit) =>
      days > limit
        ? Math.max(startedAt, startOfDay(plusDays(dayOf(startedAt, timezone), Math.floor(limit)), timezone))
        : undefined,
  };
}

const STANDING_MS = 0.5;

function timeInStages(startedAt: Instant, ending: Ending, counted: readonly Span[]): ItemClock {
  const days = lengthOf(counted) / MS_PER_DAY;
  return {
    startedAt,
    ending,
    days,
    daysBefore: (at) => {
      const before = lengthOf(
        counted.filter(({ from }) => from < at).map(({ from, to }) => ({ from, to: Math.min(to, at) })),
      );
      const runs = counted.some(({ from, to }) => from <= at && at < to);
      return Math.max(0, before - (runs ? 0 : STANDING_MS)) / MS_PER_DAY;
    },
    passed: (limit) => {
      if (days <= limit) return undefined;
      let left = Math.round(limit * MS_PER_DAY);
      for (const { from, to } of counted) {
        if (to - from > left) return from + left;
        left -= to - from;
      }
      return ending.until;
    },
  };
}

/** The stays from the start on in which the clock of `active_only` runs. */
function countedStays(
  { stays }: WorkItem,
  { start, finish }: CycleTimeDefinition,
  startedAt: Instant,
  until: Instant,
): readonly Span[] {
  return stays
    .filter(({ stage }) => ORDER[stage] >= ORDER[start] && ORDER[stage] < ORDER[finish])
    .map(({ from, to = until }) => ({ from: Math.max(from, startedAt), to: Math.min(to, until) }))
    .filter(({ from, to }) => from < to);
}
