import type { Row } from './graph.ts';
import type { RowOrder } from './row-order.ts';

/** A row and what it is ordered by. */
export interface Entry {
  readonly row: Row;
  readonly key: readonly unknown[];
}

/** Rows in order: those of a page, how many come before them, and how many there are in all. */
export interface NextRows {
  readonly page: readonly Entry[];
  readonly from: number;
  readonly total: number;
}

/**
 * The first `size` rows behind a key. A walk asks once for every page, so sorting everything each time would take
 * longer the more there is: only as many rows as a page has are kept in order.
 */
export function nextRows(
  rows: readonly Row[],
  { keyOf, compare }: RowOrder,
  size: number,
  after: readonly unknown[] | undefined,
): NextRows {
  const page: Entry[] = [];
  let from = 0;
  for (const [index, row] of rows.entries()) {
    const key = keyOf(row, index);
    if (after !== undefined && compare(key, after) <= 0) {
      from += 1;
      continue;
    }
    const last = page.at(-1);
    const isBehind = last !== undefined && compare(key, last.key) >= 0;
    if (page.length >= size && (isBehind || size === 0)) continue;
    page.splice(isBehind ? page.length : placeOf(page, key, compare), 0, { row, key });
    if (page.length > size) page.pop();
  }
  return { page, from, total: rows.length };
}

/** Where a key belongs, behind its equals. */
function placeOf(page: readonly Entry[], key: readonly unknown[], compare: RowOrder['compare']): number {
  let [low, high] = [0, page.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(page[middle]?.key ?? [], key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
