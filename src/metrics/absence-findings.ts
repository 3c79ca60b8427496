import { openAbsence } from '#domain/absence.ts';
import { inScope } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { counted, EVERY_METRIC, type Finding, shareOf, someRefs } from './finding.ts';

/** What became of unfinished work that the tracker no longer shows. */
export function absenceFindings(view: TeamView, items: readonly WorkItem[]): readonly Finding[] {
  const removed = items.filter(wasRemoved);
  const unseen = view.outOfSight.filter((item) => isOurs(view, item));
  return [
    {
      check: 'removed_unfinished',
      count: removed.length,
      ...shareOf(removed.length, items.length),
      items: someRefs(view, removed),
      affects: ['cycleTime', 'workItemAge', 'throughput'],
      sentence: `${counted(removed.length, 'item was', 'items were')} deleted in the tracker before being finished: counted as dropped on the day this was noticed, never as delivered.`,
    },
    {
      check: 'out_of_sight',
      count: unseen.length,
      ...shareOf(unseen.length, unseen.length + view.items.length),
      items: someRefs(view, unseen),
      affects: EVERY_METRIC,
      sentence: `${counted(unseen.length, 'unfinished item is', 'unfinished items are')} left out, because what holds ${unseen.length === 1 ? 'it' : 'them'} was archived or can no longer be read: what became of ${unseen.length === 1 ? 'it' : 'them'} is not known.`,
    },
  ];
}

function wasRemoved({ issue, cancelledAt }: WorkItem): boolean {
  return cancelledAt !== undefined && openAbsence(issue.gone)?.since === cancelledAt;
}

function isOurs({ team, references }: TeamView, { issue, type }: WorkItem): boolean {
  const reference = references.get(issue.source);
  return type.level <= 0 && reference !== undefined && inScope(issue, team, reference);
}
