import { type CalendarDay, dayOf, MS_PER_DAY } from '#domain/calendar.ts';
import { type Interval, setIntervals } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import type { Cycle } from '#domain/reference.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import type { Stage } from '#domain/workflow.ts';

/** What became of one cycle's commitment, in items. */
export interface CycleResult {
  readonly id: string;
  readonly name: string;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  /** How long it lasted, in elapsed days: a cycle may end on the day, and at the hour, at which the next begins. */
  readonly days: number;
  /** In the cycle one day after it began, and not closed before. */
  readonly committed: number;
  /** Of these, done by the planned end. */
  readonly done: number;
  /** Put into the cycle after that day. */
  readonly added: number;
  /** Committed, and taken out before the end without being done. */
  readonly punted: number;
  /** Committed, not done, and in a cycle that follows. */
  readonly carriedOver: number;
}

/**
 * The cycles a team's items were in, as far as they have ended at the view, oldest first.
 *
 * Who was in a cycle when is read from the items' histories; when the cycle began and was to end is what the tracker
 * says today. A cycle ended before its planned end is judged at that moment. A cycle follows when it begins after this
 * one and no later than one cycle's length after its end.
 *
 * Left out: cycles without dates, and those that nothing was committed to.
 */
export function cycleResults(view: TeamView): readonly CycleResult[] {
  const spans = new Map(
    [...view.references.values()].flatMap(({ source, cycles }) =>
      cycles.flatMap((cycle) => {
        const span = spanOf(cycle);
        return span === undefined ? [] : [[issueRef(source, cycle.id), span] as const];
      }),
    ),
  );
  const stories = view.items.flatMap((item): readonly Story[] => {
    const memberships = setIntervals(item.issue, 'cycles');
    return memberships.every(({ value }) => value.length === 0) ? [] : [{ item, memberships }];
  });
  const byCycle = new Map<string, Story[]>();
  for (const story of stories) {
    for (const id of new Set(story.memberships.flatMap(({ value }) => value))) {
      const ref = issueRef(story.item.issue.source, id);
      const members = byCycle.get(ref);
      if (members) members.push(story);
      else byCycle.set(ref, [story]);
    }
  }
  return [...byCycle]
    .flatMap(([ref, members]) => {
      const span = spans.get(ref);
      return span === undefined || span.end > view.asOf ? [] : [{ span, members }];
    })
    .toSorted((a, b) => a.span.start - b.span.start || (a.span.cycle.id < b.span.cycle.id ? -1 : 1))
    .map(({ span, members }) => result(span, members, spans, view))
    .filter(({ committed }) => committed > 0);
}

interface Story {
  readonly item: WorkItem;
  readonly memberships: readonly Interval<readonly string[]>[];
}

interface Span {
  readonly cycle: Cycle;
  readonly start: Instant;
  readonly end: Instant;
}

function spanOf(cycle: Cycle): Span | undefined {
  const { startAt, plannedEndAt, endedAt } = cycle;
  if (startAt === undefined || plannedEndAt === undefined) return undefined;
  const end = Math.min(plannedEndAt, endedAt ?? plannedEndAt);
  return end > startAt + MS_PER_DAY ? { cycle, start: startAt, end } : undefined;
}

function result(
  { cycle, start, end }: Span,
  members: readonly Story[],
  spans: ReadonlyMap<string, Span>,
  view: TeamView,
): CycleResult {
  const committedAt = start + MS_PER_DAY;
  const committed = members.filter(
    (story) => isIn(story, cycle.id, committedAt) && !wasClosedBefore(story.item, start),
  );
  const later = members.filter((story) => !isIn(story, cycle.id, committedAt));
  const open = committed.filter(({ item }) => stageBefore(item, end) !== 'done');
  const follows = ({ start: next }: Span) => next > start && next <= end + (end - start);
  const goesOn = (story: Story) =>
    story.memberships.some(({ value, to = view.asOf }) =>
      value.some((id) => {
        const other = spans.get(issueRef(story.item.issue.source, id));
        return other !== undefined && other.cycle !== cycle && follows(other) && to > other.start;
      }),
    );
  const { timezone } = view.team;
  return {
    id: cycle.id,
    name: cycle.name,
    from: dayOf(start, timezone),
    to: dayOf(end - 1, timezone),
    days: (end - start) / MS_PER_DAY,
    committed: committed.length,
    done: committed.length - open.length,
    added: later.filter((story) =>
      story.memberships.some(
        ({ from, value }) => value.includes(cycle.id) && from >= committedAt && from < end,
      ),
    ).length,
    punted: open.filter((story) => !isIn(story, cycle.id, end)).length,
    carriedOver: open.filter(({ item }) => !isClosed(stageBefore(item, end) ?? 'todo')).filter(goesOn).length,
  };
}

/** Whether an item was in a cycle just before a moment. */
function isIn({ memberships }: Story, cycleId: string, moment: Instant): boolean {
  return memberships.findLast(({ from }) => from < moment)?.value.includes(cycleId) === true;
}

function stageBefore(item: WorkItem, moment: Instant): Stage | undefined {
  return item.stays.findLast(({ from }) => from < moment)?.stage;
}

function wasClosedBefore(item: WorkItem, moment: Instant): boolean {
  return isClosed(stageBefore(item, moment) ?? 'todo');
}
