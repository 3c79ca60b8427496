import type { JiraIssue, JiraSite } from './model.ts';

/** Whether the reader is shown an issue: in a live project, and not kept back from them. */
export function sightOf({ projects }: Pick<JiraSite, 'projects'>): (issue: JiraIssue) => boolean {
  const live = new Set(projects.filter(({ state = 'live' }) => state === 'live').map(({ id }) => id));
  return ({ fields, isHidden }) => isHidden !== true && live.has(fields.project.id);
}
