import { parseDay } from '#domain/calendar.ts';
import type { IssueType, StatusCategory, Version, WorkflowStatus } from '#domain/reference.ts';
import type { JiraIssueType, JiraProjectStatuses, JiraVersion } from './schemas.ts';

/** Every status once, however many issue types and projects share it. */
export function statusesOf(types: JiraProjectStatuses): readonly WorkflowStatus[] {
  const statuses = new Map<string, WorkflowStatus>();
  for (const { id, name, statusCategory } of types.flatMap((type) => type.statuses)) {
    statuses.set(id, { id, name, category: CATEGORIES[statusCategory?.key ?? ''] ?? 'todo' });
  }
  return [...statuses.values()];
}

/** Jira's three categories go by these keys in every language; what has none, Jira shows under "to do". */
const CATEGORIES: Readonly<Record<string, StatusCategory | undefined>> = {
  new: 'todo',
  indeterminate: 'in_progress',
  done: 'done',
};

/** Every issue type once. Where Jira does not tell the level, its own conventions do. */
export function issueTypesOf(types: readonly JiraIssueType[]): readonly IssueType[] {
  const out = new Map<string, IssueType>();
  for (const { id, name, subtask, hierarchyLevel } of types) {
    const usual = subtask === true ? -1 : /^epic$/i.test(name) ? 1 : 0;
    if (hierarchyLevel != null || !out.has(id)) out.set(id, { id, name, level: hierarchyLevel ?? usual });
  }
  return [...out.values()];
}

/** The versions of a project. */
export function versionsOf(projectId: string, versions: readonly JiraVersion[]): readonly Version[] {
  return versions.map(({ id, name, released, releaseDate }) => {
    const releaseDay = parseDay(releaseDate ?? '');
    return {
      id,
      projectId,
      name,
      released: released === true,
      ...(releaseDay === undefined ? {} : { releaseDay }),
    };
  });
}

/** The things known now, and behind them those known before that are not among them. */
export function joined<T extends { readonly id: string }>(
  now: readonly T[],
  before: readonly T[] = [],
): readonly T[] {
  const ids = new Set(now.map(({ id }) => id));
  return [...now, ...before.filter(({ id }) => !ids.has(id))];
}
