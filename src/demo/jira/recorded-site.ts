import type { JiraField, JiraHistory, JiraHistoryItem, JiraSite } from './model.ts';
import { fieldsOfRecordedIssues } from './recorded-fields.ts';
import { newText, type RecordedHistoryItem, type RecordedIssue } from './recorded-issue.ts';
import { issueTypesOf, projectsOf, statusesOf, versionsOf } from './recorded-reference.ts';
import { sprintsAndBoardsOf } from './recorded-sprints.ts';
import { cloudFields, cloudUser } from './recorded-values.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

const DAY = 86_400_000;

/** The Cloud site that would hold these issues; its present is a day after the last thing that happened to them. */
export function siteOfRecordedIssues(issues: readonly RecordedIssue[], baseName: string): JiraSite {
  const fields = fieldsOfRecordedIssues(issues);
  const statuses = statusesOf(issues);
  const fieldIds = fieldIdsByHistoryName(fields);
  const idsByKey = new Map(issues.map(({ id, key }) => [key, id]));
  return {
    baseName,
    now: lastInstant(issues) + DAY,
    projects: projectsOf(issues),
    statuses,
    issueTypes: issueTypesOf(issues),
    fields,
    versions: versionsOf(issues),
    ...sprintsAndBoardsOf(issues, fields, statuses),
    issues: issues.map((issue) => ({
      id: issue.id,
      key: issue.key,
      created: issue.created,
      updated: issue.updated,
      fields: cloudFields(issue, fields, idsByKey),
      histories: historiesOf(issue, fieldIds),
    })),
  };
}

function lastInstant(issues: readonly RecordedIssue[]): number {
  return issues
    .flatMap(({ created, updated, histories }) => [
      created,
      updated,
      ...histories.map((history) => history.created),
    ])
    .reduce((latest, instant) => Math.max(latest, instant));
}

function historiesOf(issue: RecordedIssue, fieldIds: ReadonlyMap<string, string>): readonly JiraHistory[] {
  return issue.histories
    .map((history): JiraHistory => {
      const author = cloudUser(history.author);
      return {
        id: history.id,
        created: history.created,
        ...(author === undefined ? {} : { author }),
        items: history.items.map((item) => cloudItem(item, fieldIds)),
      };
    })
    .toSorted((a, b) => a.created - b.created);
}

function cloudItem(item: RecordedHistoryItem, fieldIds: ReadonlyMap<string, string>): JiraHistoryItem {
  const { field, from, fromString, to } = item;
  const after = newText(item);
  const fieldId = fieldIds.get(field.toLowerCase());
  return {
    field,
    fieldtype: item.fieldtype === 'custom' ? 'custom' : 'jira',
    ...(fieldId === undefined ? {} : { fieldId }),
    ...(from === undefined ? {} : { from }),
    ...(fromString === undefined ? {} : { fromString }),
    ...(to === undefined ? {} : { to }),
    ...(typeof after === 'string' || after === null ? { toString: after } : {}),
  };
}

/**
 * Lower-cased name in a history → field id. A server's histories carry no ids; Cloud's do, except for what is not a
 * field of an issue (`Link`, `Key`, `Workflow`, …) and for the parent of a sub-task.
 */
function fieldIdsByHistoryName(fields: readonly JiraField[]): ReadonlyMap<string, string> {
  const custom = fields.filter(({ schema }) => schema.custom !== undefined).toReversed();
  const system = SYSTEM_FIELDS.filter(({ id }) => id !== 'parent');
  return new Map([
    ...custom.map(({ id, name }) => [name.toLowerCase(), id] as const),
    ...system.map(({ id }) => [id.toLowerCase(), id] as const),
    ['fix version', 'fixVersions'],
    ['version', 'versions'],
    ['component', 'components'],
  ]);
}
