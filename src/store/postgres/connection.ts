import type { EventEmitter } from 'node:events';
import { Client, type ClientConfig, type CustomTypesConfig, Pool, types } from 'pg';
import type { Connection } from '../embedded/lease.ts';
import { StoreError } from '../store-error.ts';

/** A `postgres://user:password@host:port/database` URL, or its parts. */
export type DatabaseAddress = string | Connection;

/** A pool that reads bigint as number and date as text, as `tables.ts` declares them. */
export function openPool(connection: DatabaseAddress, poolSize = 10): Pool {
  const pool = quiet(new Pool({ ...clientConfig(connection), max: poolSize, types: { getTypeParser } }));
  // The pool hears its idle connections; one that breaks in the middle of a query is heard by nobody else.
  return pool.on('connect', quiet);
}

/** One connection outside any pool, for what belongs to a session. */
export async function connectClient(connection: DatabaseAddress): Promise<Client> {
  const client = quiet(new Client({ ...clientConfig(connection), keepAlive: true }));
  await client.connect();
  return client;
}

/**
 * Where a database is, for messages: without the password.
 *
 * @throws StoreError when the address cannot be understood
 */
export function describeAddress(connection: DatabaseAddress): string {
  const { host, port, database } = parsed(connection);
  const place = host.startsWith('/') ? `socket ${host}` : `${host}:${port}`;
  return `database "${database ?? ''}" at ${place}`;
}

/**
 * Long enough for a server that is busy, or a process of ours that hears it late while it works out reports; short enough
 * for a person who mistyped its address.
 */
const CONNECT_TIMEOUT_MS = 30_000;

function clientConfig(connection: DatabaseAddress): ClientConfig {
  return {
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
    application_name: 'evenkeel',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
}

/** The driver is the only one who knows how it reads an address; it connects only when told to. */
function parsed(connection: DatabaseAddress): Client {
  try {
    return new Client(clientConfig(connection));
  } catch {
    // The driver's error quotes the address, password and all, so it is not kept as the cause.
    throw new StoreError(
      'STORE_BAD_ADDRESS',
      'The address of the database cannot be read. Write it as postgres://user:password@host:5432/database, with ' +
        'special characters of the password percent-encoded.',
    );
  }
}

/**
 * A connection that breaks while idle reports it as an event, and an unheard `error` event ends the process. The next
 * query meets the same trouble and tells its caller.
 */
function quiet<T extends EventEmitter>(connection: T): T {
  connection.on('error', () => {});
  return connection;
}

const getTypeParser: CustomTypesConfig['getTypeParser'] = (type, format) => {
  // Every bigint of ours is an instant or a count, far below 2^53.
  if (type === types.builtins.INT8) return Number;
  // The driver would make a calendar day a moment in this machine's zone.
  if (type === types.builtins.DATE) return String;
  return types.getTypeParser(type, format) as unknown;
};
