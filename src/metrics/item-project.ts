import { scalarNow } from '#domain/field-values.ts';
import { issueRef } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** The project an item is in at the end of the view, by source and id. */
export function projectRef({ issue }: WorkItem): string {
  return issueRef(issue.source, scalarNow(issue, 'project')?.value ?? '');
}
