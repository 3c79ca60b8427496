import type { Instant } from '#domain/issue.ts';
import type { Exclusion, Window } from '#domain/measurement.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { doneEndings, type Ending, endings } from './reached.ts';

/** A claim that work is nearly done, and when it came true. */
export interface Claim {
  readonly startedAt: Instant;
  readonly claimedAt: Instant;
  /** When the required level was reached; absent while it is not. */
  readonly reachedAt?: Instant;
}

export interface Claims {
  readonly claims: readonly Claim[];
  /** Claims not reached before this moment are in the sample. */
  readonly since: Instant;
  readonly asOf: Instant;
  readonly window: Window;
  readonly excluded: readonly Exclusion[];
}

/**
 * The claim-to-done clock of every item claimed nearly done and not at its required level before the last 180 days.
 *
 * It starts at the first entry into a late stage, or at the first comment that says so where comments are read, and is not
 * set back by moving on to active again: the claim was made. It stops when the required level is reached: done, the release
 * of done work, or what people and pipelines recorded. Done work without a version counts as released when done, since
 * nothing says that a release was to follow. Levels above `released` leave no trace in a tracker, so such claims stay open
 * until somebody records what shows them.
 * Of all items, or of some. Left out, and counted: cancelled items, bulk closures, and versions released without a date.
 */
export function claims(view: TeamView, isOurs?: (item: WorkItem) => boolean): Claims {
  return claimsUntil(view, endings(view), isOurs);
}

/** The same until they are called done: the last mile without waits for a release or for what comes after it. */
export function claimsToDone(view: TeamView, isOurs?: (item: WorkItem) => boolean): Claims {
  return claimsUntil(view, doneEndings(view), isOurs);
}

function claimsUntil(
  view: TeamView,
  endOf: (item: WorkItem, claimedAt: Instant | undefined) => Ending,
  isOurs: (item: WorkItem) => boolean = () => true,
): Claims {
  const { window, since } = lookback(view, FLOW_DAYS);
  const counted = new Map<string, number>();
  const found = view.items.filter(isOurs).flatMap((item): readonly Claim[] => {
    const claimedAt = firstClaim(item);
    if (claimedAt === undefined) return [];
    const { at, leftOut } = endOf(item, claimedAt);
    // What is said of work that is Done already claims nothing.
    if ((at ?? view.asOf) <= since || (at !== undefined && at < claimedAt)) return [];
    const startedAt = Math.min(item.startedAt ?? claimedAt, claimedAt);
    if (leftOut === undefined)
      return [{ startedAt, claimedAt, ...(at === undefined ? {} : { reachedAt: at }) }];
    counted.set(leftOut, (counted.get(leftOut) ?? 0) + 1);
    return [];
  });
  const excluded = [...counted].map(([reason, count]) => ({ reason, count }));
  return { claims: found, since, asOf: view.asOf, window, excluded };
}

/** When an item was first said to be nearly done: by its status, or by a comment. */
function firstClaim({ claimedAt, issue }: WorkItem): Instant | undefined {
  const [said] = issue.claims ?? [];
  return claimedAt === undefined || (said !== undefined && said.at < claimedAt) ? said?.at : claimedAt;
}
