import { setNow } from './field-values.ts';
import { keysEver } from './present-names.ts';
import type { Reference } from './reference.ts';
import type { WorkItem } from './work-item.ts';

/** One piece of work that two trackers keep the same: by their own sync, never by a likeness of titles. */
export interface MirroredPair {
  /** The one that counts. */
  readonly counted: WorkItem;
  readonly copy: WorkItem;
}

/**
 * The pairs among some items that a tracker mirrors: one bears the address of the other, put there by the trackers'
 * integration. Of a pair the one counts whose source is named first. Several copies of one item each make a pair with it.
 */
export function mirroredPairs(
  items: readonly WorkItem[],
  references: ReadonlyMap<string, Reference>,
  sourcesInOrder: readonly string[],
): readonly MirroredPair[] {
  // Most teams have one tracker, and nothing is looked through for them.
  if (new Set(sourcesInOrder).size < 2) return [];
  const mirrors = items.filter(({ issue }) => setNow(issue, 'mirrors').length > 0);
  if (mirrors.length === 0) return [];
  const byAddress = new Map(
    items.flatMap((item) =>
      addressesOf(item, references.get(item.issue.source)).map((url) => [url, item] as const),
    ),
  );
  const place = ({ issue }: WorkItem): number => sourcesInOrder.indexOf(issue.source);
  const copies = new Map<WorkItem, WorkItem>();
  for (const item of mirrors) {
    for (const url of setNow(item.issue, 'mirrors')) {
      const other = byAddress.get(plainAddress(url));
      if (other === undefined || other.issue.source === item.issue.source) continue;
      const [counted, copy] = place(item) < place(other) ? [item, other] : [other, item];
      if (!copies.has(copy)) copies.set(copy, counted);
    }
  }
  // Each step leads to a source that is named earlier, so there is an end.
  const first = (item: WorkItem): WorkItem => {
    const other = copies.get(item);
    return other === undefined ? item : first(other);
  };
  return [...copies].map(([copy, counted]) => ({ counted: first(counted), copy }));
}

/** Where an item stands, and where it stood under the keys it had before. */
function addressesOf({ issue }: WorkItem, reference: Reference | undefined): readonly string[] {
  if (reference === undefined) return [];
  const { siteUrl, issuePath = '/browse/' } = reference;
  return keysEver(issue).map((key) => plainAddress(`${siteUrl}${issuePath}${key}`));
}

/**
 * An address as it is compared: in lower case and without what may follow the page.
 * @example plainAddress('https://Acme.atlassian.net/browse/PAY-7?focused=1#top') // => 'https://acme.atlassian.net/browse/pay-7'
 * @example plainAddress('no address') // => 'no address'
 */
export function plainAddress(url: string): string {
  if (!URL.canParse(url)) return url.toLowerCase();
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`.toLowerCase();
}
