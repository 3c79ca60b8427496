import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Measured, Task } from './measured-process.ts';
import type { SeenRequest } from './tracker-process.ts';
import type { TrackerName } from './trackers.ts';

/** A tracker in a process of its own. */
export interface ServedTracker extends AsyncDisposable {
  readonly url: string;
  /** What was asked since this was last called. */
  readonly requests: () => Promise<readonly SeenRequest[]>;
}

/**
 * Does a task in a process of its own. `flags` are those of Node for it, as a ceiling of its heap; a process that needs
 * more than its ceiling dies, and that is an error.
 */
export async function measured(task: Task, flags: readonly string[] = []): Promise<Measured> {
  const child = fork(pathOf('./measured-process.ts'), { execArgv: [...flags] });
  child.send(task);
  const found = await answerOf(child);
  if (child.exitCode === null) await once(child, 'exit');
  return found as Measured;
}

/** Serves so many issues. */
export async function startTracker(tracker: TrackerName, issues: number): Promise<ServedTracker> {
  const flags = { execArgv: ['--max-old-space-size=8000'] };
  const child = fork(pathOf('./tracker-process.ts'), [tracker, String(issues)], flags);
  const url = (await answerOf(child)) as string;
  return {
    url,
    requests: async () => {
      child.send('requests');
      return (await answerOf(child)) as readonly SeenRequest[];
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(program, import.meta.url));
}

/** The next thing a process says; one that ends without a word is an error. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(([code, signal]) => {
    throw new Error(`the process ended with ${String(code ?? signal)}`);
  });
  try {
    const [message] = (await Promise.race([
      once(child, 'message', { signal: over.signal }),
      ended,
    ])) as unknown[];
    return message;
  } finally {
    over.abort();
    ended.catch(() => undefined);
  }
}
