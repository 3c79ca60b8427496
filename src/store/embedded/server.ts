import { spawn } from 'node:child_process';
import { type FileHandle, open, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';
import { notWritable, type Place } from './place.ts';
import { isServer, PORT, readPidFile } from './postmaster.ts';
import type { Programs } from './programs.ts';
import { asServerUser } from './run.ts';
import { openSocketFolder } from './socket-folder.ts';

export interface ServerProcess {
  readonly pid: number | undefined;
  hasEnded(): boolean;
  /** For a server that is of no use after all: ends it and clears away what it was given. */
  abandon(): Promise<void>;
}

/** Starts a server and returns at once: it may still be recovering, or about to give way to another one. */
export async function startServer(place: Place, programs: Programs, cluster: string): Promise<ServerProcess> {
  const socketFolder = await openSocketFolder(cluster, place.runAs);
  await using log = await openLog(place);
  const child = spawn(programs.postgres, serverFlags(cluster, socketFolder), {
    ...asServerUser(place.runAs),
    // In a session of its own: Ctrl-C in the terminal must reach us, not the server before we have closed.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    const settle = () => {
      ended = true;
      resolve();
    };
    child.once('exit', settle).once('error', settle);
  });
  child.unref();
  return {
    pid: child.pid,
    hasEnded: () => ended,
    async abandon() {
      child.ref();
      child.kill('SIGINT');
      await end;
      await removeIfEmpty(socketFolder);
    },
  };
}

/** Ends a server whose pid file is known to be its own, and waits until its processes are gone. */
export async function stopServer(cluster: string): Promise<void> {
  const server = await readPidFile(cluster);
  if (server === undefined) return;
  // PostgreSQL's "fast shutdown": open sessions are ended, everything committed is on disk.
  process.kill(server.pid, 'SIGINT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while ((await readPidFile(cluster))?.pid === server.pid || (await isServer(server.pid, cluster))) {
    if (Date.now() > deadline) {
      throw new StoreError(
        'STORE_STOP_FAILED',
        `The database server (process ${server.pid}) on ${cluster} has not stopped after ${STOP_TIMEOUT_MS / 1000} seconds. It is still writing to disk: wait for it to end before you copy or move the folder.`,
      );
    }
    await delay(10);
  }
  await removeIfEmpty(server.socketFolder);
}

export async function logTail(folder: string): Promise<string> {
  const text = await readFile(logPath(folder), 'utf8').catch(() => '');
  return text.slice(-2_000);
}

const STOP_TIMEOUT_MS = 60_000;

function serverFlags(cluster: string, socketFolder: string): readonly string[] {
  const settings = {
    // Closed to the network: the private socket folder is the only way in, and it asks for the password.
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: PORT,
    max_connections: 100,
    shared_buffers: '128MB',
    // One machine and no replicas: the log need only survive a crash. `fsync` stays on.
    wal_level: 'minimal',
    max_wal_senders: 0,
    // Our queries are short; compiling one costs more than running it.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    cluster_name: 'evenkeel',
  };
  // On the command line instead of in postgresql.conf, so that a newer evenkeel brings its own to an older cluster.
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function openLog({ folder, runAs }: Place): Promise<FileHandle> {
  try {
    const log = await open(logPath(folder), 'a', 0o600);
    if (runAs !== undefined) await log.chown(runAs.uid, runAs.gid);
    return log;
  } catch (error) {
    throw notWritable(folder, error);
  }
}

/** A socket folder is not empty when someone else has started a server meanwhile; then it is theirs. */
async function removeIfEmpty(socketFolder: string): Promise<void> {
  await rmdir(socketFolder).catch(() => undefined);
}

function logPath(folder: string): string {
  return join(folder, 'postgres.log');
}
