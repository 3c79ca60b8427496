import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { StoreError } from '../store-error.ts';
import { type Cluster, DATABASE_NAME, SUPERUSER } from './cluster.ts';
import { PORT, readPidFile } from './postmaster.ts';

/** What `pg` needs to connect. */
export interface Connection {
  /** The folder of the unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The right to have the server there. Held as a lock on a session, so it ends with our process at the latest. */
export interface Lease {
  readonly connection: Connection;
  /** Gives the lease back; `whenLast` runs while nobody else has one and nobody else can get one. */
  release(whenLast: () => Promise<void>): Promise<void>;
}

/**
 * Undefined when no server answers, or one that is starting or stopping.
 *
 * @throws StoreError STORE_START_FAILED when a server answers but turns us away
 */
export async function takeLease(cluster: Cluster): Promise<Lease | undefined> {
  const server = await readPidFile(cluster.folder);
  if (server === undefined) return undefined;
  const connection = {
    host: server.socketFolder,
    port: PORT,
    user: SUPERUSER,
    password: cluster.password,
    database: DATABASE_NAME,
  };
  const session = await openSession(connection);
  return session && heldLease(connection, session);
}

/** Two numbers are a key space of their own, apart from the single-number locks of migrations: "evke", 1. */
const LOCK = '1702259557, 1';
const REGAIN_ATTEMPTS = 100;
const REGAIN_PAUSE_MS = 200;

function heldLease(connection: Connection, first: Client): Lease {
  const releasing = new AbortController();
  let session: Client | undefined;
  let regained: Promise<void> | undefined;
  hold(first);
  return {
    connection,
    async release(whenLast) {
      releasing.abort();
      await regained;
      const last = session ?? (await openSession(connection));
      if (last === undefined) return;
      if (await becomesOnly(last)) await whenLast();
      await last.end().catch(() => undefined);
    },
  };

  // If one of its processes is killed, for want of memory say, PostgreSQL ends every session and recovers. The lease
  // must come back with it, or the next command to leave would stop the server while we use it.
  function hold(client: Client): void {
    session = client;
    client.once('end', () => {
      session = undefined;
      if (!releasing.signal.aborted) regained = regain();
    });
  }

  async function regain(): Promise<void> {
    for (let attempt = 0; attempt < REGAIN_ATTEMPTS && !releasing.signal.aborted; attempt += 1) {
      const client = await openSession(connection).catch(() => undefined);
      if (client !== undefined) return hold(client);
      await delay(REGAIN_PAUSE_MS, undefined, { ref: false });
    }
  }
}

async function openSession(connection: Connection): Promise<Client | undefined> {
  const client = new Client({ ...connection, application_name: 'evenkeel lease' });
  // A lost session shows in "end"; without a listener "error" would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    // Refused while the last user holds it exclusively, about to stop the server: then this one is no use to us.
    if (await asks(client, `pg_try_advisory_lock_shared(${LOCK})`)) return client;
    await client.end();
    return undefined;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (isPassing(error)) return undefined;
    throw new StoreError(
      'STORE_START_FAILED',
      `The database server at ${connection.host} turned us away: ${error instanceof Error ? error.message : String(error)}. If its password was changed, write the new one into evenkeel.password in the database's folder.`,
      { cause: error },
    );
  }
}

async function becomesOnly(client: Client): Promise<boolean> {
  try {
    await client.query(`select pg_advisory_unlock_shared(${LOCK})`);
    return await asks(client, `pg_try_advisory_lock(${LOCK})`);
  } catch {
    // The server has ended before us.
    return false;
  }
}

async function asks(client: Client, expression: string): Promise<boolean> {
  const { rows } = await client.query<{ answer: boolean }>(`select ${expression} as answer`);
  return rows[0]?.answer === true;
}

/** No server behind the socket, or one that says it is starting up (57P03) or shutting down (57P01). */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03'].includes(code) ||
    error.message.startsWith('Connection terminated')
  );
}
