import { expect, test } from 'vitest';
import { FAULT_KINDS, type FaultKind } from '#demo/faults.ts';
import type { JiraSite } from '#demo/jira/model.ts';
import { syncSource } from '#pipeline/sync-source.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { counted, expectFollowed, firstSync, persistently, polled } from '#tests/support/served/readings.ts';
import { pick, type Served } from '#tests/support/served/served.ts';
import { serve, type TrackerName } from '#tests/support/served/trackers.ts';

// What has to hold of every tracker and every history: afterwards the store is what the tracker holds, by digest.

/** A history served as some tracker, and a store for it. */
export interface Proof {
  readonly tracker: TrackerName;
  readonly site: () => Promise<JiraSite>;
  readonly store: () => Store;
}

/** A test for each kind of fault, which strikes every request of a first sync in turn. */
export function bearsEveryFaultInAFirstSync({ tracker, site, store }: Proof): void {
  test.for([...FAULT_KINDS])(
    'though %s happens to any one request of the first sync',
    { timeout: TIMEOUT_MS },
    async (kind) => {
      const lane = async (first: number) => {
        await using served = await serve(tracker, await site());
        const source = `first-${first}`;
        const digest = served.digest(source);
        await firstSync(served, store(), source);
        const requests = served.asked().length;
        for (let request = first; request <= requests; request += LANES) {
          await struckAt(served, kind, request, () => firstSync(served, store(), source));
          expect(await digestOf(store().digestLines(source)), `${kind} at request ${request}`).toBe(digest);
        }
      };
      await Promise.all(Array.from({ length: LANES }, (_, i) => lane(i + 1)));
    },
  );
}

/** Stalls are waited for side by side. */
const LANES = 3;
const TIMEOUT_MS = 600_000;

/** The same of a poll after everything that may happen to a tracker happened, and of the census after that. */
export function bearsEveryFaultInFollowing(
  { tracker, site, store }: Proof,
  kinds: readonly FaultKind[] = FAULT_KINDS,
): void {
  test.for([...kinds])(
    'though %s happens to any one request of a poll and a census',
    { timeout: TIMEOUT_MS },
    async (kind) => {
      await using served = await serve(tracker, await site());
      const source = 'followed';
      await firstSync(served, store(), source);
      let most = 1;
      for (let request = 1; request <= most; request += 1) {
        for (const [i, happen] of Object.values(served.happenings).entries())
          happen(1_009 * request + 97 * i);
        served.clock.advance(20 * MINUTE);
        const requests = await struckAt(served, kind, request, async () => {
          await polled(served, store(), source);
          await counted(served, store(), source);
        });
        most = Math.max(most, requests - 1);
        expect(await digestOf(store().digestLines(source)), `${kind} at request ${request}`).toBe(
          served.digest(source),
        );
      }
    },
  );
}

/** Any fault at a tenth of the requests, once for each seed. */
export function bearsRandomFaults({ tracker, site, store }: Proof, seeds: readonly number[]): void {
  test(`though a tenth of the requests go wrong, in ${seeds.length} ways`, async () => {
    await using served = await serve(tracker, await site());
    const source = 'random';
    const digest = served.digest(source);
    for (const seed of seeds) {
      served.faults.set({ kind: 'rate', rate: 0.1, seed });
      await firstSync(served, store(), source);
      expect(await digestOf(store().digestLines(source)), `seed ${seed}`).toBe(digest);
    }
  });
}

/** At every request of the first sync, of a poll and of a census one of the things that may happen. */
export function bearsEditsWhileItReads({ tracker, site, store }: Proof): void {
  test('though something happens at every request while it is read', async () => {
    await using served = await serve(tracker, await site());
    const source = 'edited';
    const happenings = Object.values(served.happenings);
    let n = 0;
    const onAttempt = () => {
      n += 1;
      pick(happenings, n)?.(101 * n);
      served.clock.advance(700);
    };
    await store().forgetSource(source);
    await persistently(() => polled(served, store(), source, { onAttempt }));
    await persistently(() => polled(served, store(), source, { onAttempt }));
    await persistently(() => counted(served, store(), source, { onAttempt }));
    expect(n).toBeGreaterThan(happenings.length);
    await expectFollowed(served, store(), source);
  });
}

/** Our clock stands where it is; the tracker's an hour before or behind it. */
export function bearsAnHourOfSkew({ tracker, site, store }: Proof): void {
  test.for([
    { hours: -1, where: 'behind' },
    { hours: 1, where: 'ahead of' },
  ])('though its clock is an hour $where ours', { timeout: TIMEOUT_MS }, async ({ hours }) => {
    await using served = await serve(tracker, await site());
    const source = 'skewed';
    served.clock.advance(Date.now() + hours * 60 * MINUTE - served.clock.now());
    served.faults.set({ kind: 'rate', rate: 0.3, seed: 1, faults: ['429_retry_after', '429_bare'] });
    const { completeAsOf, spend } = await firstSync(served, store(), source);
    expect(completeAsOf).toBe(wholeSecond(served.clock.now()));
    // A moment of its clock, read by ours, would make us wait for an hour each time.
    expect(served.faults.injected.length).toBeGreaterThan(0);
    expect(spend.waitedMs).toBeLessThan(MINUTE * served.faults.injected.length);
    for (const happen of Object.values(served.happenings)) happen(10_007);
    await expectFollowed(served, store(), source);
  });
}

/** Of two workers on one source one does the work, and the other does nothing. */
export function bearsTwoWorkers({ tracker, site, store }: Proof): void {
  test('though two read it at once', async () => {
    await using served = await serve(tracker, await site());
    const source = 'twice';
    await store().forgetSource(source);
    const sync = async () => {
      await using connection = served.connect(source);
      return await syncSource({ tracker: connection, store: store(), now: Date.now });
    };
    const first = await Promise.all([sync(), sync()]);
    const asked = served.asked().length;
    expect(first.filter((result) => result !== undefined)).toHaveLength(1);
    await firstSync(served, store(), source);
    expect(served.asked().length - asked).toBe(asked);
    for (const happen of Object.values(served.happenings)) happen(10_007);
    served.clock.advance(20 * MINUTE);
    await Promise.all([sync(), sync(), sync()]);
    await expectFollowed(served, store(), source);
  });
}

const MINUTE = 60_000;

/** `Date` headers tell no more. */
function wholeSecond(instant: number): number {
  return Math.trunc(instant / 1000) * 1000;
}

/** Lets a fault strike one request of some work, makes sure that it did, and says how many requests it took. */
async function struckAt(
  served: Served,
  kind: FaultKind,
  request: number,
  work: () => Promise<unknown>,
): Promise<number> {
  const before = { asked: served.asked().length, injected: served.faults.injected.length };
  served.faults.set({ kind: 'at', request, fault: kind });
  await work();
  const requests = served.asked().length - before.asked;
  const struck = served.faults.injected.length - before.injected;
  // A page can only be repeated where one follows another, and rows only be shuffled where there are some.
  const isPossible = kind !== 'repeat_page' && kind !== 'shuffled';
  const wanted = isPossible ? [request <= requests ? 1 : 0] : [0, 1];
  expect(wanted, `${kind} at request ${request} of ${requests}`).toContain(struck);
  return requests;
}
