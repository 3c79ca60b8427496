import { itemUrl, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** An item as a reader meets it: what people call it, and where to open it. */
export interface ItemRef {
  readonly key: string;
  readonly title: string;
  readonly url: string;
}

/** What stands for an item in every list. Key and title are those it had at the end of the view. */
export function itemRef(view: Pick<TeamView, 'references'>, item: WorkItem): ItemRef {
  return { key: item.key, title: item.title, url: itemUrl(view, item) };
}
