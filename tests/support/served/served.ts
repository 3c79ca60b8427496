import type { SimulatedClock } from '#demo/clock.ts';
import type { FaultControl } from '#demo/faults.ts';
import type { LiveTracker } from '#trackers/tracker.ts';
import type { TransportOptions } from '#trackers/transport-options.ts';

/** A simulated tracker over real HTTP, whichever it is, and what a proof that nothing is missing needs of it. */
export interface Served extends AsyncDisposable {
  readonly clock: SimulatedClock;
  readonly faults: FaultControl;
  /** Every request so far: what it was for, and the points it cost where the tracker counts them. */
  readonly asked: () => readonly Asked[];
  /** Requests that broke the tracker's own documents. */
  readonly violations: readonly unknown[];
  /** Ids of everything that is there, what is hidden or in the trash among them. */
  readonly ids: () => readonly string[];
  /** What a complete store has, by the tracker's own data. */
  readonly digest: (source: string) => string;
  /** The lines that the digest is of, one per issue. */
  readonly digestLines: (source: string) => readonly string[];
  /** A connection as a new process would make it, which waits for nothing. */
  readonly connect: (source: string, transport?: Transport) => LiveTracker;
  /** As a configuration names it, with `TOKEN` in place of its `token`. */
  readonly configured: (id: string) => object;
  readonly token: string;
  /** What may happen to it; the number says to which issue, and what exactly. What makes no sense does not happen. */
  readonly happenings: Happenings;
  /** The same of what goes out of sight and is edited around that, or comes back. */
  readonly disappearances: Happenings;
}

export interface Asked {
  readonly what: string;
  readonly points: number;
}

export type Transport = Pick<TransportOptions, 'timeouts' | 'tries' | 'sleep' | 'random' | 'onAttempt'>;

export type Happenings = Readonly<Record<string, (n: number) => void>>;

export interface ServedOptions {
  /** For how long its searches do not know of a change, seconds. Default 0; Linear has no such lag. */
  readonly indexLagSeconds?: number;
  /** For how long slow answers stall, milliseconds. */
  readonly stallMilliseconds?: number;
  /** OpenAPI documents that requests are held to. Default none. */
  readonly openapi?: readonly string[];
}

/** Short enough to give a stall up, long enough for an answer of a machine that has much to do. */
export const PATIENCE: Transport = {
  sleep: () => Promise.resolve(),
  random: () => 0,
  timeouts: { headersMs: 700, bodyMs: 700 },
};
export const STALL_MS = 1_500;

/** A secret may not stand in a configuration file. */
export const TOKEN = '${TRACKER_TOKEN}';

export const SALT = 'the salt of this test';
/** More than any number of ours has digits, so that what is picked next does not depend on what was picked before. */
const SPREAD = 7;

/** Picks from a list by the lowest digits of a number. */
export function pick<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % Math.max(1, items.length)];
}

/** The number that is left for further choices. */
export function rest(n: number): number {
  return Math.floor(n / SPREAD);
}
