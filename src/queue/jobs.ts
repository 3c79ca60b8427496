import { z } from 'zod';

/**
 * Every job there is: what it carries and how often it is tried. The queue carries intentions, never data that
 * exists nowhere else, so every job may run twice and ends the same.
 */
export const JOBS = {
  'sync-source': {
    queue: 'sync',
    payload: z.object({ source: z.string().min(1), full: z.boolean().default(false) }),
    attempts: 5,
    backoffMs: 30_000,
  },
  'assess-team': {
    queue: 'assess',
    payload: z.object({ team: z.string().min(1), asOf: z.string().optional() }),
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
  /** Enqueues a job. While one with the same `once` waits, a further one is dropped; while one runs, the last is kept. */
  add<N extends JobName>(name: N, payload: z.input<(typeof JOBS)[N]['payload']>, once: string): Promise<void>;
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
