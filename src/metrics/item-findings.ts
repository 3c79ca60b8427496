import { sum } from 'd3-array';
import { MS_PER_DAY } from '#domain/calendar.ts';
import { scalarNow } from '#domain/field-values.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, isInProgress, steadyStatuses, type WorkItem } from '#domain/work-item.ts';
import type { Stage } from '#domain/workflow.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { blockedSpells, standingBlockers } from './blocked-spells.ts';
import { counted, type Finding, FLOW, shareOf, someRefs } from './finding.ts';

/** What the timelines of items say about how far they may be trusted. */
export function itemFindings(view: TeamView, items: readonly WorkItem[]): readonly Finding[] {
  return checks(view).map(({ check, among, isFound, affects, says }) => {
    const candidates = items.filter(among);
    const found = candidates.filter(isFound);
    return {
      check,
      count: found.length,
      ...shareOf(found.length, candidates.length),
      items: someRefs(view, found),
      affects,
      sentence: says(found),
    };
  });
}

interface ItemCheck extends Pick<Finding, 'check' | 'affects'> {
  readonly among: (item: WorkItem) => boolean;
  readonly isFound: (item: WorkItem) => boolean;
  readonly says: (found: readonly WorkItem[]) => string;
}

function checks(view: TeamView): readonly ItemCheck[] {
  const administrative = administrativeClosures(view);
  const blockedTime = blockedSpells(view);
  const blockersOf = standingBlockers(view);
  const staleSince = view.asOf - STALE_DAYS * MS_PER_DAY;
  return [
    {
      check: 'skipped_start',
      among: (item) => item.stage === 'done',
      isFound: (item) => item.skippedStart,
      affects: ['cycleTime', 'workItemAge'],
      says: (found) =>
        `${were(found)} done without ever being in progress: counted as delivered, without a cycle time.`,
    },
    {
      check: 'administrative_closures',
      among: (item) => isClosed(item.stage),
      isFound: (item) => isBulk(administrative.get(issueRef(item.issue.source, item.issue.id))),
      affects: ['throughput', 'cycleTime', 'workItemAge'],
      says: (found) =>
        `${were(found)} closed in bulk after a month without work: left out of throughput and cycle time.`,
    },
    {
      check: 'history_gap',
      among: anyItem,
      isFound: hasHistoryGap,
      affects: FLOW,
      says: (found) =>
        `${have(found)} a change of status that does not begin where the one before it ended: times around it are uncertain.`,
    },
    {
      check: 'event_before_creation',
      among: anyItem,
      isFound: ({ issue }) =>
        issue.events.some((event) => event.origin === 'recorded' && event.at < issue.createdAt),
      affects: ['cycleTime', 'workItemAge'],
      says: (found) =>
        `${have(found)} history from before it was created, as imports leave behind: the history is believed.`,
    },
    {
      check: 'done_before_started',
      among: wasBegun,
      isFound: ({ stays, startedAt }) =>
        stays.some((stay) => stay.stage === 'done' && stay.from < (startedAt ?? stay.from)),
      affects: ['cycleTime', 'workItemAge'],
      says: (found) =>
        `${were(found)} done before the first recorded start: the clock runs from that later start.`,
    },
    {
      check: 'reopened',
      among: anyItem,
      isFound: (item) => item.reopenings.length > 0,
      affects: ['cycleTime', 'throughput'],
      says: (found) =>
        `${were(found)} reopened after done: past numbers changed, since an item counts when it was last done.`,
    },
    {
      check: 'moved_backwards',
      among: wasBegun,
      isFound: (item) => item.backwardMoves > 0,
      affects: FLOW,
      says: (found) =>
        `${have(found)} moved back to an earlier stage: the clock kept running from the first start.`,
    },
    {
      check: 'put_back_before_start',
      among: wasBegun,
      isFound: wasPutBack,
      affects: FLOW,
      says: (found) =>
        `${were(found)} put back to a stage before the start: the pause counts as time taken, and other tools would begin again.`,
    },
    {
      check: 'status_changed_after_done',
      among: (item) => item.stage === 'done',
      isFound: ({ issue, finishedAt = view.asOf }) =>
        steadyStatuses(issue).stays.some(({ from }) => from > finishedAt),
      affects: ['cycleTime', 'throughput'],
      says: (found) =>
        `${have(found)} gone on to another done status after being done: the first of them is the finish, and the later one moves no date.`,
    },
    {
      check: 'created_past_start',
      among: anyItem,
      isFound: ({ stays }) => !BEFORE_START.has(stays[0]?.stage ?? 'todo'),
      affects: ['cycleTime', 'workItemAge', 'throughput'],
      says: (found) =>
        `${were(found)} created in a status behind the start: work before that moment left no trace, so the times are too short.`,
    },
    {
      check: 'closed_at_creation',
      among: (item) => isClosed(item.stage),
      isFound: ({ issue, finishedAt, cancelledAt }) =>
        (finishedAt ?? cancelledAt ?? view.asOf) - issue.createdAt < AT_ONCE_MS,
      affects: ['throughput', 'cycleTime'],
      says: (found) =>
        `${were(found)} closed within five minutes of being created, as records of work done elsewhere are: their times say nothing of how long it took.`,
    },
    {
      check: 'flicker',
      among: anyItem,
      isFound: (item) => item.flickers > 0,
      affects: ['cycleTime'],
      says: (found) =>
        `${were(found)} moved and put back within five minutes (${counted(slips(found), 'time', 'times')} in all): taken for slips and not counted.`,
    },
    {
      check: 'no_assignee_in_progress',
      among: (item) => isInProgress(item.stage),
      isFound: ({ issue }) => scalarNow(issue, 'assignee') === undefined,
      affects: ['workstreams'],
      says: (found) => `${are(found)} in progress without an assignee: the effort on it cannot be counted.`,
    },
    {
      check: 'stale_in_progress',
      among: (item) => isInProgress(item.stage),
      isFound: ({ issue }) => (issue.events.at(-1)?.at ?? view.asOf) < staleSince,
      affects: ['workInProgress', 'workItemAge'],
      says: (found) =>
        `${are(found)} in progress though nothing about ${found.length === 1 ? 'it' : 'them'} changed for ${STALE_DAYS} days: work in progress may be less than it looks.`,
    },
    {
      check: 'blocked_long',
      among: (item) => isInProgress(item.stage),
      isFound: (item) => {
        const { now, spells } = blockedTime(item);
        return now.length > 0 && (spells.at(-1)?.from ?? view.asOf) < staleSince;
      },
      affects: ['workItemAge', 'blocked'],
      says: (found) =>
        `${have(found)} been marked as blocked for more than ${STALE_DAYS} days: either that is so, or the mark was never taken away.`,
    },
    {
      check: 'blocked_by_closed_item',
      among: (item) => !isClosed(item.stage) && blockersOf(item).length > 0,
      isFound: (item) => blockersOf(item).some(({ stage }) => isClosed(stage)),
      affects: ['blocked', 'flowEfficiency'],
      says: (found) =>
        `${are(found)} open and still linked to something that had to come first and is closed: such a link counts as blocking only until then.`,
    },
  ];
}

/** Longer than any pause for a holiday or a release. */
const STALE_DAYS = 30;
const AT_ONCE_MS = 5 * 60_000;
const BEFORE_START: ReadonlySet<Stage> = new Set(['backlog', 'todo']);

const anyItem = () => true;
const wasBegun = (item: WorkItem) => item.startedAt !== undefined;
const were = (found: readonly WorkItem[]) => counted(found.length, 'item was', 'items were');
const are = (found: readonly WorkItem[]) => counted(found.length, 'item is', 'items are');
const have = (found: readonly WorkItem[]) => counted(found.length, 'item has', 'items have');
const slips = (found: readonly WorkItem[]) => sum(found, (item) => item.flickers);

/** Whether work once begun stood before the start again. */
function wasPutBack({ stays, startedAt = Number.POSITIVE_INFINITY }: WorkItem): boolean {
  return stays.some(({ from, stage }) => from > startedAt && BEFORE_START.has(stage));
}

/** Whether a change of status says it came from another status than the change before it led to. */
function hasHistoryGap({ issue }: WorkItem): boolean {
  const moves = issue.events.filter((event) => event.field === 'status');
  return moves.some((move, i) => {
    const before = moves[i - 1];
    return before !== undefined && move.from !== before.to;
  });
}
