import { absencesAsOf, openAbsence } from './absence.ts';
import type { Claim } from './claim.ts';
import { unitedEntries } from './entries.ts';
import { type GoalText, unitedTexts } from './goal-text.ts';
import type {
  Absence,
  CurrentFields,
  Instant,
  Issue,
  IssueEvent,
  NamedValue,
  PersonHash,
  ScalarField,
  SetField,
} from './issue.ts';
import { keyChanges } from './key-changes.ts';
import { changeLinks, type HeldLinks, startingLinks } from './links.ts';
import { oncePerHistory } from './once.ts';

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
  /** When the tracker did not show it. */
  readonly gone?: readonly Absence[];
  /** What its comments say of its end. */
  readonly claims?: readonly Claim[];
  /** What its texts said, each since when. */
  readonly texts?: readonly GoalText[];
}

/**
 * An issue as it was known at some moment: the events before it, and nothing of what came later. Made by `asOf` alone.
 * The moment is not part of it, so that one to which nothing happens is the same on every day.
 */
export interface IssueAsOf extends Timeline {
  readonly [cut]: true;
}
declare const cut: unique symbol;

/**
 * The issue as of a moment: events with `at < moment` count, later ones are gone, nothing is closed.
 * Undefined when the issue did not exist yet.
 *
 * Metrics take only what this returns, so they cannot see the future by accident. The law they obey:
 * `metric(asOf(X, T)) == metric(asOf(X ++ anything after T, T))`.
 */
export function asOf(issue: Timeline, moment: Instant): IssueAsOf | undefined {
  const missed = issue.gone && absencesAsOf(issue.gone, moment);
  // What happened while it was gone was heard of later, if at all.
  const known = Math.min(moment, openAbsence(missed)?.since ?? moment);
  const gone = withArchiving(missed, issue, moment);
  // Most histories ended before: they are shared, since a copy of each would be most of what a view takes.
  const end = issue.events.findLastIndex((event) => event.at < known) + 1;
  const events = end === issue.events.length ? issue.events : issue.events.slice(0, end);
  if (events.length === 0 || issue.createdAt >= moment) return undefined;
  const then: Timeline = {
    source: issue.source,
    id: issue.id,
    createdAt: issue.createdAt,
    ...(issue.creator === undefined ? {} : { creator: issue.creator }),
    events,
    ...(gone === undefined || gone.length === 0 ? {} : { gone }),
    ...(issue.claims === undefined ? {} : { claims: issue.claims.filter(({ at }) => at < known) }),
    ...(issue.texts === undefined ? {} : { texts: issue.texts.filter(({ since }) => since < known) }),
  };
  return then as IssueAsOf;
}

/** The same of an issue as it was known later: itself, unless something became known in between. */
export function asOfEarlier(issue: IssueAsOf, moment: Instant): IssueAsOf | undefined {
  const { events, gone, claims = [], texts = [], createdAt } = issue;
  const isSame =
    gone === undefined &&
    createdAt < moment &&
    (events.at(-1)?.at ?? moment) < moment &&
    claims.every(({ at }) => at < moment) &&
    texts.every(({ since }) => since < moment);
  return isSame ? issue : asOf(issue, moment);
}

/**
 * What a tracker archives issue by issue it goes on showing, and tells of in the history (Linear): out of sight all the
 * same, from then until it is taken out again.
 */
function withArchiving(
  gone: readonly Absence[] | undefined,
  issue: Timeline,
  moment: Instant,
): readonly Absence[] | undefined {
  const last = archivings(issue, 'archived').findLast(({ at }) => at < moment);
  if (last?.to !== 'true' || openAbsence(gone) !== undefined) return gone;
  return [...(gone ?? []), { since: last.at, why: 'archived' }];
}

const archivings = oncePerHistory((issue, field: string) =>
  issue.events.filter((event) => event.field === field),
);

/** The values a scalar field had, oldest first, without gaps; an unset field is an interval of value undefined. */
export const scalarIntervals: (
  issue: Pick<IssueAsOf, 'events'>,
  field: ScalarField,
) => readonly Interval<NamedValue | undefined>[] = (issue, field) => valueIntervals(issue, field);

/** The same for a field of the tracker's own, by its id there. */
export const customIntervals: (
  issue: Pick<IssueAsOf, 'events'>,
  id: string,
) => readonly Interval<NamedValue | undefined>[] = (issue, id) => valueIntervals(issue, id);

const valueIntervals = oncePerHistory((issue, field: string) => {
  const out: Interval<NamedValue | undefined>[] = [];
  for (const event of issue.events) {
    if (event.field !== field) continue;
    push(out, event.at, held(event.to, event.toName), sameValue);
  }
  return out;
});

/** The members a set field had, oldest first. */
export const setIntervals: (
  issue: Pick<IssueAsOf, 'events'>,
  field: SetField,
) => readonly Interval<readonly string[]>[] = oncePerHistory((issue, field) => {
  const out: Interval<readonly string[]>[] = [];
  let members: readonly string[] = [];
  const links: HeldLinks = new Map();
  for (const event of issue.events) {
    if (event.field !== field) continue;
    if (field === 'links') {
      changeLinks(links, event);
      members = [...links.keys()];
    } else members = applySet(members, event);
    push(out, event.at, members, sameMembers);
  }
  return out;
});

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
