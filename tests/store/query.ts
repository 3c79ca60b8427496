import { Client, type QueryResultRow } from 'pg';
import type { Connection } from '#store/embedded/lease.ts';

/** One statement over a connection of its own. */
export async function query<R extends QueryResultRow>(
  connection: Connection | string,
  sql: string,
): Promise<readonly R[]> {
  const client = new Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}
