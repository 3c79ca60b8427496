import { expect } from 'vitest';
import { type CensusResult, reconcileSource } from '#pipeline/reconcile-source.ts';
import { type SyncResult, syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { TrackerError } from '#trackers/tracker-error.ts';
import type { Served, Transport } from './served.ts';

/** Reads a source from the beginning, as if it had never been read, and as a new process would. */
export async function firstSync(
  served: Served,
  store: Store,
  source: string,
  transport: Transport = {},
): Promise<SyncResult> {
  await store.forgetSource(source);
  return polled(served, store, source, transport);
}

/** A sync as a new process would do it. */
export async function polled(
  served: Served,
  store: Store,
  source: string,
  transport: Transport = {},
): Promise<SyncResult> {
  await using tracker = served.connect(source, transport);
  const result = await syncSource({ tracker, store, now: Date.now });
  if (result === undefined) throw new Error(`somebody else reads ${source}`);
  return result;
}

/** A census as a new process would take it, which believes what it sees. */
export async function counted(
  served: Served,
  store: Store,
  source: string,
  transport: Transport = {},
): Promise<CensusResult> {
  await using tracker = served.connect(source, transport);
  const census = await reconcileSource({ tracker, store, now: Date.now }, { acceptMissing: true });
  if (typeof census === 'string') throw new Error(`no census of ${source}: ${census}`);
  return census;
}

/** Lets the tracker come to rest, follows it once more, and compares. */
export async function expectFollowed(served: Served, store: Store, source: string): Promise<void> {
  served.faults.set(undefined);
  served.clock.advance(20 * 60_000);
  await polled(served, store, source);
  await counted(served, store, source);
  expect(await digestOf(store.digestLines(source))).toBe(served.digest(source));
}

/** What vanishes between two requests ends a sync with an error that names it; the next one goes on from there. */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 9; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TrackerError) || left === 0) throw error;
    }
  }
}
