import type { JiraHistory, JiraHistoryItem, JiraIssue, JiraSite } from '#demo/jira/model.ts';
import { SYSTEM_FIELDS } from '#demo/jira/system-fields.ts';

/** 2026-03-01T00:00Z; the instants of the small site count minutes from here. */
export const START = 1_772_323_200_000;
export const MINUTE = 60_000;

/** A site of one live project, PAY, and one archived one, OLD. */
export function smallSite(issues: readonly JiraIssue[], changes: Partial<JiraSite> = {}): JiraSite {
  return {
    baseName: 'acme',
    now: START + 30 * 86_400_000,
    projects: [
      { id: '100', key: 'PAY', name: 'Payments' },
      { id: '101', key: 'OLD', name: 'Old things', state: 'archived' },
    ],
    statuses: [
      { id: '1', name: 'To Do', category: 'new' },
      { id: '3', name: 'In Progress', category: 'indeterminate' },
      { id: '5', name: 'Done', category: 'done' },
      { id: '9', name: 'Elsewhere', category: 'new', projectId: '101' },
    ],
    issueTypes: [{ id: '7', name: 'Story', hierarchyLevel: 0 }],
    fields: [
      ...SYSTEM_FIELDS,
      {
        id: 'customfield_10020',
        name: 'Sprint',
        schema: { type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint' },
      },
      { id: 'customfield_10016', name: 'Points', schema: { type: 'number', custom: 'x:jsw-story-points' } },
      { id: 'customfield_10050', name: 'Reviewers', schema: { type: 'array', items: 'user', custom: 'x:y' } },
    ],
    versions: [
      {
        id: '900',
        projectId: '100',
        name: '1.0',
        released: false,
        archived: false,
        releaseDate: '2026-03-10',
      },
    ],
    boards: [
      {
        id: 4,
        name: 'Payments',
        type: 'scrum',
        projectId: '100',
        columns: [{ name: 'Doing', statusIds: ['3'] }],
        estimationFieldId: 'customfield_10016',
      },
      { id: 5, name: 'Support', type: 'kanban', projectId: '100', columns: [] },
    ],
    sprints: [
      {
        id: 21,
        name: 'One, two',
        state: 'closed',
        boardId: 4,
        startDate: START,
        completeDate: START + MINUTE,
      },
      { id: 22, name: 'Next', state: 'future', boardId: 4 },
    ],
    issues,
    ...changes,
  };
}

/** PAY-`number`, created so many minutes after the start. */
export function smallIssue(number: number, changes: Partial<JiraIssue> = {}): JiraIssue {
  const created = START + number * MINUTE;
  return {
    id: String(1000 + number),
    key: `PAY-${number}`,
    created,
    updated: created,
    fields: {
      summary: `Issue ${number}`,
      project: { id: '100', key: 'PAY', name: 'Payments' },
      issuetype: { id: '7', name: 'Story', subtask: false, hierarchyLevel: 0 },
      status: { id: '3', name: 'In Progress' },
    },
    histories: [],
    ...changes,
  };
}

/** A history so many minutes after the start. */
export function history(id: string, minute: number, ...items: readonly JiraHistoryItem[]): JiraHistory {
  return { id, created: START + minute * MINUTE, items };
}

/** A change of status to the one with this id. */
export function statusItem(to: string): JiraHistoryItem {
  return { field: 'status', fieldtype: 'jira', fieldId: 'status', from: '1', to, toString: `status ${to}` };
}
