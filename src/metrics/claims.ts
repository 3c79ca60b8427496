import type { Instant } from '#domain/issue.ts';
import type { Exclusion, Window } from '#domain/measurement.ts';
import { issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { administrativeClosures, isBulk } from './administrative.ts';
import { FLOW_DAYS, lookback } from './lookback.ts';
import { releases } from './release.ts';
import { reaches, requiredLevels } from './required-level.ts';

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
 * It starts at the first entry into a late stage and is not set back by moving on to active again: the claim was made.
 * It stops when the required level is reached: done, or the release of done work. Done work without a version counts as
 * released when done, since nothing says that a release was to follow. Levels above `released` leave no trace in a
 * tracker, so such claims stay open.
 * Left out, and counted: cancelled items, bulk closures, and versions released without a date.
 */
export function claims(view: TeamView): Claims {
  const { window, since } = lookback(view, FLOW_DAYS);
  const endOf = endings(view);
  const counted = new Map<string, number>();
  const found = view.items.flatMap((item): readonly Claim[] => {
    const { claimedAt, startedAt = claimedAt } = item;
    if (claimedAt === undefined || startedAt === undefined) return [];
    const { at, leftOut } = endOf(item, claimedAt);
    if ((at ?? view.asOf) <= since) return [];
    if (leftOut === undefined)
      return [{ startedAt, claimedAt, ...(at === undefined ? {} : { reachedAt: at }) }];
    counted.set(leftOut, (counted.get(leftOut) ?? 0) + 1);
    return [];
  });
  const excluded = [...counted].map(([reason, count]) => ({ reason, count }));
  return { claims: found, since, asOf: view.asOf, window, excluded };
}

/** When a claim came to an end, if it did, and why it is no part of the sample, if so. */
interface Ending {
  readonly at?: Instant | undefined;
  readonly leftOut?: 'cancelled' | 'administrative_closure' | 'release_without_date';
}

function endings(view: TeamView): (item: WorkItem, claimedAt: Instant) => Ending {
  const administrative = administrativeClosures(view);
  const required = requiredLevels(view);
  const releaseOf = releases(view);
  return (item, claimedAt) => {
    const { finishedAt, cancelledAt, issue } = item;
    if (isBulk(administrative.get(issueRef(issue.source, issue.id)))) {
      return { at: finishedAt ?? cancelledAt, leftOut: 'administrative_closure' };
    }
    if (cancelledAt !== undefined) return { at: cancelledAt, leftOut: 'cancelled' };
    const level = required(item);
    if (level === 'coded') return { at: claimedAt };
    if (finishedAt === undefined || reaches('merged', level)) return { at: finishedAt };
    if (!reaches('released', level)) return {};
    const release = releaseOf(item);
    switch (release.kind) {
      case 'released':
        return { at: release.at };
      case 'untracked':
        return { at: finishedAt };
      case 'released_undated':
        return { at: finishedAt, leftOut: 'release_without_date' };
      case 'unreleased':
        return {};
      default:
        return release satisfies never;
    }
  };
}
