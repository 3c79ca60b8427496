import { execFile } from 'node:child_process';
import { readFile, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a server writes about itself into its data directory while it runs. */
export interface PidFile {
  readonly pid: number;
  readonly socketFolder: string;
}

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(pidFilePath(cluster), 'utf8').catch(() => '');
  // Line by line: pid, data directory, start time, port, socket directory, … The server fills it in as it starts.
  const [pid, , , , socketFolder] = text.split('\n');
  return pid && socketFolder ? { pid: Number(pid), socketFolder } : undefined;
}

/** Whether the process named in the pid file is a server on this cluster, not a stranger that got its number. */
export async function serverLives(cluster: string): Promise<boolean> {
  const text = await readFile(pidFilePath(cluster), 'utf8').catch(() => '');
  return text !== '' && isServer(Number.parseInt(text, 10), cluster);
}

export async function isServer(pid: number, cluster: string): Promise<boolean> {
  // Every process of a server has the data directory as its working directory.
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === cluster;
  const command = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(
    () => undefined,
  );
  return command !== undefined && command.stdout.includes('postgres');
}

/**
 * After a crash PostgreSQL recognises its own stale pid file by the dead process, unless the number has gone to
 * another process of the same user: common in containers, where numbers are small. Then it refuses to start, and we
 * help. Call it only when no server lives.
 */
export async function discardLeftovers(cluster: string): Promise<void> {
  const judged = await readPidFile(cluster);
  if (judged === undefined || (await isServer(judged.pid, cluster))) return;
  // Renamed and read again, since a server of another process may have written a new file between judging and acting.
  const aside = `${pidFilePath(cluster)}.stale-${process.pid}`;
  await rename(pidFilePath(cluster), aside);
  const taken = Number.parseInt(await readFile(aside, 'utf8'), 10);
  if (taken === judged.pid) {
    await rm(aside);
    await rm(join(judged.socketFolder, `${SOCKET_NAME}.lock`), { force: true });
  } else {
    await rename(aside, pidFilePath(cluster));
  }
}

/** Names the socket file; nothing listens on a port. */
export const PORT = 5432;
export const SOCKET_NAME = `.s.PGSQL.${PORT}`;

function pidFilePath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
