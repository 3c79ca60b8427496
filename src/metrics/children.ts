import { issueRef, type TeamView } from '#domain/team-view.ts';
import { scalarNow } from '#domain/timeline.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** The issues under each parent at the end of the view, by the parent's `issueRef`, wherever they live. */
export function childrenByParent(view: Pick<TeamView, 'byRef'>): ReadonlyMap<string, readonly WorkItem[]> {
  const parentRef = ({ issue }: WorkItem) => {
    const parent = scalarNow(issue, 'parent');
    return parent && issueRef(issue.source, parent.value);
  };
  const groups = Map.groupBy(view.byRef.values(), parentRef);
  return new Map([...groups].flatMap(([ref, items]) => (ref === undefined ? [] : [[ref, items] as const])));
}
