import { scalarNow, setNow } from '#domain/field-values.ts';
import type { SetField } from '#domain/issue.ts';
import { oncePerView, remembered } from '#domain/once.ts';
import type { WorkstreamBy } from '#domain/team.ts';
import { issueRef, itemUrl, parentOf, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** A line of work the team has open. */
export interface Workstream {
  readonly id: string;
  readonly name: string;
  /** Where people open it, when it is an issue itself. */
  readonly url?: string;
}

/** What a workstream is made of, once `auto` has been decided. */
export type WorkstreamLevel = Exclude<WorkstreamBy, 'auto'>;

/**
 * Which workstreams an item belongs to, by the values its fields had at the end of the view.
 *
 * `initiative`: its topmost ancestor of level 2 or more, else the initiative that its project is in today.
 * `parent`: its nearest ancestor of level 1 or more, so that a
 * sub-task counts to the epic of its story. With several components or labels it belongs equally to each. Empty for an
 * item that belongs to none.
 */
export function workstreamsOf(
  view: TeamView,
  by: WorkstreamLevel,
): (item: WorkItem) => readonly Workstream[] {
  return streamsIn(view)(by);
}

const streamsIn = oncePerView((view) =>
  remembered((by: WorkstreamLevel) => remembered((item: WorkItem) => streamsOf(view, by, item))),
);

function streamsOf(view: TeamView, by: WorkstreamLevel, item: WorkItem): readonly Workstream[] {
  switch (by) {
    case 'initiative':
      return initiative(view, item);
    case 'parent':
      return nearestParent(view, item);
    case 'project':
      return project(view, item);
    case 'component':
      return members(item, 'components');
    case 'label':
      return members(item, 'labels');
    default:
      return by satisfies never;
  }
}

function initiative(view: TeamView, item: WorkItem): readonly Workstream[] {
  const above = ancestors(view, item).findLast((ancestor) => ancestor.type.level >= 2);
  if (above) return asStreams(view, above);
  const { source } = item.issue;
  const project = scalarNow(item.issue, 'project')?.value;
  const found = view.references
    .get(source)
    ?.initiatives?.find(({ projectIds }) => project !== undefined && projectIds.includes(project));
  return found ? [{ id: issueRef(source, found.id), name: found.name }] : [];
}

function nearestParent(view: TeamView, item: WorkItem): readonly Workstream[] {
  const above = ancestors(view, item);
  const parent = above.find((ancestor) => ancestor.type.level >= 1);
  if (parent) return asStreams(view, parent);
  // The parent of a standard issue is an epic even when it lies where we may not read.
  const last = above.at(-1) ?? item;
  const unread = last.type.level === 0 ? scalarNow(last.issue, 'parent') : undefined;
  if (!unread || parentOf(view, last)) return [];
  return [{ id: issueRef(item.issue.source, unread.value), name: unread.name ?? unread.value }];
}

/** What lies above an item, nearest first. */
export function ancestors(view: TeamView, item: WorkItem): readonly WorkItem[] {
  const out: WorkItem[] = [];
  for (let above = parentOf(view, item); above; above = parentOf(view, above)) {
    // Trackers refuse circles, but a history put together from two moments may show one.
    if (above === item || out.includes(above)) break;
    out.push(above);
  }
  return out;
}

function asStreams(view: TeamView, parent: WorkItem | undefined): readonly Workstream[] {
  if (!parent) return [];
  const id = issueRef(parent.issue.source, parent.issue.id);
  return [{ id, name: parent.title || parent.key, url: itemUrl(view, parent) }];
}

function project(view: TeamView, item: WorkItem): readonly Workstream[] {
  const now = scalarNow(item.issue, 'project');
  if (!now) return [];
  const known = view.references.get(item.issue.source)?.projects.find(({ id }) => id === now.value);
  return [{ id: issueRef(item.issue.source, now.value), name: known?.name ?? now.name ?? now.value }];
}

function members(item: WorkItem, field: SetField): readonly Workstream[] {
  const { events, source } = item.issue;
  return setNow(item.issue, field).map((member) => {
    const named = events.findLast((event) => event.field === field && event.to === member);
    return { id: issueRef(source, member), name: named?.toName ?? member };
  });
}
