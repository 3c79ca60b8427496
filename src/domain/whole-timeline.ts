import { unitedEntries } from './entries.ts';
import { held } from './field-values.ts';
import { unitedTexts } from './goal-text.ts';
import type { CurrentFields, Instant, Issue, IssueEvent, ScalarField, SetField } from './issue.ts';
import { keyChanges } from './key-changes.ts';
import { startingLinks } from './links.ts';
import { applySet, undo } from './set-changes.ts';

/**
 * Joins what is stored with what was just read: recorded events are united by the tracker's entry (a tracker may go on
 * writing in one, so the newer copy's is the whole of it), the newer copy's current values win, and the values at
 * creation are worked out again from the united history. Reading a page twice, late or out of order therefore ends in
 * the same issue.
 */
export function mergeIssues(stored: Issue, read: Issue): Issue {
  const newer = read.updatedAt >= stored.updatedAt ? read : stored;
  const older = newer === read ? stored : read;
  const gone = stored.gone ?? read.gone;
  // All claims of an issue are read at once, so that what was deleted or rewritten is among them no more.
  const claims = newer.claims ?? older.claims;
  const texts = unitedTexts(older.texts, newer.texts);
  return withTimeline(
    {
      ...newer,
      ...(gone === undefined ? {} : { gone }),
      ...(claims === undefined ? {} : { claims }),
      ...(texts === undefined ? {} : { texts }),
    },
    unitedEntries(stored, read),
  );
}

/**
 * The issue with its timeline put together: recorded events in order, those that follow from them among them, preceded
 * by the inferred values at creation. Imported histories may begin before the creation date: the start is then the first
 * recorded event.
 */
export function withTimeline(issue: Omit<Issue, 'events'>, recorded: readonly IssueEvent[]): Issue {
  const told = recorded.toSorted(compareEvents);
  const start = Math.min(issue.createdAt, told[0]?.at ?? issue.createdAt);
  const keys = keyChanges(issue.current, told, start);
  const ordered = keys.length === 0 ? told : [...told, ...keys].toSorted(compareEvents);
  return { ...issue, events: [...inferredStart(issue.current, ordered, start), ...ordered] };
}

/** Order of events: time, then the tracker's event id (numeric ids by size), then the place inside the entry. */
export function compareEvents(a: IssueEvent, b: IssueEvent): number {
  return a.at - b.at || compareIds(a.eventId, b.eventId) || a.itemIndex - b.itemIndex;
}

/** Shorter ids first, then by code unit: numeric ids in numeric order, UUIDs in a stable one. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

const SCALARS: readonly ScalarField[] = [
  'status',
  'type',
  'project',
  'key',
  'title',
  'assignee',
  'reporter',
  'priority',
  'resolution',
  'parent',
  'dueDate',
  'estimate',
  'originalEstimate',
  'remainingEstimate',
  'flagged',
  'team',
  'sla',
];
const SETS: readonly SetField[] = ['labels', 'versions', 'components', 'cycles', 'links', 'mirrors'];

/**
 * Trackers do not record the values an issue was created with. A scalar began as the `from` of its first change,
 * or as its current value when it never changed; a set is worked out by undoing its changes from the current one.
 */
function inferredStart(
  current: CurrentFields,
  recorded: readonly IssueEvent[],
  at: Instant,
): readonly IssueEvent[] {
  const out: IssueEvent[] = [];
  const add = (field: string, to: string, toName: string | undefined) => {
    const event = { at, eventId: '', itemIndex: out.length, field, to, origin: 'inferred' } as const;
    out.push(toName === undefined ? event : { ...event, toName });
  };

  const changes = Map.groupBy(recorded, (event) => event.field);
  for (const field of SCALARS) {
    const first = changes.get(field)?.[0];
    const start = first ? held(first.from, first.fromName) : current.scalars[field];
    if (start) add(field, start.value, start.name);
  }
  for (const [field, now] of Object.entries(current.custom ?? {})) {
    const first = changes.get(field)?.[0];
    const start = first ? held(first.from, first.fromName) : held(now.value, now.name);
    if (start) add(field, start.value, start.name);
  }
  for (const field of SETS) {
    const own = changes.get(field) ?? [];
    // Sorted, because the order in which current members are listed depends on changes made later.
    for (const member of startingMembers(field, current, own).toSorted()) {
      add(field, member, memberName(field, member, current, own));
    }
  }
  return out;
}

function startingMembers(
  field: SetField,
  current: CurrentFields,
  changes: readonly IssueEvent[],
): readonly string[] {
  if (field === 'links') return startingLinks(current.sets.links ?? [], changes);
  const members: readonly string[] = (current.sets[field] ?? []).map((member) => member.value);
  return changes.reduceRight((left, event) => applySet(left, undo(event)), members);
}

function memberName(
  field: SetField,
  member: string,
  current: CurrentFields,
  changes: readonly IssueEvent[],
): string | undefined {
  const now = current.sets[field]?.find((candidate) => candidate.value === member)?.name;
  return now ?? changes.find((event) => event.from === member)?.fromName;
}
