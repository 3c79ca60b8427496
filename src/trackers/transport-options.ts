import type { Budget, ReadLimits } from './budget.ts';
import type { Classify } from './classify.ts';
import type { Failure } from './failure.ts';
import type { Slots } from './slots.ts';

/** How one try of a request went: for progress, never for control. */
export interface Attempt {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The first try is 1. */
  readonly number: number;
  readonly failure: Failure | undefined;
  /** How long the transport waits before it tries again; undefined when it does not. */
  readonly waitMs: number | undefined;
}

export interface TransportOptions {
  /** Id of the source, for messages. */
  readonly name: string;
  /** https, or http to this machine. */
  readonly baseUrl: string;
  /** Sent with every request. Every value counts as a secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What an answer means to this tracker; the HTTP status alone decides by default. */
  readonly classify?: Classify;
  /** The limits of the connection, shared with whoever else reads the source. Default: nobody else does. */
  readonly budget?: Budget;
  /** What an answer tells of limits. Default: nothing. */
  readonly readLimits?: ReadLimits;
  /** Longest wait for the first byte of an answer, and then for the last of its body. */
  readonly timeouts?: { readonly headersMs?: number; readonly bodyMs?: number };
  /** Largest body after decompression. */
  readonly maxResponseBytes?: number;
  /** Most requests under way at once. One that waits to retry keeps its place, which slows the others down too. */
  readonly concurrency?: number;
  /** The same, shared with whoever else reads the source. Default: nobody else does. */
  readonly slots?: Slots;
  /**
   * Longest wait that the tracker or its budget may ask for within a request, milliseconds, asked whenever it does. Who
   * would have to wait longer is sent away, and told for how long. Default: half a minute, and bursts are asked again
   * after that.
   */
  readonly patience?: () => number;
  /** How often a request is sent before it is given up. */
  readonly tries?: number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly now?: () => number;
  /** A number in [0, 1). */
  readonly random?: () => number;
  readonly onAttempt?: (attempt: Attempt) => void;
}
