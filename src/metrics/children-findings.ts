import type { Instant } from '#domain/issue.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, type WorkItem } from '#domain/work-item.ts';
import { childrenByParent } from './children.ts';
import { counted, type Finding, shareOf, someRefs } from './finding.ts';

/**
 * Where an item and its parts tell different stories. Epics are asked too: nothing of theirs is counted, but what is
 * said of their state rests on it.
 */
export function childrenFindings(view: TeamView, items: readonly WorkItem[]): readonly Finding[] {
  const children = childrenByParent(view);
  const partsOf = ({ issue }: WorkItem) => children.get(issueRef(issue.source, issue.id)) ?? [];
  const all = [...items, ...view.parents].filter((item) => partsOf(item).length > 0);
  const [closed, unbegun] = [
    all.filter((item) => item.stage === 'done'),
    all.filter((item) => item.startedAt === undefined && !isClosed(item.stage)),
  ];
  const leftOpen = closed.filter((item) =>
    partsOf(item).some((part) => wasOpenAt(part, item.finishedAt ?? view.asOf)),
  );
  const begun = unbegun.filter((item) => partsOf(item).some((part) => part.startedAt !== undefined));
  return [
    {
      check: 'begun_through_children',
      count: begun.length,
      ...shareOf(begun.length, unbegun.length),
      items: someRefs(view, begun),
      affects: ['workInProgress', 'workItemAge', 'cycleTime'],
      sentence: `${counted(begun.length, 'item has', 'items have')} parts that were begun though the item itself never was: its own clock has not started.`,
    },
    {
      check: 'open_children_when_done',
      count: leftOpen.length,
      ...shareOf(leftOpen.length, closed.length),
      items: someRefs(view, leftOpen),
      affects: ['throughput', 'cycleTime', 'basicallyDone'],
      sentence: `${counted(leftOpen.length, 'item was', 'items were')} done while parts of ${leftOpen.length === 1 ? 'it' : 'them'} were open: counted as delivered then, though something remained.`,
    },
  ];
}

/** Whether a part existed at a moment and was neither done nor cancelled. */
function wasOpenAt({ stays }: WorkItem, moment: Instant): boolean {
  const held = stays.findLast(({ from }) => from <= moment);
  return held !== undefined && !isClosed(held.stage);
}
