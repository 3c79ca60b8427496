import { sum } from 'd3-array';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { scalarNow } from '#domain/timeline.ts';
import { isClosed, isInProgress, type WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
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
      says: (found) =>
        `${counted(found.length, 'item is', 'items are')} in progress without an assignee: the effort on it cannot be counted.`,
    },
  ];
}

const anyItem = () => true;
const wasBegun = (item: WorkItem) => item.startedAt !== undefined;
const were = (found: readonly WorkItem[]) => counted(found.length, 'item was', 'items were');
const have = (found: readonly WorkItem[]) => counted(found.length, 'item has', 'items have');
const slips = (found: readonly WorkItem[]) => sum(found, (item) => item.flickers);

/** Whether a change of status says it came from another status than the change before it led to. */
function hasHistoryGap({ issue }: WorkItem): boolean {
  const moves = issue.events.filter((event) => event.field === 'status');
  return moves.some((move, i) => {
    const before = moves[i - 1];
    return before !== undefined && move.from !== before.to;
  });
}
