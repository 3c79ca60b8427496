import { Client } from 'pg';

const USUAL = 'postgres://postgres@127.0.0.1:5432/postgres';

/**
 * A PostgreSQL server to test against: the one TEST_DATABASE_URL names, which must then answer, or one that listens at the
 * usual place. Undefined when there is none, so that a suite can say what it skips.
 */
export async function databaseServer(): Promise<string | undefined> {
  const named = process.env.TEST_DATABASE_URL;
  if (named !== undefined && named !== '') return named;
  const client = new Client({ connectionString: USUAL, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return USUAL;
  } catch {
    return undefined;
  }
}
