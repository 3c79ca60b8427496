import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DataFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * A data folder of its own for one test. Open to all, since under root the database runs as another user. Its end
 * fails when a database server is still at work in it: a test must not leave processes behind.
 */
export async function temporaryDataFolder(): Promise<DataFolder> {
  const path = await mkdtemp(join(realpathSync(tmpdir()), 'evenkeel-test-'));
  await chmod(path, 0o755);
  return {
    path,
    async [Symbol.asyncDispose]() {
      const left = serverProcesses(path);
      killAll(left);
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      if (left.length > 0) throw new Error(`${left.length} database processes were left behind in ${path}`);
    },
  };
}

/** The processes of every database server whose data lies under this folder. */
export function serverProcesses(folder: string): readonly number[] {
  if (process.platform !== 'linux') {
    return execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(`postgres -D ${folder}`))
      .map((line) => Number.parseInt(line, 10));
  }
  // A server's processes all work in its data directory.
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingDirectory(name).startsWith(`${folder}/`))
    .map(Number);
}

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone with the one before it.
    }
  }
}

function workingDirectory(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
