import { readHinted } from '#pipeline/read-hinted.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import type { Store } from '#store/store.ts';
import { counted, polled } from '#tests/support/served/readings.ts';
import { pick, rest, type Served, type Transport } from '#tests/support/served/served.ts';
import { TrackerError } from '#trackers/tracker-error.ts';

/** What a mixture is made of: a tracker, served, and a source of the store that follows it. */
export interface Followed {
  readonly served: Served;
  readonly store: Store;
  readonly source: string;
}

/** What we may do meanwhile. A failure is one that the next reading has to make good. */
export const DOINGS: Readonly<Record<string, (followed: Followed, n: number) => Promise<unknown>>> = {
  'a poll': ({ served, store, source }) => polled(served, store, source),
  'a poll through faults': ({ served, store, source }, n) => {
    served.faults.set({ kind: 'rate', rate: 0.5, seed: n, faults: QUICK });
    return polled(served, store, source);
  },
  'a poll that fails': ({ served, store, source }, n) => {
    served.faults.set({ kind: 'rate', rate: 0.5, seed: n, faults: QUICK });
    return polled(served, store, source, { tries: 1 });
  },
  'everything is read again': ({ served, store, source }) => reread(served, store, source, () => undefined),
  'everything is read again, and it is given up half way': async ({ served, store, source }, n) => {
    const stop = new AbortController();
    let left = 1 + (n % 12);
    const countDown = () => {
      left -= 1;
      if (left === 0) stop.abort(new TrackerError('unavailable', { source, message: 'Given up.' }));
    };
    await reread(served, store, source, countDown, stop.signal);
  },
  'two polls at once': async ({ served, store, source }) => {
    await Promise.allSettled([1, 2].map(() => polled(served, store, source)));
  },
  'a census': (followed) => countedIfRead(followed),
  'a census that fails': (followed, n) => {
    followed.served.faults.set({ kind: 'rate', rate: 0.5, seed: n, faults: QUICK });
    return countedIfRead(followed, { tries: 1 });
  },
  'hints at issues': async ({ served, store, source }, n) => {
    await using tracker = served.connect(source);
    const ids = served.ids();
    const some = [n, rest(n), rest(rest(n))].flatMap((m) => pick(ids, m) ?? []);
    await readHinted({ tracker, store, now: Date.now }, some);
  },
};

/** What was given up half way is counted when it has been read. */
async function countedIfRead({ served, store, source }: Followed, transport: Transport = {}): Promise<void> {
  const { walks } = await store.syncState(source);
  if (walks.length === 0) await counted(served, store, source, transport);
}

/** Those that do not stall. */
const QUICK = [
  '429_retry_after',
  '500',
  'html_200',
  'truncated_json_200',
  'cut_connection',
  'shuffled',
] as const;

async function reread(
  served: Served,
  store: Store,
  source: string,
  onAttempt: () => void,
  signal?: AbortSignal,
): Promise<void> {
  await using tracker = served.connect(source, { onAttempt });
  await syncSource({ tracker, store, now: Date.now, ...(signal ? { signal } : {}) }, { full: true });
}
