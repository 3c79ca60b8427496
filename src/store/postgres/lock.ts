import { type RawBuilder, sql } from 'kysely';
import { connectClient, type DatabaseAddress } from './connection.ts';

/**
 * The name of an advisory lock. Such locks belong to a whole database, so the name says whose it is: two stores in
 * two schemas do not wait for each other.
 */
export function lockName(purpose: 'save' | 'sync' | 'place', schema: string, source: string): string {
  return `evenkeel/${purpose}/${schema}/${source}`;
}

/** Waits for the lock and holds it until the transaction ends. */
export function lockUntilCommit(name: string): RawBuilder<unknown> {
  return sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

/**
 * Takes a lock until it is disposed of; undefined when another session holds it. It lives as long as its own
 * connection, so a killed process gives it back. Should the connection break, a second holder may begin beside the
 * first: no harm where everything done under it may be repeated and comes in any order, as every write of the store.
 */
export async function takeLock(
  connection: DatabaseAddress,
  name: string,
): Promise<AsyncDisposable | undefined> {
  const client = await connectClient(connection);
  try {
    const { rows } = await client.query<{ readonly taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [name],
    );
    if (!rows[0]?.taken) {
      await client.end();
      return undefined;
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return {
    async [Symbol.asyncDispose]() {
      // Closing would do as well, but the server may take note of that only after the next one has asked.
      await client.query('select pg_advisory_unlock_all()').catch(() => {});
      await client.end().catch(() => {});
    },
  };
}
