import type { Instant } from './issue.ts';

/** What a tracker says is left of something it grants a connection: requests, points, complexity. */
export interface Allowance {
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  /** How long it takes to come back from nothing. */
  readonly windowMs: number;
  /** Bit by bit all the time, or all of it at once when it resets. */
  readonly refill: 'steadily' | 'at_reset';
  /** When it is whole again, by our clock. */
  readonly resetsAt: Instant;
  readonly observedAt: Instant;
  /** Told of, and not enforced yet: to be seen, and never waited for. */
  readonly announced?: boolean;
}

/** Until when a tracker wants to be left alone: at one of its endpoints, or altogether. */
export interface Pause {
  readonly endpoint?: string;
  readonly until: Instant;
}

/** What we have used of something since we began to count. */
export interface Spent {
  readonly resource: string;
  readonly amount: number;
  readonly since: Instant;
}

/** What is known of the limits of a source, by all processes together. */
export interface Budget {
  readonly allowances: readonly Allowance[];
  readonly pauses: readonly Pause[];
  readonly spent: readonly Spent[];
}

/** What a connection learnt of its limits since it last said so. */
export interface BudgetNews {
  readonly at: Instant;
  readonly allowances: readonly Allowance[];
  readonly pauses: readonly Pause[];
  /** By resource. */
  readonly spent: ReadonlyMap<string, number>;
}

/** The part of an allowance that a reading of everything leaves to polls and webhooks. */
const RESERVED = 0.3;

/**
 * What is left of an allowance by now, if nobody has used any of it since the tracker said.
 *
 * @example leftNow({ resource: 'requests', limit: 3600, remaining: 100, windowMs: 3600000, refill: 'steadily', resetsAt: 3500000, observedAt: 0 }, 60000) // => 160
 * @example leftNow({ resource: 'points', limit: 65000, remaining: 100, windowMs: 3600000, refill: 'at_reset', resetsAt: 500000, observedAt: 0 }, 60000) // => 100
 */
export function leftNow(allowance: Allowance, now: Instant): number {
  const { limit, remaining, windowMs, refill, resetsAt, observedAt } = allowance;
  if (now >= resetsAt) return limit;
  if (refill === 'at_reset') return remaining;
  return Math.min(limit, remaining + (limit * Math.max(0, now - observedAt)) / windowMs);
}

/**
 * How long a reading of everything has to wait, in milliseconds, before it may use `cost` of an allowance: until three
 * tenths of the whole are left beside it, so that polls and webhooks are never starved by it.
 *
 * @example paceMs({ resource: 'requests', limit: 3600, remaining: 1080, windowMs: 3600000, refill: 'steadily', resetsAt: 2520000, observedAt: 0 }, 5, 0) // => 5000
 * @example paceMs({ resource: 'points', limit: 65000, remaining: 11000, windowMs: 3600000, refill: 'at_reset', resetsAt: 600000, observedAt: 0 }, 5, 0) // => 600000
 */
export function paceMs(allowance: Allowance, cost: number, now: Instant): number {
  const { limit, windowMs, refill, resetsAt } = allowance;
  // What costs more than there ever is to spend waits until all of that is there.
  const spendable = limit * (1 - RESERVED);
  const missing = Math.min(cost, spendable) - (leftNow(allowance, now) - limit * RESERVED);
  if (missing <= 0) return 0;
  return refill === 'at_reset' ? resetsAt - now : Math.ceil((missing * windowMs) / limit);
}
