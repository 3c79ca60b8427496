import type { LinkedWork } from '#domain/gate.ts';
import { oncePerView } from '#domain/once.ts';
import { fitsAny, membersWithNames } from '#domain/team.ts';
import { issueRef } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { childrenByParent } from '../children.ts';
import { linkedItem, linkSpans } from '../link-spans.ts';

/** Work that belongs to an item: linked with it at the end of the view, and what the link says of the item, or a part. */
export interface Belonging {
  readonly item: WorkItem;
  /** Absent for a part. */
  readonly link?: string;
}

/** The parts of an item, and the issues it is linked with as far as they were read. */
export const belongingWork = oncePerView((view): ((item: WorkItem) => readonly Belonging[]) => {
  const children = childrenByParent(view);
  const find = linkedItem(view);
  return (item) => {
    const parts = children.get(issueRef(item.issue.source, item.issue.id)) ?? [];
    const links = linkSpans(item, view.asOf, /./).filter(({ to }) => to === view.asOf);
    return [
      ...parts.map((part) => ({ item: part })),
      ...links.flatMap(({ key, phrase }): readonly Belonging[] => {
        const other = find(item, key);
        return other === undefined ? [] : [{ item: other, link: phrase }];
      }),
    ];
  };
});

/** Whether some work is what a gate asks to be done beside the item; capitals do not matter, and words of links may be a part. */
export function isLinkedWork({ links, types, labels }: LinkedWork, { item, link }: Belonging): boolean {
  const said = link?.toLowerCase();
  return (
    (links === undefined ||
      (said !== undefined && links.some((words) => said.includes(words.toLowerCase())))) &&
    (types === undefined || fitsAny(types, [item.type.id, item.type.name])) &&
    (labels === undefined || fitsAny(labels, membersWithNames(item.issue, 'labels')))
  );
}
