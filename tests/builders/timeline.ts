import { MS_PER_DAY } from '#domain/calendar.ts';
import type { Instant, Issue, IssueEvent, NamedValue, ScalarField, SetField } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { frozen } from './frozen.ts';
import { isDoneStatus, slug } from './vocabulary.ts';

/** A change besides the status path: a member of a set added or removed, an issue moved, a title rewritten. */
export interface Change {
  /** `2026-01-07`, `2026-01-07T12:00Z`, or the time since creation: `3d`. */
  readonly at: string;
  readonly field: ScalarField | SetField;
  readonly from?: string;
  readonly to?: string;
  readonly fromName?: string;
  readonly toName?: string;
  readonly actor?: string;
}

const PATH_FIELDS = ['assignee', 'priority', 'dueDate', 'estimate', 'flagged', 'team', 'parent'] as const;
const SET_FIELDS = ['labels', 'versions', 'components', 'cycles', 'links'] as const;

/**
 * Everything about an issue but its key and statuses. A scalar may take a path of its own, from creation on:
 * `assignee: 'p1'`, `assignee: '– 2d → p1 3d → p2'` (– is nobody). A parent is named by its key.
 */
export interface IssueOptions
  extends Readonly<Partial<Record<(typeof PATH_FIELDS)[number], string>>>,
    Readonly<Partial<Record<(typeof SET_FIELDS)[number], readonly string[]>>> {
  /** Creation: a day (00:00 UTC) or an instant. */
  readonly from?: string;
  readonly source?: string;
  readonly type?: string;
  readonly title?: string;
  /** Set on every entry into a status of category done, cleared on leaving it. */
  readonly resolution?: string;
  /** Who makes every change of status. */
  readonly actor?: string;
  readonly changes?: readonly Change[];
}

/** Monday, where a timeline that is told nothing begins. */
export const EPOCH = '2026-01-05';

/**
 * An issue from one line: where it was and for how long (`w`, `d`, `h`, `m`); the last status lasts.
 *
 * @example issue('PAY-1', 'Backlog 2d → In Progress 5d → Review 2d → Done', { from: '2026-01-05', assignee: 'p1' })
 */
export function issue(key: string, path: string, options: IssueOptions = {}): Issue {
  const createdAt = Date.parse(options.from ?? EPOCH);
  const [project = key] = key.split('-');
  const parts: readonly Part[] = [
    constant('key', { value: key }),
    constant('title', { value: options.title ?? `Title of ${key}` }),
    constant('project', namedBySlug(project)),
    constant('type', namedBySlug(options.type ?? 'Story')),
    ...statusAndResolution(path, createdAt, options),
    ...PATH_FIELDS.map((field) => scalarPath(field, options[field], createdAt)),
  ];
  const changes = (options.changes ?? []).map((change) => ({ ...change, at: moment(change.at, createdAt) }));
  const recorded = [...parts.flatMap((part) => part.events), ...changes.map(bare)]
    .toSorted((a, b) => a.at - b.at)
    .map((event, i): IssueEvent => ({ ...event, eventId: `${idOf(key)}e${String(i).padStart(3, '0')}` }));
  const scalars = Object.fromEntries(parts.map(({ field, now }) => [field, now]));
  for (const { field, to } of changes) {
    if (!isSet(field)) scalars[field] = to === undefined ? undefined : { value: to };
  }

  return frozen(
    withTimeline(
      {
        source: options.source ?? 'acme',
        id: idOf(key),
        createdAt,
        updatedAt: Math.max(createdAt, ...recorded.map((event) => event.at)),
        current: { scalars: withoutAbsent(scalars), sets: currentSets(options, changes) },
      },
      recorded,
    ),
  );
}

/** The immutable id of the issue with a key. It differs from the key, so that mixing them up shows. */
export function idOf(key: string): string {
  return key.toLowerCase().replace('-', '');
}

/** One field's history and what it came to. */
interface Part {
  readonly field: ScalarField;
  readonly events: readonly IssueEvent[];
  readonly now: NamedValue | undefined;
}

const constant = (field: ScalarField, now: NamedValue): Part => ({ field, events: [], now });
const namedBySlug = (name: string): NamedValue => ({ value: slug(name), name });

function statusAndResolution(path: string, createdAt: Instant, options: IssueOptions): readonly Part[] {
  const statuses = steps(path, createdAt);
  const actor = options.actor === undefined ? {} : { actor: options.actor };
  const { resolution } = options;
  const resolutionOf = ({ value }: Step) =>
    resolution !== undefined && isDoneStatus(value) ? namedBySlug(resolution) : undefined;
  return [
    moves(
      'status',
      statuses.map((step) => ({ at: step.at, value: namedBySlug(step.value) })),
      actor,
    ),
    moves(
      'resolution',
      statuses.map((step) => ({ at: step.at, value: resolutionOf(step) })),
      actor,
    ),
  ];
}

function scalarPath(field: (typeof PATH_FIELDS)[number], path: string | undefined, createdAt: Instant): Part {
  const valueOf = ({ value }: Step): NamedValue | undefined => {
    if (value === '–') return undefined;
    return field === 'parent' ? { value: idOf(value), name: value } : { value };
  };
  const values = path === undefined ? [] : steps(path, createdAt);
  return moves(
    field,
    values.map((step) => ({ at: step.at, value: valueOf(step) })),
    {},
  );
}

function moves(
  field: ScalarField,
  values: readonly { readonly at: Instant; readonly value: NamedValue | undefined }[],
  actor: Pick<IssueEvent, 'actor'>,
): Part {
  const events = values.flatMap(({ at, value: to }, i) => {
    const from = values[i - 1]?.value;
    if (i === 0 || from?.value === to?.value) return [];
    const event = { at, eventId: '', itemIndex: 0, field, origin: 'recorded' as const, ...actor };
    return [
      withoutAbsent({ ...event, from: from?.value, fromName: from?.name, to: to?.value, toName: to?.name }),
    ];
  });
  return { field, events, now: values.at(-1)?.value };
}

function bare(change: Omit<Change, 'at'> & { readonly at: Instant }): IssueEvent {
  return { ...change, eventId: '', itemIndex: 0, origin: 'recorded' };
}

function currentSets(
  options: IssueOptions,
  changes: readonly Omit<Change, 'at'>[],
): Issue['current']['sets'] {
  const sets: Partial<Record<SetField, readonly NamedValue[]>> = {};
  for (const field of SET_FIELDS) {
    const members = new Set(options[field]);
    for (const change of changes) {
      if (change.field !== field) continue;
      if (change.from !== undefined) members.delete(change.from);
      if (change.to !== undefined) members.add(change.to);
    }
    if (members.size > 0) sets[field] = [...members].map((value) => ({ value }));
  }
  return sets;
}

const isSet = (field: ScalarField | SetField): boolean => SET_FIELDS.some((known) => known === field);

interface Step {
  readonly at: Instant;
  readonly value: string;
}

function steps(path: string, start: Instant): readonly Step[] {
  let at = start;
  return path.split('→').map((part) => {
    const [, value = '', length] = /^(.*?)(?:\s+([\d.]+[wdhm]))?$/.exec(part.trim()) ?? [];
    const step = { at, value };
    at += length === undefined ? 0 : duration(length);
    return step;
  });
}

function moment(text: string, createdAt: Instant): Instant {
  return /^[\d.]+[wdhm]$/.test(text) ? createdAt + duration(text) : Date.parse(text);
}

const UNITS: Readonly<Record<string, number>> = {
  w: 7 * MS_PER_DAY,
  d: MS_PER_DAY,
  h: MS_PER_DAY / 24,
  m: MS_PER_DAY / 24 / 60,
};

function duration(text: string): number {
  return Math.round(Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? Number.NaN));
}

/** Fields that are undefined are dropped: absent and undefined are one thing to us, but not to a deep comparison. */
function withoutAbsent<T extends object>(data: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;
}
