import type { Instant } from '#domain/issue.ts';
import type { WorkItem } from '#domain/work-item.ts';

/** Whether something shows of an item; `since` is absent where nothing says since when. */
export type Shown =
  | { readonly kind: 'shown'; readonly since?: Instant }
  /** What would show it, in words. */
  | { readonly kind: 'lacking'; readonly what: string };

/** A question that each item answers. */
export type Ask = (item: WorkItem) => Shown;
