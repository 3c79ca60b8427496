/** A page of a list that is walked by `startAt`; `ceiling` is the most rows Jira gives, whatever is asked. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: { readonly startAt?: number | undefined; readonly maxResults?: number | undefined },
  ceiling: number,
): {
  readonly maxResults: number;
  readonly startAt: number;
  readonly total: number;
  readonly isLast: boolean;
  readonly values: readonly Row[];
} {
  const startAt = query.startAt ?? 0;
  const maxResults = Math.min(query.maxResults ?? 50, ceiling);
  const values = rows.slice(startAt, startAt + maxResults);
  return { maxResults, startAt, total: rows.length, isLast: startAt + values.length >= rows.length, values };
}
