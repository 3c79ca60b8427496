import type { GoalText } from '#domain/goal-text.ts';
import type { Instant, Issue, IssueEvent, NamedValue, ScalarField, SetField } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';

/** A change of an issue that is being made up; what it was before is worked out when the issue is finished. */
type Planned =
  | {
      readonly at: Instant;
      readonly actor: string;
      readonly field: ScalarField;
      readonly to: NamedValue | undefined;
    }
  | {
      readonly at: Instant;
      readonly actor: string;
      readonly field: SetField;
      readonly add?: NamedValue;
      readonly remove?: NamedValue;
    };

/** An issue while it is being made up. Changes may be planned in any order. */
export interface Draft {
  readonly key: string;
  readonly id: string;
  readonly createdAt: Instant;
  readonly scalars: Readonly<Partial<Record<ScalarField, NamedValue>>>;
  readonly sets: Readonly<Partial<Record<SetField, readonly string[]>>>;
  readonly planned: Planned[];
  readonly texts: GoalText[];
}

export const SOURCE = 'acme';
const PROJECT: NamedValue = { value: 'pay', name: 'PAY' };

/** The immutable id of the issue with a key: digits, and none of the key's. */
export function idOf(key: string): string {
  const [project = '', number = '0'] = key.split('-');
  return `${project === 'PAY' ? 1 : 2}${number.padStart(6, '0')}`;
}

export function draft(
  key: string,
  createdAt: Instant,
  scalars: Draft['scalars'],
  sets: Draft['sets'] = {},
): Draft {
  return {
    key,
    id: idOf(key),
    createdAt,
    scalars: { project: PROJECT, ...scalars },
    sets,
    planned: [],
    texts: [],
  };
}

export const named = (name: string): NamedValue => ({
  value: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  name,
});

export function toParent(parent: Pick<Draft, 'id' | 'key'>): NamedValue {
  return { value: parent.id, name: parent.key };
}

export function set(
  of: Draft,
  at: Instant,
  field: ScalarField,
  to: NamedValue | undefined,
  actor = 'somebody',
): void {
  of.planned.push({ at, actor, field, to });
}

export function moveTo(of: Draft, at: Instant, status: string, actor?: string): void {
  set(of, at, 'status', named(status), actor);
}

export function add(of: Draft, at: Instant, field: SetField, member: string, name = member): void {
  of.planned.push({ at, actor: 'somebody', field, add: { value: member, name } });
}

export function remove(of: Draft, at: Instant, field: SetField, member: string, name = member): void {
  of.planned.push({ at, actor: 'somebody', field, remove: { value: member, name } });
}

/** The issue with its history, as a reader of a tracker would hand it on. */
export function issueOf(of: Draft): Issue {
  const scalars: Partial<Record<ScalarField, NamedValue>> = {
    key: { value: of.key },
    title: { value: `Title of ${of.key}` },
    ...of.scalars,
  };
  const sets: Partial<Record<SetField, readonly string[]>> = { ...of.sets };
  const events: IssueEvent[] = [];
  of.planned
    .toSorted((a, b) => a.at - b.at)
    .forEach((change, i) => {
      const { at, actor, field } = change;
      const base = { at, actor, field, eventId: String(1000 + i), itemIndex: 0, origin: 'recorded' } as const;
      if ('to' in change) {
        const [from, to] = [scalars[change.field], change.to];
        if (from?.value === to?.value) return;
        events.push({ ...base, ...ends('from', from), ...ends('to', to) });
        if (to === undefined) delete scalars[change.field];
        else scalars[change.field] = to;
        return;
      }
      const { add: more, remove: less } = change;
      const left = (sets[change.field] ?? []).filter((one) => one !== less?.value && one !== more?.value);
      sets[change.field] = more === undefined ? left : [...left, more.value];
      events.push({ ...base, ...ends('from', less), ...ends('to', more) });
    });
  return withTimeline(
    {
      source: SOURCE,
      id: of.id,
      createdAt: of.createdAt,
      updatedAt: Math.max(of.createdAt, ...events.map(({ at }) => at)),
      current: {
        scalars,
        sets: Object.fromEntries(
          Object.entries(sets).map(([field, members]) => [field, members.map((value) => ({ value }))]),
        ),
      },
      ...(of.texts.length === 0 ? {} : { texts: of.texts }),
    },
    events,
  );
}

function ends(end: 'from' | 'to', value: NamedValue | undefined) {
  if (value === undefined) return {};
  return end === 'from'
    ? { from: value.value, ...(value.name === undefined ? {} : { fromName: value.name }) }
    : { to: value.value, ...(value.name === undefined ? {} : { toName: value.name }) };
}
