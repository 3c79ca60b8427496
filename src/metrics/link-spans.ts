import type { Instant } from '#domain/issue.ts';
import { linkWords, removedLink } from '#domain/links.ts';
import { oncePerView } from '#domain/once.ts';
import { keysEver } from '#domain/present-names.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import type { Span } from './spans.ts';

/** A stretch in which an item was linked to another one; an open one ends with the view. */
export interface LinkSpan extends Span {
  /** The other one's key, as it was when the link was made, or its id. */
  readonly key: string;
  /** What the link says of the item. */
  readonly phrase: string;
}

/** The stretches in which an item was linked in a way whose words fit. */
export function linkSpans(item: WorkItem, until: Instant, words: RegExp): readonly LinkSpan[] {
  const spans: LinkSpan[] = [];
  const open = new Map<string, Omit<LinkSpan, 'to'>>();
  const held = new Map<string, string>();
  for (const event of item.issue.events) {
    const { field, at, fromName = '', to, toName = '' } = event;
    if (field !== 'links') continue;
    const gone = words.test(fromName) ? removedLink(held, event) : undefined;
    const begun = gone === undefined ? undefined : open.get(gone);
    if (begun !== undefined) {
      spans.push({ ...begun, to: at });
      open.delete(begun.key);
      held.delete(begun.key);
    }
    if (to === undefined || !words.test(toName)) continue;
    open.set(to, { key: to, phrase: toName, from: at });
    held.set(to, linkWords(to, toName));
  }
  return [...spans, ...[...open.values()].map((begun) => ({ ...begun, to: until }))];
}

/** Finds the issue that a link of an item leads to, when it was read: by its id, or any key it ever had. */
export function linkedItem(view: TeamView): (item: WorkItem, key: string) => WorkItem | undefined {
  return (item, key) => itemsByKey(view).get(issueRef(item.issue.source, key));
}

/**
 * Every issue read, by its id and each key it ever had: links are written with the key of their day. Most teams link little: the
 * keys are looked through once somebody did.
 */
const itemsByKey = oncePerView((view): ReadonlyMap<string, WorkItem> => {
  const byKey = new Map<string, WorkItem>();
  for (const [ref, item] of view.byRef) {
    byKey.set(ref, item);
    for (const key of keysEver(item.issue)) byKey.set(issueRef(item.issue.source, key), item);
  }
  return byKey;
});
