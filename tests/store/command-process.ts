import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Connection } from '#store/embedded/lease.ts';

export interface Opened {
  readonly startedHere: boolean;
  readonly connection: Connection;
}

export interface CommandProcess extends AsyncDisposable {
  readonly child: ChildProcessWithoutNullStreams;
  /** What the command got; rejects with its stderr when it ends without a database. */
  readonly opened: Promise<Opened>;
  /** Tells it to close, and waits for its end. */
  close(): Promise<void>;
  /** As the kernel kills: nothing of the command's own runs any more. */
  kill(): Promise<void>;
  ended(): Promise<void>;
}

/** Starts another process that opens the embedded database. In its own process group, like a job of a terminal. */
export function startCommand(dataDir: string, user: { readonly uid?: number } = {}): CommandProcess {
  const script = fileURLToPath(new URL('./embedded-command.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], {
    detached: true,
    stdio: 'pipe',
    ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.uid }),
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const opened = lines.next().then(async ({ value, done }) => {
    if (done !== true) return JSON.parse(value) as Opened;
    await exited;
    throw new Error(errors);
  });
  // A test that kills the command on purpose does not wait for this.
  opened.catch(() => undefined);

  const command: CommandProcess = {
    child,
    opened,
    async ended() {
      await exited;
      if (child.exitCode !== 0) throw new Error(`The command ended with ${child.exitCode}: ${errors}`);
    },
    async close() {
      child.stdin.write('close\n');
      await command.ended();
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await command.kill();
    },
  };
  return command;
}
