import type { JiraField } from './model.ts';

/** The system fields every simulated site lists under `/field`. Add the site's custom fields behind them. */
export const SYSTEM_FIELDS: readonly JiraField[] = [
  systemField('summary', 'Summary', 'string'),
  systemField('issuetype', 'Issue Type', 'issuetype'),
  systemField('status', 'Status', 'status'),
  systemField('project', 'Project', 'project'),
  systemField('priority', 'Priority', 'priority'),
  systemField('resolution', 'Resolution', 'resolution'),
  systemField('resolutiondate', 'Resolved', 'datetime'),
  systemField('created', 'Created', 'datetime'),
  systemField('updated', 'Updated', 'datetime'),
  systemField('duedate', 'Due date', 'date'),
  systemField('assignee', 'Assignee', 'user'),
  systemField('reporter', 'Reporter', 'user'),
  systemField('creator', 'Creator', 'user'),
  systemField('labels', 'Labels', 'array', 'string'),
  systemField('components', 'Components', 'array', 'component'),
  systemField('fixVersions', 'Fix versions', 'array', 'version'),
  systemField('versions', 'Affects versions', 'array', 'version'),
  systemField('issuelinks', 'Linked Issues', 'array', 'issuelinks'),
  systemField('subtasks', 'Sub-tasks', 'array', 'issuelinks'),
  systemField('parent', 'Parent', 'issuelink'),
  systemField('description', 'Description', 'string'),
  systemField('environment', 'Environment', 'string'),
  systemField('security', 'Security Level', 'securitylevel'),
  systemField('timeestimate', 'Remaining Estimate', 'number'),
  systemField('timeoriginalestimate', 'Original estimate', 'number'),
  systemField('timespent', 'Time Spent', 'number'),
];

function systemField(id: string, name: string, type: string, items?: string): JiraField {
  return { id, name, schema: { type, ...(items === undefined ? {} : { items }), system: id } };
}
