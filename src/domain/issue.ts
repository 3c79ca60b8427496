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
  | 'flagged'
  | 'team';

export type SetField = 'labels' | 'versions' | 'components' | 'cycles' | 'links';

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
  /**
   * For set fields. Present: `from` and `to` are whole lists, members separated by this character.
   * Absent: the change removes the member `from` and adds the member `to`.
   */
  readonly separator?: ' ' | ',';
  readonly actor?: PersonHash;
  /** `recorded`: the tracker's history says so. `inferred`: the value at creation, worked out backwards. */
  readonly origin: 'recorded' | 'inferred';
}

/** A value and what people read for it. */
export interface NamedValue {
  readonly value: string;
  readonly name?: string;
}

/** What the tracker shows now. The past is read from events alone; see `timeline.ts`. */
export interface CurrentFields {
  readonly scalars: Readonly<Partial<Record<ScalarField, NamedValue>>>;
  readonly sets: Readonly<Partial<Record<SetField, readonly NamedValue[]>>>;
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
}
