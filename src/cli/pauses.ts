import { setImmediate } from 'node:timers/promises';

/** Long enough that pausing costs nothing, short enough that nobody waits for it. */
const EVERY_MS = 100;

/**
 * A pause to make between two pieces of computing: without one no signal would be heard until all of it is through.
 * It throws what the signal was aborted with, and is over at once when the last one was a moment ago.
 */
export function pauses(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < EVERY_MS) return;
    await setImmediate();
    signal.throwIfAborted();
    last = performance.now();
  };
}
