import {
  byCodeUnit,
  compareEvents,
  type DigestEvent,
  type DigestIdentity,
  digestOfLines,
  hashedText,
  LONGEST_PLAIN_VALUE,
  personHash,
} from '../digest.ts';
import type { JiraField, JiraHistoryItem, JiraIssue, JiraSite } from './model.ts';
import { sightOf } from './sight.ts';

/**
 * SHA-256 (hex) over the site's digest lines, each followed by a newline. A store that holds the whole history
 * arrives at the same 64 characters; it is computed here from the site alone, so agreement proves completeness.
 */
export function digest(site: JiraSite, identity: DigestIdentity): string {
  return digestOfLines(digestLines(site, identity));
}

/**
 * One compact JSON line per issue the reader is shown, sorted by id in code-unit order: `{id, key, type, createdAt, statusId,
 * assigneeHash, parentId, versions, labels, cycles, dueDate, events}` in that order, `null` for what is absent.
 * An event is `[at, eventId, itemIndex, field, from, to]`.
 */
export function digestLines(site: JiraSite, identity: DigestIdentity): readonly string[] {
  const fields = new Map(site.fields.map((field) => [field.id, field]));
  const estimates = new Set(site.boards.map(({ estimationFieldId }) => estimationFieldId));
  const sprintFieldIds = site.fields.filter((field) => wordOfSchema(field) === 'cycles').map(({ id }) => id);
  return site.issues
    .filter(sightOf(site))
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
        events: events(issue, fields, estimates, identity),
      }),
    );
}

function events(
  issue: JiraIssue,
  fields: ReadonlyMap<string, JiraField>,
  estimates: ReadonlySet<string | undefined>,
  identity: DigestIdentity,
): readonly DigestEvent[] {
  return issue.histories
    .flatMap((history) =>
      history.items.map((item, index): DigestEvent => {
        const field = item.fieldId === undefined ? undefined : fields.get(item.fieldId);
        const word = wordOf(item, field, estimates);
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
    .toSorted(compareEvents);
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
  ['timeestimate', 'remainingEstimate'],
  ['timeoriginalestimate', 'originalEstimate'],
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

/** The id of a field decides; then the type of a custom field; then that a board estimates with it; then its name. */
function wordOf(
  { field: name, fieldId, fieldtype }: JiraHistoryItem,
  field: JiraField | undefined,
  estimates: ReadonlySet<string | undefined>,
): string {
  const isEstimate = field?.schema.custom !== undefined && estimates.has(field.id);
  return (
    (fieldId === undefined ? undefined : SYSTEM_IDS.get(fieldId)) ??
    (field === undefined ? undefined : wordOfSchema(field)) ??
    (isEstimate ? 'estimate' : undefined) ??
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
  if (typeof id === 'string' && id !== '') return id;
  if (typeof text === 'string' && text !== '') return text;
  return typeof id === 'string' ? id : null;
}

const FREE_TEXT: ReadonlySet<string> = new Set(['description', 'environment', 'comment']);

/** Longer values are compared by their hash: what people wrote need not be carried about. */
function shortened(word: string, value: string | null): string | null {
  if (value === null || (!FREE_TEXT.has(word) && value.length <= LONGEST_PLAIN_VALUE)) return value;
  return hashedText(value);
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
