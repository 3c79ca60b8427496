import { z } from 'zod';

/**
 * Every job there is: what it carries, how long it waits for more of its kind, and how often it is tried. The queue carries intentions, never data that
 * exists nowhere else, so every job may run twice and ends the same.
 */
export const JOBS = {
  'sync-source': {
    queue: 'sync',
    payload: z.object({ source: z.string().min(1), full: z.boolean().default(false) }),
    waitMs: 0,
    attempts: 5,
    backoffMs: 30_000,
  },
  'reconcile-source': {
    queue: 'reconcile',
    payload: z.object({ source: z.string().min(1) }),
    waitMs: 0,
    attempts: 3,
    backoffMs: 10 * 60_000,
  },
  /** Issues that something hinted at: whoever edits one edits it again soon, so each waits a while. */
  'read-issues': {
    queue: 'issues',
    payload: z.object({ source: z.string().min(1), ids: z.array(z.string().min(1)).min(1).max(1_000) }),
    waitMs: 10_000,
    attempts: 5,
    backoffMs: 30_000,
  },
  /** What a source says of itself, where something hinted that it changed. */
  'read-reference': {
    queue: 'issues',
    payload: z.object({ source: z.string().min(1) }),
    waitMs: 10_000,
    attempts: 5,
    backoffMs: 30_000,
  },
  /** Cycles or versions of a source, where its tracker touches no issue when they are moved. */
  'sweep-reference': {
    queue: 'issues',
    payload: z.object({ source: z.string().min(1), what: z.enum(['cycles', 'versions']) }),
    waitMs: 0,
    attempts: 5,
    backoffMs: 30_000,
  },
  'assess-team': {
    queue: 'assess',
    payload: z.object({ team: z.string().min(1), asOf: z.string().optional() }),
    waitMs: 0,
    attempts: 3,
    backoffMs: 5_000,
  },
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;
export type QueueName = (typeof JOBS)[JobName]['queue'];

/** How many jobs of a queue are in which state; failed and stalled ones must be visible. */
export interface QueueCounts {
  readonly queue: QueueName;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
}

/** A job that used up its tries. */
export interface FailedJob {
  readonly queue: QueueName;
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly reason: string;
  readonly attempts: number;
}

/** Intentions handed to workers, wherever they run. */
export interface Queue extends AsyncDisposable {
  /**
   * Enqueues a job. While one with the same `once` waits, a further one is dropped; while one runs, the last is kept.
   * `waitMs`: how long it waits for more of its kind, instead of as long as such jobs do.
   */
  add<N extends JobName>(
    name: N,
    payload: z.input<(typeof JOBS)[N]['payload']>,
    once: string,
    waitMs?: number,
  ): Promise<void>;
  /** Makes the schedules exactly these: unknown ones are removed. */
  schedule(schedules: readonly Schedule[]): Promise<void>;
  counts(): Promise<readonly QueueCounts[]>;
  failed(limit: number): Promise<readonly FailedJob[]>;
  /** Throws when the backend cannot be reached. */
  ping(): Promise<void>;
}

/** A job that returns: every so many milliseconds, or by a cron pattern in a time zone. */
export interface Schedule {
  readonly id: string;
  readonly name: JobName;
  readonly payload: unknown;
  readonly every: { readonly ms: number } | { readonly pattern: string; readonly timezone: string };
}
