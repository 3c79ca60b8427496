import type { Failure } from './failure.ts';

/** Longest wait inside one request. A tracker that wants longer gets its peace from the queue. */
export const LONGEST_WAIT_MS = 30_000;

/**
 * Whether a wait is one that a tracker asks for and longer than who asks it has patience for. Without a patience of its
 * own a burst is asked again after the longest wait, whatever it says.
 */
export function isBeyondPatience(failure: Failure, rest: number, patienceMs: number | undefined): boolean {
  const isAskedFor = failure.kind === 'rate_limited' || failure.retryAfterMs !== undefined;
  if (!failure.retry || !isAskedFor) return false;
  if (patienceMs !== undefined) return rest > patienceMs;
  return failure.quota === true && rest > LONGEST_WAIT_MS;
}

/**
 * How long to leave the tracker alone after failed try `n` (the first is 0), milliseconds, without jitter:
 * as long as it asks, and at least 2, 4, 8 … seconds.
 */
export function restMs(failure: Failure, n: number): number {
  return Math.max(failure.retryAfterMs ?? 0, 2_000 * 2 ** n);
}

/**
 * The rest with 0 to 30 % added by chance, so that many callers do not come back at once; at most 30 s.
 * `random` gives a number in [0, 1).
 */
export function jitteredMs(rest: number, random: () => number): number {
  return Math.min(Math.round(rest * (1 + 0.3 * random())), LONGEST_WAIT_MS);
}
