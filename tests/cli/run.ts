import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../bin/evenkeel.js', import.meta.url));

export interface Ended {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** As the kernel kills: nothing of the command's own runs any more. */
  kill(): Promise<void>;
  /** As Ctrl-C does, or as the supervisor of a service does. */
  interrupt(signal?: 'SIGINT' | 'SIGTERM'): void;
  /** What it said on stderr so far. */
  said(): string;
}

interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real command line in a process of its own, and waits for its end. */
export async function evenkeel(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return startEvenkeel(args, surroundings).ended;
}

/** Starts the real command line in a process of its own. */
export function startEvenkeel(args: readonly string[], surroundings: Surroundings): Started {
  const { PATH = '', HOME = '' } = process.env;
  // Nothing else of this process's environment: a DATABASE_URL or a token of the developer must not matter.
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd: surroundings.cwd,
    env: { PATH, HOME, ...surroundings.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]: readonly (number | null)[]) => ({
    code: code ?? null,
    out,
    err,
  }));
  return {
    ended,
    interrupt: (signal = 'SIGINT') => child.kill(signal),
    said: () => err,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
