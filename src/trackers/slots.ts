/** Hands out a fixed number of slots in the order they were asked for. */
export interface Slots {
  /** Waits for a slot; the returned function gives it back. Rejects with the signal's reason if aborted meanwhile. */
  readonly take: (signal: AbortSignal) => Promise<() => void>;
}

/** How many questions a process asks a tracker at once. */
export const REQUESTS_AT_ONCE = 5;

export function createSlots(count: number): Slots {
  let free = count;
  const queue: (() => void)[] = [];

  function giveBack(): void {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  }

  async function take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return giveBack;
    }
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const proceed = (): void => {
      signal.removeEventListener('abort', leave);
      resolve(giveBack);
    };
    const leave = (): void => {
      queue.splice(queue.indexOf(proceed), 1);
      reject(signal.reason as Error);
    };
    queue.push(proceed);
    signal.addEventListener('abort', leave, { once: true });
    return promise;
  }

  return { take };
}
