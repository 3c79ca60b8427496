import { max } from 'd3-array';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import { isClosed, isInProgress } from '#domain/work-item.ts';
import { childrenByParent } from '../children.ts';
import { cutoffOfWorkdays } from '../workday-cutoff.ts';
import type { Signal } from './signal.ts';

const ALL_CLOSED_WORKDAYS = 3;
const QUIET_WORKDAYS = 10;
const NEARLY_ALL = 0.9;
const MIN_CHILDREN = 5;

/**
 * Parents in progress whose parts are all, or nearly all, closed.
 *
 * All children done or cancelled, at least one of them done, for more than 3 work days; or at least 90 % of at least 5
 * children done (cancelled ones do not count) and nothing happened to any of them for 10 work days. Children count
 * wherever they live; epics and stories with sub-tasks both can be parents.
 */
export function childrenClosed(view: TeamView): readonly Signal[] {
  const children = childrenByParent(view);
  const closedBefore = cutoffOfWorkdays(view, ALL_CLOSED_WORKDAYS);
  const quietBefore = cutoffOfWorkdays(view, QUIET_WORKDAYS - 1);

  return [...view.parents, ...view.items].flatMap((item): readonly Signal[] => {
    const parts = children.get(issueRef(item.issue.source, item.issue.id)) ?? [];
    const done = parts.filter((part) => part.stage === 'done');
    if (!isInProgress(item.stage) || done.length === 0) return [];
    const lastClosed = max(parts, (part) => part.finishedAt ?? part.cancelledAt) ?? view.asOf;
    const lastEvent = max(parts, (part) => part.issue.events.at(-1)?.at) ?? view.asOf;
    const counted = parts.filter((part) => part.stage !== 'cancelled').length;
    const allClosed = parts.every((part) => isClosed(part.stage)) && lastClosed < closedBefore;
    const nearly = counted >= MIN_CHILDREN && done.length >= NEARLY_ALL * counted && lastEvent < quietBefore;
    if (!allClosed && !nearly) return [];
    return [{ kind: 'children_closed', strength: 'hard', item, claimedAt: lastClosed }];
  });
}
