import { MOST_ROWS } from './workspace.ts';

/** How many issues to ask for next, learnt from what Linear charged for the last. */
export interface PageSize {
  readonly next: () => number;
  /** What to ask for instead of a page that Linear finds too complex. */
  readonly instead: () => number | undefined;
  /** After an answer: how many were asked for in the end, how many came, what it cost. */
  readonly learn: (answer: {
    readonly first: number;
    readonly got: number;
    readonly points: number | undefined;
  }) => void;
}

/** Most points of one question. */
export const MOST_POINTS = 10_000;
/** Pages differ; this much of the allowance is left for a heavier one. */
const SAFE_POINTS = 8_000;
/**
 * A larger page is tried after so many: if Linear refuses it, that one request is what the pages before, each two issues
 * larger than a request for every 137 needs, have saved.
 */
const PAGES_BEFORE_GROWING = 69;

/**
 * Begins with as many as can never cost too much. Linear was seen to charge for the rows there are and not for those
 * there could be, so a long walk tries larger pages, as far as the price per issue admits. If they are refused, it keeps
 * to the first size; if that is refused, to the part of it that was not.
 */
export function createPageSize(start: number): PageSize {
  let size = start;
  let most = MOST_ROWS;
  let pages = 0;
  return {
    next: () => size,
    instead: () => (size > start ? start : undefined),
    learn: ({ first, got, points }) => {
      pages += 1;
      if (first < size) {
        most = first;
        size = first;
      }
      if (pages < PAGES_BEFORE_GROWING || points === undefined || got < first) return;
      const affordable = Math.floor(SAFE_POINTS / (Math.max(1, points) / got));
      size = Math.min(Math.max(affordable, Math.min(start, most)), most);
    },
  };
}
