import { createHash, createHmac } from 'node:crypto';
import type { JiraField, JiraHistoryItem, JiraIssue, JiraSite } from './model.ts';

/** Under whose name a digest is made: persons are hashed with both, so two sources never share a person hash. */
export interface DigestIdentity {
  readonly sourceId: string;
  readonly salt: string;
}

/**
 * SHA-256 (hex) over the site's digest lines, each followed by a newline. A store that holds the whole history
 * arrives at the same 64 characters; it is computed here from the site alone, so agreement proves completeness.
 */
export function digest(site: JiraSite, identity: DigestIdentity): string {
  const hash = createHash('sha256');
  for (const line of digestLines(site, identity)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

/**
 * One compact JSON line per issue, sorted by id in code-unit order: `{id, key, type, createdAt, statusId,
 * assigneeHash, parentId, versions, labels, cycles, dueDate, events}` in that order, `null` for what is absent.
 * An event is `[at, eventId, itemIndex, field, from, to]`.
 */
export function digestLines(site: JiraSite, identity: DigestIdentity): readonly string[] {
  const fields = new Map(site.fields.map((field) => [field.id, field]));
  const sprintFieldIds = site.fields.filter((field) => wordOfSchema(field) === 'cycles').map(({ id }) => id);
  return site.issues
    .toSorted((a, b) => byCodeUnit(a.id, b.id))
    .map((issue) =>
      JSON.stringify({
        id: issue.id,
        key: issue.key,
        type: issue.fields.issuetype.name,
        createdAt: issue.created,
        statusId: issue.fields.status.id,
        assigneeHash: personHash(issue.fields.assignee?.accountId ?? null, identity),
        parentId: issue.fields.parent?.id ?? null,
        versions: (issue.fields.fixVersions ?? []).map(({ id }) => id).toSorted(byCodeUnit),
        labels: (issue.fields.labels ?? []).toSorted(byCodeUnit),
        cycles: sprintIds(issue, sprintFieldIds),
        dueDate: issue.fields.duedate ?? null,
        events: events(issue, fields, identity),
      }),
    );
}

type Event = readonly [
  at: number,
  eventId: string,
  itemIndex: number,
  field: string,
  from: string | null,
  to: string | null,
];

function events(
  issue: JiraIssue,
  fields: ReadonlyMap<string, JiraField>,
  identity: DigestIdentity,
): readonly Event[] {
  return issue.histories
    .flatMap((history) =>
      history.items.map((item, index): Event => {
        const field = item.fieldId === undefined ? undefined : fields.get(item.fieldId);
        const word = wordOf(item, field);
        const value = (id: unknown, text: unknown): string | null =>
          isPersonField(item, field)
            ? personHash(typeof id === 'string' && id !== '' ? id : null, identity)
            : shortened(word, plainValue(id, text));
        // `toString` is inherited by every object, so only the item's own properties count.
        const own = (name: 'from' | 'fromString' | 'to' | 'toString'): unknown =>
          Object.hasOwn(item, name) ? item[name] : undefined;
        const from = value(own('from'), own('fromString'));
        return [history.created, history.id, index, word, from, value(own('to'), own('toString'))];
      }),
    )
    .toSorted((a, b) => a[0] - b[0] || byNumericId(a[1], b[1]) || a[2] - b[2]);
}

type Words = ReadonlyMap<string, string>;

/** Our word for a system field, by its id. What no table lists keeps the tracker's own id or name. */
const SYSTEM_IDS: Words = new Map([
  ['status', 'status'],
  ['assignee', 'assignee'],
  ['reporter', 'reporter'],
  ['priority', 'priority'],
  ['issuetype', 'type'],
  ['project', 'project'],
  ['summary', 'title'],
  ['resolution', 'resolution'],
  ['duedate', 'dueDate'],
  ['labels', 'labels'],
  ['fixVersions', 'versions'],
  // Jira's own id would be taken for the versions that deliver.
  ['versions', 'affectsVersions'],
  ['components', 'components'],
  ['parent', 'parent'],
  ['description', 'description'],
  ['environment', 'environment'],
  ['comment', 'comment'],
]);

/** The same by lower-cased name, for changes that come without an id. */
const SYSTEM_NAMES: Words = new Map([
  ...[...SYSTEM_IDS].map(([id, word]) => [id.toLowerCase(), word] as const),
  ['fix version', 'versions'],
  ['version', 'affectsVersions'],
  ['component', 'components'],
  ['key', 'key'],
  ['link', 'links'],
  ['issueparentassociation', 'parent'],
]);

/** By the end of a custom field's type, which no translation changes. */
const CUSTOM_TYPES: Words = new Map([
  ['gh-sprint', 'cycles'],
  ['jsw-story-points', 'estimate'],
  ['gh-epic-link', 'parent'],
  ['jpo-custom-field-parent', 'parent'],
  ['atlassian-team', 'team'],
  ['rm-teams-custom-field-team', 'team'],
]);

const CUSTOM_NAMES: Words = new Map([
  ['sprint', 'cycles'],
  ['epic link', 'parent'],
  ['parent link', 'parent'],
  ['flagged', 'flagged'],
  ['story points', 'estimate'],
  ['story point estimate', 'estimate'],
]);

/** The id of a field decides; then the type of a custom field; then its name. */
function wordOf({ field: name, fieldId, fieldtype }: JiraHistoryItem, field: JiraField | undefined): string {
  return (
    (fieldId === undefined ? undefined : SYSTEM_IDS.get(fieldId)) ??
    (field === undefined ? undefined : wordOfSchema(field)) ??
    CUSTOM_NAMES.get(name.toLowerCase()) ??
    // Anyone may call a custom field "Status".
    (fieldtype === 'custom' ? undefined : SYSTEM_NAMES.get(name.toLowerCase())) ??
    fieldId ??
    name
  );
}

function wordOfSchema({ schema }: JiraField): string | undefined {
  return CUSTOM_TYPES.get(schema.custom?.split(':').at(-1) ?? '');
}

function isPersonField(
  { field: name, fieldId, fieldtype }: JiraHistoryItem,
  field: JiraField | undefined,
): boolean {
  if (PEOPLE.has(fieldId ?? name.toLowerCase())) return true;
  if (field !== undefined) return field.schema.type === 'user' || field.schema.items === 'user';
  // A custom field the site no longer lists may have held people.
  return fieldtype === 'custom' && !CUSTOM_NAMES.has(name.toLowerCase());
}

const PEOPLE: ReadonlySet<string> = new Set(['assignee', 'reporter', 'creator']);

function plainValue(id: unknown, text: unknown): string | null {
  if (typeof id === 'string') return id;
  return typeof text === 'string' && text !== '' ? text : null;
}

const FREE_TEXT: ReadonlySet<string> = new Set(['description', 'environment', 'comment']);
/** Longer values are compared by their hash: what people wrote need not be carried about. */
const LONGEST_PLAIN_VALUE = 255;

function shortened(word: string, value: string | null): string | null {
  if (value === null || (!FREE_TEXT.has(word) && value.length <= LONGEST_PLAIN_VALUE)) return value;
  return `sha256:${createHash('sha256').update(value, 'utf8').digest('hex')}`;
}

function personHash(accountId: string | null, { sourceId, salt }: DigestIdentity): string | null {
  if (accountId === null) return null;
  return createHmac('sha256', salt).update(`${sourceId}:${accountId}`).digest('hex').slice(0, 16);
}

function sprintIds(issue: JiraIssue, fieldIds: readonly string[]): readonly string[] {
  const values = fieldIds.flatMap((id): readonly unknown[] => {
    const value = issue.fields[id];
    return Array.isArray(value) ? value : [];
  });
  const ids = values.map((value) =>
    typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '',
  );
  return [...new Set(ids.filter((id) => id !== ''))].toSorted(byCodeUnit);
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byNumericId(a: string, b: string): number {
  return a.length - b.length || byCodeUnit(a, b);
}
