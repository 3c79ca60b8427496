import type { JiraHistoryItem, JiraReference } from '../jira/model.ts';
import { type Draft, type DraftLink, type Edit, ordered, type Values } from './draft.ts';
import { byName, FLAGGED, POINTS, PRIORITIES, RESOLUTIONS, SPRINT, STATUSES } from './workflow.ts';

/** One save that changed something, as Jira records it, but for its id. */
export interface Saved {
  readonly edit: Edit;
  readonly items: readonly JiraHistoryItem[];
}

/** What history made of a draft, up to and including an instant. */
export interface Past {
  readonly saved: readonly Saved[];
  readonly values: Values;
  /** When the resolution it has was set. */
  readonly resolvedAt?: number;
}

/** Plays a draft's edits in their order. Every change starts from what the one before left, so histories join up. */
export function play(draft: Draft, until: number, keyOf: KeyOf): Past {
  let values = draft.start;
  let resolvedAt: number | undefined;
  const saved: Saved[] = [];
  for (const edit of ordered(draft)) {
    if (edit.at > until) break;
    const after = { ...values, ...edit.set };
    const items = changes(values, after, keyOf);
    if (items.length > 0) saved.push({ edit, items });
    if (after.resolution !== values.resolution) resolvedAt = after.resolution && edit.at;
    values = after;
  }
  return { saved, values, ...(resolvedAt === undefined ? {} : { resolvedAt }) };
}

export type KeyOf = (draft: Draft) => { readonly id: string; readonly key: string };

/** Jira's words for what differs, field by field. */
function changes(before: Values, after: Values, keyOf: KeyOf): readonly JiraHistoryItem[] {
  const parent = ({ parent }: Values): Value => {
    const issue = parent && keyOf(parent);
    return issue ? [issue.id, issue.key] : NOTHING;
  };
  return [
    ...single('status', 'status', before, after, ({ status }) => reference(byName(STATUSES, status))),
    ...single('resolution', 'resolution', before, after, ({ resolution }) =>
      resolution === undefined ? NOTHING : reference(byName(RESOLUTIONS, resolution)),
    ),
    ...single('assignee', 'assignee', before, after, ({ assignee }) =>
      assignee === undefined ? NOTHING : [assignee.accountId, assignee.displayName],
    ),
    ...single('priority', 'priority', before, after, ({ priority }) =>
      reference(byName(PRIORITIES, priority)),
    ),
    ...single('duedate', 'duedate', before, after, ({ dueDate }) =>
      dueDate === undefined ? NOTHING : [dueDate, `${dueDate} 00:00:00.0`],
    ),
    ...single('labels', 'labels', before, after, ({ labels }) => [null, labels.join(' ')]),
    ...single('IssueParentAssociation', undefined, before, after, parent),
    ...single('Story point estimate', POINTS, before, after, ({ points }) => [
      null,
      points === undefined ? null : String(points),
    ]),
    ...single('Sprint', SPRINT, before, after, ({ sprints }) => [
      sprints.map(({ id }) => id).join(', '),
      sprints.map(({ name }) => name).join(', '),
    ]),
    ...single('Flagged', FLAGGED, before, after, ({ flagged }) =>
      flagged ? ['[10019]', 'Impediment'] : [null, ''],
    ),
    ...members('Component', 'components', before.components, after.components),
    ...members('Fix Version', 'fixVersions', before.versions, after.versions),
    ...members('Link', undefined, before.links.map(linkName), after.links.map(linkName)),
  ];

  function linkName({ phrase, other }: DraftLink): JiraReference {
    const { key } = keyOf(other);
    return { id: key, name: `This issue ${phrase} ${key}` };
  }
}

/** As history writes a value: its id and its text. */
type Value = readonly [id: string | null, text: string | null];
const NOTHING: Value = [null, null];

function reference({ id, name }: JiraReference): Value {
  return [id, name];
}

/** A field whose whole value is written at every change. */
function single(
  field: string,
  fieldId: string | undefined,
  before: Values,
  after: Values,
  valueOf: (values: Values) => Value,
): readonly JiraHistoryItem[] {
  const [from, fromString] = valueOf(before);
  const [to, toText] = valueOf(after);
  if (from === to && fromString === toText) return [];
  return [{ ...named(field, fieldId), from, fromString, to, toString: toText }];
}

/** A field that is changed member by member. */
function members(
  field: string,
  fieldId: string | undefined,
  before: readonly JiraReference[],
  after: readonly JiraReference[],
): readonly JiraHistoryItem[] {
  const missing = (from: readonly JiraReference[], these: readonly JiraReference[]) =>
    these.filter(({ id }) => !from.some((other) => other.id === id));
  const name = named(field, fieldId);
  return [
    ...missing(after, before).map(({ id, name: text }) => ({
      ...name,
      from: id,
      fromString: text,
      to: null,
      toString: null,
    })),
    ...missing(before, after).map(({ id, name: text }) => ({
      ...name,
      from: null,
      fromString: null,
      to: id,
      toString: text,
    })),
  ];
}

function named(
  field: string,
  fieldId: string | undefined,
): Pick<JiraHistoryItem, 'field' | 'fieldtype' | 'fieldId'> {
  return {
    field,
    fieldtype: fieldId?.startsWith('customfield_') ? 'custom' : 'jira',
    ...(fieldId === undefined ? {} : { fieldId }),
  };
}
