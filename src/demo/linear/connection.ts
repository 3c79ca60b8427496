import { shuffled } from '../faults.ts';
import { DEFAULT_PAGE } from './complexity.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import type { Row } from './graph.ts';
import { argumentError } from './linear-error.ts';
import { type Entry, type NextRows, nextRows } from './next-rows.ts';
import type { RowOrder } from './row-order.ts';

/** How an answer is put out of order; undefined when it is not. */
export type Disorder =
  | { readonly kind: 'repeat_page' }
  | { readonly kind: 'shuffled'; readonly seed: string };

const MOST_ROWS = 250;

/** One page of the rows, as a connection: `nodes`, `edges` and `pageInfo`. A cursor is looked up among `all`. */
export function pageOfRows(
  rows: readonly Row[],
  all: readonly Row[],
  rowOrder: RowOrder,
  args: Readonly<Record<string, unknown>>,
  disorder: Disorder | undefined,
): object {
  const { page, from, total } = walksOn(args, disorder)
    ? nextRows(rows, rowOrder, sizeOf(args['first'], 'first') ?? DEFAULT_PAGE, keyAfter(args, rowOrder, all))
    : sortedRows(rows, rowOrder, args, disorder, all);
  const cursorAt = (index: number): string | null => {
    const entry = page[index];
    return entry === undefined ? null : writeCursor({ from, next: from + index + 1, key: entry.key });
  };
  const shown = page.map(({ row }) => row);
  return {
    nodes: disorder?.kind === 'shuffled' ? shuffled(shown, disorder.seed) : shown,
    get edges() {
      return page.map(({ row }, index) => ({ node: row, cursor: cursorAt(index) }));
    },
    pageInfo: {
      hasNextPage: from + page.length < total,
      hasPreviousPage: from > 0,
      startCursor: cursorAt(0),
      endCursor: cursorAt(page.length - 1),
    },
  };
}

/** Whether a page is asked for from the front, as every walk does. */
function walksOn(args: Readonly<Record<string, unknown>>, disorder: Disorder | undefined): boolean {
  return args['before'] == null && args['last'] == null && disorder?.kind !== 'repeat_page';
}

function keyAfter(
  args: Readonly<Record<string, unknown>>,
  rowOrder: RowOrder,
  all: readonly Row[],
): readonly unknown[] | undefined {
  const after = cursorIn(args, 'after');
  return after && keyAt(after, rowOrder, all);
}

/**
 * A cursor stands for its row, wherever that is now, as in Linear: when it changes, the cursor leaps along with it. A row
 * that is gone left its place behind.
 */
function keyAt({ key }: Cursor, { keyOf }: RowOrder, all: readonly Row[]): readonly unknown[] {
  const index = all.findIndex(({ id }) => id === key.at(-1));
  const row = all[index];
  return row === undefined ? key : keyOf(row, index);
}

function sortedRows(
  rows: readonly Row[],
  rowOrder: RowOrder,
  args: Readonly<Record<string, unknown>>,
  disorder: Disorder | undefined,
  all: readonly Row[],
): NextRows {
  const sorted = rows
    .map((row, index) => ({ row, key: rowOrder.keyOf(row, index) }))
    .toSorted((a, b) => rowOrder.compare(a.key, b.key));
  const { from, to } = boundsOf(sorted, rowOrder, args, disorder, all);
  return { page: sorted.slice(from, to), from, total: sorted.length };
}

function boundsOf(
  sorted: readonly Entry[],
  rowOrder: RowOrder,
  args: Readonly<Record<string, unknown>>,
  disorder: Disorder | undefined,
  all: readonly Row[],
): { readonly from: number; readonly to: number } {
  const { compare } = rowOrder;
  const first = sizeOf(args['first'], 'first');
  const last = sizeOf(args['last'], 'last');
  const after = cursorIn(args, 'after');
  const before = cursorIn(args, 'before');
  if (disorder?.kind === 'repeat_page' && after !== undefined) return { from: after.from, to: after.next };
  const afterKey = after && keyAt(after, rowOrder, all);
  const beforeKey = before && keyAt(before, rowOrder, all);
  const begin = afterKey === undefined ? 0 : firstIndex(sorted, ({ key }) => compare(key, afterKey) > 0);
  const end =
    beforeKey === undefined ? sorted.length : firstIndex(sorted, ({ key }) => compare(key, beforeKey) >= 0);
  if (last !== undefined && first === undefined) return { from: Math.max(begin, end - last), to: end };
  return { from: begin, to: Math.min(end, begin + (first ?? DEFAULT_PAGE)) };
}

function firstIndex(sorted: readonly Entry[], test: (entry: Entry) => boolean): number {
  const index = sorted.findIndex(test);
  return index === -1 ? sorted.length : index;
}

function sizeOf(value: unknown, argument: string): number | undefined {
  if (typeof value !== 'number') return undefined;
  if (value > MOST_ROWS) throw argumentError(`${argument} must not be greater than ${MOST_ROWS}`);
  if (value < 0) throw argumentError(`${argument} must not be less than 0`);
  return value;
}

function cursorIn(args: Readonly<Record<string, unknown>>, argument: 'after' | 'before'): Cursor | undefined {
  const text = args[argument];
  return text === undefined || text === null ? undefined : readCursor(text, argument);
}
