import {
  byCodeUnit,
  compareEvents,
  type DigestEvent,
  type DigestIdentity,
  digestOfLines,
  hashedText,
  LONGEST_PLAIN_VALUE,
  personHash,
} from '../digest.ts';
import { createGraph } from './graph.ts';
import type { LinearHistoryEntry, LinearWorkspace } from './model.ts';

/**
 * SHA-256 (hex) over the workspace's digest lines, each followed by a newline. A store that holds the whole history
 * arrives at the same 64 characters; it is computed here from the workspace alone, so agreement proves completeness.
 */
export function linearDigest(workspace: LinearWorkspace, identity: DigestIdentity): string {
  return digestOfLines(linearDigestLines(workspace, identity));
}

/**
 * One compact JSON line per issue, sorted by id in code-unit order, in the shape every tracker's digest has. Archived
 * issues are in it, for Linear archives finished work by itself; issues in the trash are gone.
 */
export function linearDigestLines(workspace: LinearWorkspace, identity: DigestIdentity): readonly string[] {
  const { identifierOf } = createGraph(workspace);
  return workspace.issues
    .filter(({ trashed }) => trashed !== true)
    .toSorted((a, b) => byCodeUnit(a.id, b.id))
    .map((issue) =>
      JSON.stringify({
        id: issue.id,
        key: identifierOf(issue),
        type: 'Issue',
        createdAt: issue.createdAt,
        statusId: issue.stateId,
        assigneeHash: personHash(issue.assigneeId ?? null, identity),
        parentId: issue.parentId ?? null,
        versions: [...listOf(issue.projectMilestoneId), ...(issue.releaseIds ?? [])].toSorted(byCodeUnit),
        labels: issue.labelIds.toSorted(byCodeUnit),
        cycles: listOf(issue.cycleId),
        dueDate: issue.dueDate ?? null,
        events: issue.history.flatMap((entry) => eventsOf(entry, identity)).toSorted(compareEvents),
      }),
    );
}

/** The places of an entry's changes belong to fields for good, since Linear goes on writing in an entry. */
function eventsOf(entry: LinearHistoryEntry, identity: DigestIdentity): readonly DigestEvent[] {
  const person = (id: string | undefined): string | null => personHash(id ?? null, identity);
  const { archived, trashed } = entry;
  const pairs: readonly (readonly [number, string, Value, Value])[] = [
    [0, 'status', entry.fromStateId, entry.toStateId],
    [1, 'assignee', person(entry.fromAssigneeId), person(entry.toAssigneeId)],
    [2, 'cycles', entry.fromCycleId, entry.toCycleId],
    [3, 'project', entry.fromProjectId, entry.toProjectId],
    [4, 'parent', entry.fromParentId, entry.toParentId],
    [5, 'team', entry.fromTeamId, entry.toTeamId],
    [6, 'priority', entry.fromPriority, entry.toPriority],
    [7, 'estimate', entry.fromEstimate, entry.toEstimate],
    [8, 'dueDate', entry.fromDueDate, entry.toDueDate],
    [9, 'title', shortened(entry.fromTitle), shortened(entry.toTitle)],
    [10, 'versions', entry.fromProjectMilestoneId, entry.toProjectMilestoneId],
    [11, 'delegate', person(entry.fromDelegateId), person(entry.toDelegateId)],
    [12, 'archived', archived === undefined ? undefined : String(!archived), archived?.toString()],
    [13, 'trashed', trashed === undefined ? undefined : String(!trashed), trashed?.toString()],
    [14, 'sla', iso(entry.fromSlaBreachesAt), iso(entry.toSlaBreachesAt)],
    ...members(100, 'labels', entry.removedLabelIds, entry.addedLabelIds),
    ...members(300, 'versions', entry.removedFromReleaseIds, entry.addedToReleaseIds),
    ...(entry.relationChanges ?? []).map(({ identifier, type }, index) =>
      type.startsWith('r')
        ? ([500 + index, 'links', identifier, undefined] as const)
        : ([500 + index, 'links', undefined, identifier] as const),
    ),
  ];
  const events = pairs
    .map(([index, field, from, to]) => [index, field, text(from), text(to)] as const)
    .filter(([, , from, to]) => from !== to);
  const description = entry.updatedDescription === true ? [[15, 'description', null, null] as const] : [];
  return [...events, ...description].map(
    ([index, field, from, to]): DigestEvent => [entry.createdAt, entry.id, index, field, from, to],
  );
}

type Value = string | number | null | undefined;

function members(
  start: number,
  field: string,
  removed: readonly string[] = [],
  added: readonly string[] = [],
): readonly (readonly [number, string, Value, Value])[] {
  const changes = [
    ...removed.toSorted(byCodeUnit).map((id) => [id, undefined] as const),
    ...added.toSorted(byCodeUnit).map((id) => [undefined, id] as const),
  ];
  return changes.map(([from, to], index) => [start + index, field, from, to]);
}

function listOf(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [id];
}

function shortened(title: string | undefined): string | undefined {
  return title === undefined || title.length <= LONGEST_PLAIN_VALUE ? title : hashedText(title);
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

function text(value: Value): string | null {
  return value === undefined || value === null ? null : String(value);
}
