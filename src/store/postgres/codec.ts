import { openAbsence } from '#domain/absence.ts';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import type { IssueTable } from './tables.ts';

/**
 * How an event lies in the `events` array: by place, not by key, and without the empty places at its end. Half the
 * bytes of the keyed form and the faster of the two to store, at a thousand issues of twenty events:
 *
 *     0 at, epoch milliseconds    1 origin, "r" recorded or "i" inferred
 *     2 event id                  3 item index
 *     4 field                     5 from            6 to
 *     7 name of from              8 name of to
 *     9 actor                    10 separator
 *    11 copyUpdatedAt, epoch milliseconds
 *
 * The view `event_view` gives these places names; new ones are added at the end.
 */
export type StoredEvent = readonly (string | number | null)[];

/** What is stored of an issue, but for its source. */
export type StoredIssue = Omit<IssueTable, 'source'>;

export function encodeIssue(issue: Issue): StoredIssue {
  const { scalars } = issue.current;
  return {
    id: issue.id,
    key: scalars.key?.value ?? null,
    project_id: scalars.project?.value ?? null,
    project_ids: everIn(issue, 'project'),
    type_id: scalars.type?.value ?? null,
    status_id: scalars.status?.value ?? null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    creator: issue.creator ?? null,
    current: issue.current,
    events: issue.events.map(encodeEvent),
    team_id: scalars.team?.value ?? null,
    team_ids: everIn(issue, 'team'),
    gone: issue.gone ?? null,
    gone_since: openAbsence(issue.gone)?.since ?? null,
    claims: issue.claims ?? null,
    texts: issue.texts ?? null,
  };
}

export function decodeIssue(source: string, row: Omit<StoredIssue, DerivedColumn>): Issue {
  return {
    source,
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.creator === null ? {} : { creator: row.creator }),
    current: row.current,
    events: row.events.map(decodeEvent),
    ...(row.gone === null ? {} : { gone: row.gone }),
    ...(row.claims === null ? {} : { claims: row.claims }),
    ...(row.texts === null ? {} : { texts: row.texts }),
  };
}

/** Copies of what `current` says, for filters and for people who write SQL. */
type DerivedColumn =
  | 'key'
  | 'project_id'
  | 'project_ids'
  | 'type_id'
  | 'status_id'
  | 'team_id'
  | 'team_ids'
  | 'gone_since';

/** Every project, or team, the issue is or ever was in. */
function everIn({ current, events }: Issue, field: 'project' | 'team'): readonly string[] {
  const past = events.filter((event) => event.field === field).flatMap((event) => [event.from, event.to]);
  const all = [current.scalars[field]?.value, ...past]
    .filter((id) => id !== undefined)
    .filter((id) => id !== '');
  return [...new Set(all)].sort();
}

function encodeEvent(event: IssueEvent): StoredEvent {
  const places = [
    event.at,
    event.origin === 'inferred' ? 'i' : 'r',
    event.eventId,
    event.itemIndex,
    event.field,
    event.from ?? null,
    event.to ?? null,
    event.fromName ?? null,
    event.toName ?? null,
    event.actor ?? null,
    event.separator ?? null,
    event.copyUpdatedAt ?? null,
  ];
  while (places.at(-1) === null) places.pop();
  return places;
}

function decodeEvent(stored: StoredEvent): IssueEvent {
  const [at, origin, eventId, itemIndex, field, from, to, fromName, toName, actor, separator, copy] =
    stored as Places;
  return {
    at,
    eventId,
    itemIndex,
    field,
    ...(from == null ? {} : { from }),
    ...(to == null ? {} : { to }),
    ...(fromName == null ? {} : { fromName }),
    ...(toName == null ? {} : { toName }),
    ...(separator == null ? {} : { separator }),
    ...(actor == null ? {} : { actor }),
    ...(copy == null ? {} : { copyUpdatedAt: copy }),
    origin: origin === 'i' ? 'inferred' : 'recorded',
  };
}

type Place<T> = T | null | undefined;

type Places = readonly [
  at: number,
  origin: 'r' | 'i',
  eventId: string,
  itemIndex: number,
  field: string,
  from: Place<string>,
  to: Place<string>,
  fromName: Place<string>,
  toName: Place<string>,
  actor: Place<string>,
  separator: Place<' ' | ','>,
  copy: Place<number>,
];
