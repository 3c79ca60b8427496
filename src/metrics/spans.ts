import { sum } from 'd3-array';
import type { Instant } from '#domain/issue.ts';

/** A stretch of time `[from, to)`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The time covered by any of some spans, each moment once, oldest first.
 *
 * @example unionOf([{ from: 3, to: 6 }, { from: 1, to: 4 }, { from: 10, to: 12 }]) // => [{ from: 1, to: 6 }, { from: 10, to: 12 }]
 */
export function unionOf(spans: readonly Span[]): readonly Span[] {
  const out: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    if (span.to <= span.from) continue;
    const last = out.at(-1);
    if (last === undefined || span.from > last.to) out.push(span);
    else if (span.to > last.to) out[out.length - 1] = { from: last.from, to: span.to };
  }
  return out;
}

/**
 * The time that is covered by both of two unions.
 *
 * @example overlap([{ from: 1, to: 6 }], [{ from: 0, to: 2 }, { from: 5, to: 9 }]) // => [{ from: 1, to: 2 }, { from: 5, to: 6 }]
 */
export function overlap(some: readonly Span[], others: readonly Span[]): readonly Span[] {
  return some.flatMap((a) =>
    others
      .map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))
      .filter(({ from, to }) => from < to),
  );
}

/** How long some spans that do not overlap are together, in milliseconds. */
export function lengthOf(spans: readonly Span[]): number {
  return sum(spans, ({ from, to }) => to - from);
}
