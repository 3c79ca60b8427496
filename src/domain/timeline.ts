import type {
  CurrentFields,
  Instant,
  Issue,
  IssueEvent,
  NamedValue,
  PersonHash,
  ScalarField,
  SetField,
} from './issue.ts';

/** A stretch of time `[from, to)` in which a field had one value; `to` absent: it still has it. */
export interface Interval<V> {
  readonly from: Instant;
  readonly to?: Instant;
  readonly value: V;
}

/** What happened to an issue, and nothing of what the tracker shows today. */
export interface Timeline {
  readonly source: string;
  readonly id: string;
  readonly createdAt: Instant;
  readonly creator?: PersonHash;
  readonly events: readonly IssueEvent[];
}

/** An issue as it was known at the end of `asOf`: the events before that moment, and nothing of what came later. */
export interface IssueAsOf extends Timeline {
  readonly asOf: Instant;
}

/**
 * The issue as of a moment: events with `at < moment` count, later ones are gone, nothing is closed.
 * Undefined when the issue did not exist yet.
 *
 * Metrics take only what this returns, so they cannot see the future by accident. The law they obey:
 * `metric(asOf(X, T)) == metric(asOf(X ++ anything after T, T))`.
 */
export function asOf(issue: Timeline, moment: Instant): IssueAsOf | undefined {
  const events = issue.events.filter((event) => event.at < moment);
  if (events.length === 0 || issue.createdAt >= moment) return undefined;
  return {
    source: issue.source,
    id: issue.id,
    createdAt: issue.createdAt,
    ...(issue.creator === undefined ? {} : { creator: issue.creator }),
    asOf: moment,
    events,
  };
}

/** The values a scalar field had, oldest first, without gaps; an unset field is an interval of value undefined. */
export function scalarIntervals(
  issue: Pick<IssueAsOf, 'events'>,
  field: ScalarField,
): readonly Interval<NamedValue | undefined>[] {
  const out: Interval<NamedValue | undefined>[] = [];
  for (const event of issue.events) {
    if (event.field !== field) continue;
    push(out, event.at, held(event.to, event.toName), sameValue);
  }
  return out;
}

/** The members a set field had, oldest first. */
export function setIntervals(
  issue: Pick<IssueAsOf, 'events'>,
  field: SetField,
): readonly Interval<readonly string[]>[] {
  const out: Interval<readonly string[]>[] = [];
  let members: readonly string[] = [];
  for (const event of issue.events) {
    if (event.field !== field) continue;
    members = applySet(members, event);
    push(out, event.at, members, sameMembers);
  }
  return out;
}

/** The value of a scalar field at the end of the as-of view, with the name it was recorded under. */
export function scalarNow(issue: Pick<IssueAsOf, 'events'>, field: ScalarField): NamedValue | undefined {
  for (let i = issue.events.length - 1; i >= 0; i -= 1) {
    const event = issue.events[i];
    if (event?.field !== field) continue;
    return held(event.to, event.toName);
  }
  return undefined;
}

/** The members of a set field at the end of the as-of view. */
export function setNow(issue: Pick<IssueAsOf, 'events'>, field: SetField): readonly string[] {
  return setIntervals(issue, field).at(-1)?.value ?? [];
}

/**
 * Joins what is stored with what was just read: recorded events are united by (event id, item index), the newer
 * copy's current values win, and the values at creation are worked out again from the united history. Reading a
 * page twice, late or out of order therefore ends in the same issue.
 */
export function mergeIssues(stored: Issue, read: Issue): Issue {
  const newer = read.updatedAt >= stored.updatedAt ? read : stored;
  const older = newer === read ? stored : read;
  const recorded = new Map<string, IssueEvent>();
  for (const event of [...older.events, ...newer.events]) {
    if (event.origin === 'recorded') recorded.set(`${event.eventId}#${event.itemIndex}`, event);
  }
  return withTimeline(newer, [...recorded.values()]);
}

/** The issue with its timeline put together: recorded events in order, preceded by the inferred values at creation. */
export function withTimeline(issue: Omit<Issue, 'events'>, recorded: readonly IssueEvent[]): Issue {
  const ordered = recorded.toSorted(compareEvents);
  return { ...issue, events: [...inferredStart(issue, ordered), ...ordered] };
}

/** Order of events: time, then the tracker's event id (numeric ids by size), then the place inside the entry. */
export function compareEvents(a: IssueEvent, b: IssueEvent): number {
  return a.at - b.at || compareIds(a.eventId, b.eventId) || a.itemIndex - b.itemIndex;
}

/** Shorter ids first, then by code unit: numeric ids in numeric order, UUIDs in a stable one. */
function compareIds(a: string, b: string): number {
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
  'flagged',
  'team',
];
const SETS: readonly SetField[] = ['labels', 'versions', 'components', 'cycles', 'links'];

/**
 * Trackers do not record the values an issue was created with. A scalar began as the `from` of its first change,
 * or as its current value when it never changed; a set is worked out by undoing its changes from the current one.
 * Imported histories may begin before the creation date: the start is then the first recorded event.
 */
function inferredStart(
  issue: { readonly createdAt: Instant; readonly current: CurrentFields },
  recorded: readonly IssueEvent[],
): readonly IssueEvent[] {
  const at = Math.min(issue.createdAt, recorded[0]?.at ?? issue.createdAt);
  const out: IssueEvent[] = [];
  const add = (field: string, rest: Pick<IssueEvent, 'to' | 'toName' | 'separator'>) =>
    out.push({ at, eventId: '', itemIndex: out.length, field, ...rest, origin: 'inferred' });

  for (const field of SCALARS) {
    const first = recorded.find((event) => event.field === field);
    const start = first ? held(first.from, first.fromName) : issue.current.scalars[field];
    if (start) add(field, { to: start.value, ...(start.name === undefined ? {} : { toName: start.name }) });
  }
  for (const field of SETS) {
    // Sorted, because the order in which current members are listed depends on changes made later.
    for (const member of startingMembers(field, issue.current, recorded).toSorted()) {
      const name = memberName(field, member, issue.current, recorded);
      add(field, { to: member, ...(name === undefined ? {} : { toName: name }) });
    }
  }
  return out;
}

function startingMembers(
  field: SetField,
  current: CurrentFields,
  recorded: readonly IssueEvent[],
): readonly string[] {
  let members: readonly string[] = (current.sets[field] ?? []).map((member) => member.value);
  for (const event of recorded.toReversed()) {
    if (event.field === field) members = applySet(members, undo(event));
  }
  return members;
}

function memberName(
  field: SetField,
  member: string,
  current: CurrentFields,
  recorded: readonly IssueEvent[],
): string | undefined {
  const now = current.sets[field]?.find((candidate) => candidate.value === member)?.name;
  if (now !== undefined) return now;
  return recorded.find((event) => event.field === field && event.from === member)?.fromName;
}

function undo(event: IssueEvent): Pick<IssueEvent, 'from' | 'to' | 'separator'> {
  return {
    ...(event.to === undefined ? {} : { from: event.to }),
    ...(event.from === undefined ? {} : { to: event.from }),
    ...(event.separator === undefined ? {} : { separator: event.separator }),
  };
}

function applySet(
  members: readonly string[],
  event: Pick<IssueEvent, 'from' | 'to' | 'separator'>,
): readonly string[] {
  if (event.separator !== undefined) return splitList(event.to, event.separator);
  const without = members.filter((member) => member !== event.from);
  if (!event.to || without.includes(event.to)) return without;
  return [...without, event.to];
}

function splitList(list: string | undefined, separator: ' ' | ','): readonly string[] {
  const members = (list ?? '')
    .split(separator)
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return [...new Set(members)];
}

function push<V>(out: Interval<V>[], at: Instant, value: V, same: (a: V, b: V) => boolean): void {
  const last = out.at(-1);
  if (last) {
    if (same(last.value, value)) return;
    // Two changes in one instant: only the last of them ever held.
    if (last.from === at) out.pop();
    else out[out.length - 1] = { ...last, to: at };
    const previous = out.at(-1);
    if (previous && last.from === at && same(previous.value, value)) {
      out[out.length - 1] = { from: previous.from, value: previous.value };
      return;
    }
  }
  out.push({ from: at, value });
}

const sameValue = (a: NamedValue | undefined, b: NamedValue | undefined): boolean => a?.value === b?.value;

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));

/** Trackers clear a field by leaving the value out, or by an empty text; both mean that it is not set. */
function held(value: string | undefined, name: string | undefined): NamedValue | undefined {
  if (value === undefined || value === '') return undefined;
  return name === undefined ? { value } : { value, name };
}
