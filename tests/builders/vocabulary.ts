import type { IssueType, StatusCategory, WorkflowStatus } from '#domain/reference.ts';

const CATEGORIES: Readonly<Record<StatusCategory, readonly string[]>> = {
  todo: ['Backlog', 'Triage', 'To Do'],
  in_progress: ['In Progress', 'Development', 'Review', 'QA', 'Ready for Release', 'Blocked'],
  done: ['Done', 'Resolved', 'Closed', 'Released', 'Cancelled'],
};

/** The statuses that the tracker of a test knows. A path may name others: those count as deleted since. */
export const STATUSES: readonly WorkflowStatus[] = (['todo', 'in_progress', 'done'] as const).flatMap(
  (category) => CATEGORIES[category].map((name) => ({ id: slug(name), name, category })),
);

export const TYPES: readonly IssueType[] = [
  { id: 'sub-task', name: 'Sub-task', level: -1 },
  { id: 'story', name: 'Story', level: 0 },
  { id: 'bug', name: 'Bug', level: 0 },
  { id: 'epic', name: 'Epic', level: 1 },
  { id: 'initiative', name: 'Initiative', level: 2 },
];

/** The id that the builders give to what has a name: the same in every test. */
export function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

export function isDoneStatus(name: string): boolean {
  return STATUSES.some((status) => status.name === name && status.category === 'done');
}
