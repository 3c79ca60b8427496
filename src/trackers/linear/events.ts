import type { IssueEvent, PersonHash } from '#domain/issue.ts';
import { storedText } from '../stored-text.ts';
import { linkChange } from './links.ts';
import type { LinearEntry } from './schemas.ts';

/** What turning Linear's JSON into our nouns needs to know beside it. */
export interface LinearReading {
  readonly source: string;
  readonly personHash: (userId: string) => PersonHash;
  /** What people read for the id of a state, a team, a milestone; undefined when nobody said. */
  readonly nameOf: (id: string) => string | undefined;
}

type Change = Pick<IssueEvent, 'itemIndex' | 'field' | 'from' | 'to' | 'fromName' | 'toName'>;

/**
 * The changes of one entry of the history. A place inside the entry belongs to a field for good: Linear goes on
 * writing in an entry for some minutes, and what is in it already must keep its place.
 */
export function eventsOf(entry: LinearEntry, { personHash, nameOf }: LinearReading): readonly IssueEvent[] {
  const changes: Change[] = [];
  const change = (itemIndex: number, field: string, from: Value, to: Value): void => {
    if ((from ?? undefined) === (to ?? undefined)) return;
    const named = field === 'priority' ? priorityName : NAMED.has(field) ? nameOf : () => undefined;
    changes.push({ itemIndex, field, ...side('from', from, named), ...side('to', to, named) });
  };
  const person = (userId: string | null | undefined): Value => (userId ? personHash(userId) : undefined);
  const set = (firstIndex: number, field: string, removed: Ids, added: Ids): void => {
    const gone = [...(removed ?? [])].sort();
    gone.forEach((id, i) => change(firstIndex + i, field, id, undefined));
    [...(added ?? [])].sort().forEach((id, i) => change(firstIndex + gone.length + i, field, undefined, id));
  };

  change(0, 'status', entry.fromStateId, entry.toStateId);
  change(1, 'assignee', person(entry.fromAssigneeId), person(entry.toAssigneeId));
  change(2, 'cycles', entry.fromCycleId, entry.toCycleId);
  change(3, 'project', entry.fromProjectId, entry.toProjectId);
  change(4, 'parent', entry.fromParentId, entry.toParentId);
  change(5, 'team', entry.fromTeamId, entry.toTeamId);
  change(6, 'priority', numeral(entry.fromPriority), numeral(entry.toPriority));
  change(7, 'estimate', numeral(entry.fromEstimate), numeral(entry.toEstimate));
  change(8, 'dueDate', entry.fromDueDate, entry.toDueDate);
  change(9, 'title', title(entry.fromTitle), title(entry.toTitle));
  change(10, 'versions', entry.fromProjectMilestone?.id, entry.toProjectMilestone?.id);
  change(11, 'delegate', person(entry.fromDelegate?.id), person(entry.toDelegate?.id));
  if (entry.archived != null) change(12, 'archived', String(!entry.archived), String(entry.archived));
  if (entry.trashed != null) change(13, 'trashed', String(!entry.trashed), String(entry.trashed));
  change(14, 'sla', iso(entry.fromSlaBreachesAt), iso(entry.toSlaBreachesAt));
  // That it was rewritten is all Linear tells, and all we want to know.
  if (entry.updatedDescription === true) changes.push({ itemIndex: 15, field: 'description' });
  set(100, 'labels', entry.removedLabelIds, entry.addedLabelIds);
  set(300, 'versions', entry.removedFromReleaseIds, entry.addedToReleaseIds);
  entry.relationChanges?.forEach((relation, i) =>
    changes.push({ itemIndex: 500 + i, field: 'links', ...linkChange(relation) }),
  );

  const actor = entry.actorId ? { actor: personHash(entry.actorId) } : {};
  return changes.map((one) => ({
    at: entry.createdAt,
    eventId: entry.id,
    ...one,
    ...actor,
    origin: 'recorded',
  }));
}

/** Fields whose values are ids that people know by a name. */
const NAMED: ReadonlySet<string> = new Set(['status', 'project', 'parent', 'team', 'versions']);

/** What Linear calls a priority: it writes numbers alone in the history, and its label costs as much as a field. */
export const priorityName = (value: string): string | undefined => PRIORITIES[Number(value)];
const PRIORITIES = ['No priority', 'Urgent', 'High', 'Medium', 'Low'] as const;

type Value = string | null | undefined;
type Ids = readonly string[] | null | undefined;

function side(end: 'from' | 'to', value: Value, nameOf: LinearReading['nameOf']): Partial<Change> {
  if (value == null) return {};
  const name = nameOf(value);
  return { [end]: value, ...(name === undefined ? {} : { [`${end}Name`]: name }) };
}

const numeral = (value: number | null | undefined): Value => (value == null ? undefined : String(value));
const iso = (at: number | null | undefined): Value => (at == null ? undefined : new Date(at).toISOString());
const title = (value: Value): Value => (value == null ? undefined : storedText(value));
