import type { LinearHistoryEntry, LinearIssue, LinearIssueFields, LinearState } from './model.ts';

/** New values for an issue's fields; an explicit `undefined` clears one. */
export type IssueChanges = { readonly [K in keyof LinearIssueFields]?: LinearIssueFields[K] | undefined };

/** What an entry says beside its id and its times. */
export type EntryContent = Omit<LinearHistoryEntry, 'id' | 'createdAt' | 'updatedAt' | 'actorId'>;

/** The issue with the new values, and all that follows from them: its dates and its `updatedAt`. */
export function changedIssue(
  issue: LinearIssue,
  changes: IssueChanges,
  now: number,
  states: readonly LinearState[],
): LinearIssue {
  const next = withValues(issue, { ...changes, updatedAt: now });
  return withValues(next, {
    ...(next.stateId === issue.stateId ? {} : stateDates(issue, next.stateId, now, states)),
    ...(next.cycleId === issue.cycleId
      ? {}
      : { addedToCycleAt: next.cycleId === undefined ? undefined : now }),
    ...(next.projectId === issue.projectId
      ? {}
      : { addedToProjectAt: next.projectId === undefined ? undefined : now }),
    ...(next.teamId === issue.teamId ? {} : { addedToTeamAt: now }),
  });
}

/** When work began, ended or was given up, as Linear keeps it: reopening forgets the end, not the beginning. */
export function stateDates(
  issue: Pick<LinearIssue, 'startedAt' | 'stateId' | 'startedTriageAt'>,
  stateId: string,
  now: number,
  states: readonly LinearState[],
): Partial<
  Record<'startedAt' | 'completedAt' | 'canceledAt' | 'startedTriageAt' | 'triagedAt', number | undefined>
> {
  const typeOf = (id: string): string | undefined => states.find((state) => state.id === id)?.type;
  const type = typeOf(stateId);
  const leavesTriage = typeOf(issue.stateId) === 'triage' && type !== 'triage';
  return {
    ...(type === 'started' && issue.startedAt === undefined ? { startedAt: now } : {}),
    completedAt: type === 'completed' ? now : undefined,
    canceledAt: type === 'canceled' || type === 'duplicate' ? now : undefined,
    ...(type === 'triage' ? { startedTriageAt: now } : {}),
    ...(leavesTriage ? { triagedAt: now } : {}),
  };
}

/** What the history tells of the way from one state of the issue to the next; undefined when it tells nothing. */
export function entryContent(before: LinearIssue, after: LinearIssue): EntryContent | undefined {
  const content: Record<string, unknown> = {};
  for (const [field, name] of RECORDED) {
    if (before[field] === after[field]) continue;
    if (before[field] !== undefined) content[`from${name}`] = before[field];
    if (after[field] !== undefined) content[`to${name}`] = after[field];
  }
  const lists = [
    ['addedLabelIds', 'removedLabelIds', before.labelIds, after.labelIds],
    ['addedToReleaseIds', 'removedFromReleaseIds', before.releaseIds ?? [], after.releaseIds ?? []],
  ] as const;
  for (const [addedName, removedName, old, current] of lists) {
    const added = current.filter((id) => !old.includes(id));
    const removed = old.filter((id) => !current.includes(id));
    if (added.length > 0) content[addedName] = added;
    if (removed.length > 0) content[removedName] = removed;
  }
  if (before.description !== after.description) content['updatedDescription'] = true;
  return Object.keys(content).length === 0 ? undefined : content;
}

/** A later change written into an entry: it keeps where each field began, and says where it is now. */
export function mergedEntry(entry: LinearHistoryEntry, later: EntryContent, now: number): LinearHistoryEntry {
  const merged: Record<string, unknown> = { ...entry, ...later, updatedAt: now };
  for (const [, name] of RECORDED) {
    const [from, to] = [`from${name}`, `to${name}`];
    const wasThere = Object.hasOwn(entry, from) || Object.hasOwn(entry, to);
    if (!wasThere) continue;
    merged[from] = Reflect.get(entry, from);
    if (Object.hasOwn(later, from) || Object.hasOwn(later, to)) merged[to] = Reflect.get(later, to);
  }
  for (const [addedName, removedName] of LISTS) {
    const added = netOf(entry[addedName], later[addedName], later[removedName]);
    const removed = netOf(entry[removedName], later[removedName], later[addedName]);
    // What came and went again is as if it had never been.
    merged[addedName] = nonEmpty(added.filter((id) => !(entry[removedName] ?? []).includes(id)));
    merged[removedName] = nonEmpty(removed.filter((id) => !(entry[addedName] ?? []).includes(id)));
  }
  merged['relationChanges'] = nonEmpty([...(entry.relationChanges ?? []), ...(later.relationChanges ?? [])]);
  return overlaid(entry, merged);
}

/** Each field whose change is recorded, and its name behind `from` and `to`. */
const RECORDED = [
  ['stateId', 'StateId'],
  ['assigneeId', 'AssigneeId'],
  ['delegateId', 'DelegateId'],
  ['cycleId', 'CycleId'],
  ['projectId', 'ProjectId'],
  ['projectMilestoneId', 'ProjectMilestoneId'],
  ['parentId', 'ParentId'],
  ['teamId', 'TeamId'],
  ['priority', 'Priority'],
  ['estimate', 'Estimate'],
  ['dueDate', 'DueDate'],
  ['title', 'Title'],
  ['slaBreachesAt', 'SlaBreachesAt'],
] as const satisfies readonly (readonly [keyof LinearIssueFields, string])[];

const LISTS = [
  ['addedLabelIds', 'removedLabelIds'],
  ['addedToReleaseIds', 'removedFromReleaseIds'],
] as const;

function netOf(
  before: readonly string[] = [],
  now: readonly string[] = [],
  undone: readonly string[] = [],
): readonly string[] {
  return [...new Set([...before.filter((id) => !undone.includes(id)), ...now])];
}

function nonEmpty<Element>(list: readonly Element[]): readonly Element[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The values laid over the entity; those that are `undefined` are taken off, for absent is what the model means. */
export function withValues<Entity extends object>(
  entity: Entity,
  values: { readonly [K in keyof Entity]?: Entity[K] | undefined },
): Entity {
  return overlaid(entity, values);
}

function overlaid<Entity extends object>(entity: Entity, values: object): Entity {
  const next: Entity = { ...entity };
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) Reflect.deleteProperty(next, key);
    else Reflect.set(next, key, value);
  }
  return next;
}
