import { TrackerError } from './tracker-error.ts';

/**
 * Watches a walk by page tokens, which a page given twice must not upset and which must end. Tell it of every page
 * whether it brought anything new.
 */
export function endlessWalkGuard(source: string, what: string): (isNew: boolean) => void {
  let stale = 0;
  return (isNew) => {
    stale = isNew ? 0 : stale + 1;
    if (stale < MOST_STALE_PAGES) return;
    throw new TrackerError('unexpected_response', {
      source,
      message:
        `${source} kept promising more ${what} and gave ${stale} pages in a row without any. ` +
        'The next sync tries again; if it lasts, look at the status page of the tracker.',
    });
  };
}

// A tracker may leave a page empty of what the user may not see, but not many on end.
const MOST_STALE_PAGES = 10;
