import type { JiraField, JiraIssueType, JiraReference, JiraStatus } from '../jira/model.ts';
import { SYSTEM_FIELDS } from '../jira/system-fields.ts';

/** The site's one workflow, and the other lists an issue's values come from. */
export const STATUSES = [
  { id: '10000', name: 'Backlog', category: 'new' },
  { id: '10001', name: 'Selected for Development', category: 'new' },
  // Sounds late and is early: work is planned for a release before it begins.
  { id: '10006', name: 'Release Planning', category: 'indeterminate' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '10002', name: 'In Review', category: 'indeterminate' },
  { id: '10003', name: 'Ready for Release', category: 'indeterminate' },
  { id: '10004', name: 'Done', category: 'done' },
  { id: '10005', name: 'Closed', category: 'done' },
] as const satisfies readonly JiraStatus[];
export type StatusName = (typeof STATUSES)[number]['name'];

export const ISSUE_TYPES = [
  { id: '10100', name: 'Epic', hierarchyLevel: 1 },
  { id: '10101', name: 'Story', hierarchyLevel: 0 },
  { id: '10102', name: 'Task', hierarchyLevel: 0 },
  { id: '10103', name: 'Bug', hierarchyLevel: 0 },
  { id: '10104', name: 'Support', hierarchyLevel: 0 },
  { id: '10105', name: 'Sub-task', hierarchyLevel: -1 },
] as const satisfies readonly JiraIssueType[];
export type TypeName = (typeof ISSUE_TYPES)[number]['name'];

export const PRIORITIES = [
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Medium' },
  { id: '4', name: 'Low' },
] as const satisfies readonly JiraReference[];
export type PriorityName = (typeof PRIORITIES)[number]['name'];

export const RESOLUTIONS = [
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
  { id: '10002', name: 'Duplicate' },
] as const satisfies readonly JiraReference[];
export type ResolutionName = (typeof RESOLUTIONS)[number]['name'];

/** Ids of the custom fields. */
export const POINTS = 'customfield_10016';
export const SPRINT = 'customfield_10020';
export const FLAGGED = 'customfield_10021';

export const FIELDS: readonly JiraField[] = [
  ...SYSTEM_FIELDS,
  {
    id: POINTS,
    name: 'Story point estimate',
    schema: { type: 'number', custom: 'com.pyxis.greenhopper.jira:jsw-story-points' },
  },
  {
    id: SPRINT,
    name: 'Sprint',
    schema: { type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
  },
  {
    id: FLAGGED,
    name: 'Flagged',
    schema: {
      type: 'array',
      items: 'option',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes',
    },
  },
];

/** The entry of one of these lists by its name. */
export function byName<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  name: Entry['name'],
): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found === undefined) throw new RangeError(`there is no "${name}"`);
  return found;
}

export function isClosed(status: StatusName): boolean {
  return byName(STATUSES, status).category === 'done';
}
