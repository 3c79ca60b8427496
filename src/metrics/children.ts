import { scalarNow } from '#domain/field-values.ts';
import { oncePer } from '#domain/once.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** The issues under each parent at the end of the view, by the parent's `issueRef`, wherever they live. */
export const childrenByParent: (view: Pick<TeamView, 'byRef'>) => ReadonlyMap<string, readonly WorkItem[]> =
  oncePer((view) => {
    const children = new Map<string, WorkItem[]>();
    for (const item of view.byRef.values()) {
      const parent = scalarNow(item.issue, 'parent');
      if (parent === undefined) continue;
      const ref = issueRef(item.issue.source, parent.value);
      const known = children.get(ref);
      if (known) known.push(item);
      else children.set(ref, [item]);
    }
    return children;
  });
