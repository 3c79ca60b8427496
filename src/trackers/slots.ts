import { setTimeout as delay } from 'node:timers/promises';

/** Hands out a fixed number of slots in the order they were asked for. */
export interface Slots {
  /**
   * Waits for a slot; the returned function gives it back. A part of a reading of everything (`bulk`) leaves one slot to
   * whoever asks for little. Rejects with the signal's reason if aborted meanwhile.
   */
  readonly take: (signal: AbortSignal, bulk?: boolean) => Promise<() => void>;
}

/** Takes one of the first `of` places that all processes have in common; undefined when all are taken. */
export type TakePlace = (of: number) => Promise<(() => Promise<void>) | undefined>;

/** How many questions a tracker is asked at once, by all processes together. */
export const REQUESTS_AT_ONCE = 5;

/** How often somebody looks whether another process has given a place back. */
const LOOK_EVERY_MS = 100;

/** With `takePlace` a slot is good only with a place behind it, so that all processes together have so many. */
export function createSlots(count: number, takePlace?: TakePlace): Slots {
  const most = { bulk: Math.max(1, count - 1), all: count };
  const taken = { bulk: 0, all: 0 };
  const queue: { readonly bulk: boolean; readonly proceed: () => void }[] = [];

  const isFree = (bulk: boolean): boolean => taken.all < most.all && (!bulk || taken.bulk < most.bulk);

  function occupy(bulk: boolean): void {
    taken.all += 1;
    if (bulk) taken.bulk += 1;
  }

  function giveBack(bulk: boolean): void {
    taken.all -= 1;
    if (bulk) taken.bulk -= 1;
    const next = queue.findIndex((one) => isFree(one.bulk));
    if (next >= 0) queue.splice(next, 1)[0]?.proceed();
  }

  async function ownSlot(signal: AbortSignal, bulk: boolean): Promise<void> {
    signal.throwIfAborted();
    if (isFree(bulk)) {
      occupy(bulk);
      return undefined;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const one = {
      bulk,
      proceed: (): void => {
        signal.removeEventListener('abort', leave);
        occupy(bulk);
        resolve();
      },
    };
    const leave = (): void => {
      queue.splice(queue.indexOf(one), 1);
      reject(signal.reason as Error);
    };
    queue.push(one);
    signal.addEventListener('abort', leave, { once: true });
    return promise;
  }

  async function take(signal: AbortSignal, bulk = false): Promise<() => void> {
    await ownSlot(signal, bulk);
    try {
      const leavePlace = takePlace && (await sharedPlace(takePlace, bulk ? most.bulk : most.all, signal));
      return () => {
        void leavePlace?.();
        giveBack(bulk);
      };
    } catch (error) {
      giveBack(bulk);
      throw error;
    }
  }

  return { take };
}

async function sharedPlace(
  takePlace: TakePlace,
  of: number,
  signal: AbortSignal,
): Promise<() => Promise<void>> {
  for (;;) {
    const leave = await takePlace(of);
    if (signal.aborted) await leave?.();
    signal.throwIfAborted();
    if (leave !== undefined) return leave;
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
