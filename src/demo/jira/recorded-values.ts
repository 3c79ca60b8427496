import type { JiraField, JiraIssueFields, JiraStatusCategory, JiraUser } from './model.ts';
import { newText, type RecordedIssue } from './recorded-issue.ts';
import { isServerSprint, parseServerSprint } from './server-sprint.ts';

/**
 * An issue's present values in the shape Jira Cloud gives them: people by account id, sprints as objects, status
 * categories by Cloud's three keys, the epic as `parent`. `idsByKey` finds the epic that is linked by its key.
 */
export function cloudFields(
  issue: RecordedIssue,
  fields: readonly JiraField[],
  idsByKey: ReadonlyMap<string, string>,
): JiraIssueFields {
  const { created: _created, updated: _updated, parent: subTaskParent, ...recorded } = issue.fields;
  const epicFieldIds = fields
    .filter(({ schema }) => schema.custom?.endsWith('gh-epic-link'))
    .map(({ id }) => id);
  const epic = epicOf(issue, epicFieldIds, idsByKey);
  const parent = referenceOf(subTaskParent) ?? epic;
  const values = Object.entries(recorded)
    .filter(([, value]) => value !== null && value !== undefined)
    // Cloud never shows a link to an epic it does not have.
    .filter(([id]) => epic !== undefined || !epicFieldIds.includes(id));
  return {
    ...Object.fromEntries(values.map(([name, value]) => [name, cloudValue(value)])),
    summary: issue.fields.summary ?? '',
    project: { ...issue.fields.project, name: issue.fields.project.name ?? issue.fields.project.key },
    status: { id: issue.fields.status.id, name: issue.fields.status.name },
    issuetype: {
      id: issue.fields.issuetype.id,
      name: issue.fields.issuetype.name,
      subtask: hierarchyLevelOf(issue.fields.issuetype) === -1,
      hierarchyLevel: hierarchyLevelOf(issue.fields.issuetype),
    },
    ...(parent === undefined ? {} : { parent }),
  };
}

/** 1 for an epic, -1 for a sub-task, 0 for the rest: a server says only which types are sub-tasks. */
export function hierarchyLevelOf(issueType: RecordedIssue['fields']['issuetype']): number {
  if (issueType['subtask'] === true) return -1;
  return issueType.name === 'Epic' ? 1 : 0;
}

/** A person as Cloud shows them. The server's user name serves as account id: it is as unique and as stable. */
export function cloudUser(value: unknown): JiraUser | undefined {
  const { name, displayName, active } = propertiesOf(value);
  if (typeof name !== 'string') return undefined;
  return {
    accountId: name,
    displayName: typeof displayName === 'string' ? displayName : name,
    active: active !== false,
  };
}

/** Cloud's category for a server's: undefined when it names none (`No Category`). */
export function cloudCategory(value: unknown): JiraStatusCategory | undefined {
  const { key } = propertiesOf(value);
  return key === 'new' || key === 'indeterminate' || key === 'done' ? key : undefined;
}

/** The properties of an object; none when the value is not one. */
export function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function cloudValue(value: unknown): unknown {
  if (isServerSprint(value)) return parseServerSprint(value);
  if (Array.isArray(value)) return value.map(cloudValue).filter((element) => element !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  if ('name' in value && 'displayName' in value) return cloudUser(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cloudValue(inner)]));
}

function referenceOf(value: unknown): { readonly id: string; readonly key: string } | undefined {
  const { id, key } = propertiesOf(value);
  return typeof id === 'string' && typeof key === 'string' ? { id, key } : undefined;
}

/** The linked epic. When it was not recorded itself, the issue's history may still know the id behind its key. */
function epicOf(
  issue: RecordedIssue,
  epicFieldIds: readonly string[],
  idsByKey: ReadonlyMap<string, string>,
): { readonly id: string; readonly key: string } | undefined {
  const key = epicFieldIds.map((id) => issue.fields[id]).find((value) => typeof value === 'string');
  if (key === undefined) return undefined;
  const id = idsByKey.get(key) ?? idInHistory(issue, key);
  return id === undefined ? undefined : { id, key };
}

function idInHistory({ histories }: RecordedIssue, key: string): string | undefined {
  const links = histories.flatMap(({ items }) => items.filter(({ field }) => field === 'Epic Link'));
  const link = links.find((item) => newText(item) === key);
  return link?.to ?? undefined;
}
