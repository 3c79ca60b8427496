import type { Claim } from './claim.ts';
import type { GoalText } from './goal-text.ts';

/** A moment: milliseconds since 1970-01-01T00:00Z. It becomes a calendar day only in `calendar.ts`. */
export type Instant = number;

/** A person as far as we know one: a salted hash made where the tracker is read. Never a name, key or address. */
export type PersonHash = string;

/**
 * The fields whose history means something to us. A tracker's other fields keep their own names in
 * `IssueEvent.field`, so that a history stays complete even where we read nothing from it yet.
 */
export type ScalarField =
  | 'status'
  | 'type'
  | 'project'
  | 'key'
  | 'title'
  | 'assignee'
  | 'reporter'
  | 'priority'
  | 'resolution'
  | 'parent'
  | 'dueDate'
  | 'estimate'
  // In seconds, as people said before the work and as it goes.
  | 'originalEstimate'
  | 'remainingEstimate'
  | 'flagged'
  | 'team'
  // When the promise of its service level is broken, as an ISO instant (Linear).
  | 'sla';

/** `mirrors`: addresses of the same work in another tracker, which the trackers' own sync keeps the same. */
export type SetField = 'labels' | 'versions' | 'components' | 'cycles' | 'links' | 'mirrors';

/** One change of one field of one issue. */
export interface IssueEvent {
  readonly at: Instant;
  /** The tracker's id of the history entry; several items of one entry are told apart by `itemIndex`. */
  readonly eventId: string;
  readonly itemIndex: number;
  /** A `ScalarField`, a `SetField`, or the tracker's own name of a field we do not read. */
  readonly field: string;
  readonly from?: string;
  readonly to?: string;
  /** What people read for `from` and `to` (a status name, an epic's key); never a person's name. */
  readonly fromName?: string;
  readonly toName?: string;
  /** What else `to` is or was called, a renamed label or a moved parent; added as it is read for a report. */
  readonly otherToNames?: readonly string[];
  /**
   * For set fields. Present: `from` and `to` are whole lists, members separated by this character.
   * Absent: the change removes the member `from` and adds the member `to`.
   */
  readonly separator?: ' ' | ',';
  readonly actor?: PersonHash;
  /** The `updatedAt` of the copy of the issue it was read in, where that is older than the issue's own. */
  readonly copyUpdatedAt?: Instant;
  /**
   * `recorded`: the tracker's history says so. `inferred`: worked out from what it says, as the value at creation is,
   * backwards.
   */
  readonly origin: 'recorded' | 'inferred';
}

/** A value and what people read for it. */
export interface NamedValue {
  readonly value: string;
  readonly name?: string;
  /** By what else the issue's own history may name it: keys that a linked issue had. */
  readonly aliases?: readonly string[];
}

/** What the tracker shows now. The past is read from events alone; see `timeline.ts`. */
export interface CurrentFields {
  readonly scalars: Readonly<Partial<Record<ScalarField, NamedValue>>>;
  readonly sets: Readonly<Partial<Record<SetField, readonly NamedValue[]>>>;
  /** The tracker's own fields that gates ask for, by their ids; one that holds nothing has an empty value. */
  readonly custom?: Readonly<Record<string, NamedValue>>;
  /** Keys it had before, oldest first, where the tracker names them and keeps no history of them (Linear). */
  readonly formerKeys?: readonly string[];
}

/** Why a tracker no longer shows an issue. */
export type AbsenceReason = 'deleted' | 'trashed' | 'archived' | 'access_lost';

/**
 * A time in which the tracker did not show an issue, by its own clock: from the census that missed it until it was met
 * again. Trackers keep no history of this, so we do.
 */
export interface Absence {
  readonly since: Instant;
  readonly until?: Instant;
  readonly why: AbsenceReason;
}

/**
 * A unit of work with its whole timeline, keyed by the tracker's immutable id (keys change when an issue moves).
 * `events` are ordered oldest first and begin with the inferred values at creation.
 */
export interface Issue {
  readonly source: string;
  readonly id: string;
  readonly createdAt: Instant;
  /** The tracker's own `updated`: an older copy of an issue never overwrites a newer one. */
  readonly updatedAt: Instant;
  readonly creator?: PersonHash;
  readonly current: CurrentFields;
  readonly events: readonly IssueEvent[];
  /** When the tracker did not show it, oldest first; the last lasts when it has no end. */
  readonly gone?: readonly Absence[];
  /** What its comments say of its end, oldest first; absent where comments are not read. */
  readonly claims?: readonly Claim[];
  /** What its texts said as far as we saw them, oldest first; absent where texts are not read. */
  readonly texts?: readonly GoalText[];
}
