/**
 * Aborted at the first SIGINT or SIGTERM, so that a command can end what it began: an embedded database left running
 * would wait for the next command to find it. A second signal ends the process at once, as impatient people expect.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    controller.abort(new StoppedError());
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

/** Resolves when the signal is aborted. */
export async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Someone stopped the command before it was through. Everything committed until then stands. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  readonly code = 'STOPPED';
  constructor() {
    super('Stopped. What was stored until then stands; the same command goes on from there.');
  }
}
