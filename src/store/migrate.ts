import { readdir, readFile } from 'node:fs/promises';
import { type Client, escapeIdentifier, type Pool } from 'pg';
import { connectClient, type DatabaseAddress, describeAddress } from './postgres/connection.ts';
import { databaseError } from './postgres/database-error.ts';
import { StoreError } from './store-error.ts';

export interface MigrateOptions {
  readonly connection: DatabaseAddress;
  readonly schema?: string;
}

/**
 * Brings the store's schema up to date and returns the names of the migrations it applied, none when there was
 * nothing to do. Safe to run from several processes at once.
 *
 * Migrations are plain SQL, numbered, forward only. Each runs in a transaction that first enters it in the ledger, so
 * of two starters one applies it and the other finds it done; a failed one leaves nothing behind.
 *
 * @throws StoreError
 */
export async function migrate({
  connection,
  schema = 'evenkeel',
}: MigrateOptions): Promise<readonly string[]> {
  const where = describeAddress(connection);
  const all = await migrations();
  try {
    await using client = disposable(await connectClient(connection));
    await createLedger(client, schema);
    await refuseNewerSchema(client, schema, all.length, where);
    const applied: string[] = [];
    for (const migration of all) {
      if (await apply(client, schema, migration)) applied.push(migration.name);
    }
    return applied;
  } catch (error) {
    throw databaseError(error, 'Could not migrate the store', where);
  }
}

/**
 * Makes sure that the schema is the one this program was written for.
 *
 * @throws StoreError STORE_NOT_MIGRATED, STORE_NEWER_SCHEMA
 */
export async function checkSchema(client: Queryable, schema: string, where: string): Promise<void> {
  const known = (await migrations()).length;
  const found = await schemaVersion(client, schema);
  if (found < known) {
    throw new StoreError(
      'STORE_NOT_MIGRATED',
      `The store in schema "${schema}", ${where}, is at version ${found} and this program needs ${known}: ` +
        'run "evenkeel migrate".',
    );
  }
  await refuseNewerSchema(client, schema, known, where);
}

interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

type Queryable = Pick<Client | Pool, 'query'>;

const FOLDER = new URL('./migrations/', import.meta.url);

async function migrations(): Promise<readonly Migration[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(0, -'.sql'.length),
      sql: await readFile(new URL(file, FOLDER), 'utf8'),
    })),
  );
}

/** 0 when there is no store yet. */
async function schemaVersion(client: Queryable, schema: string): Promise<number> {
  const ledger = `${escapeIdentifier(schema)}.migration`;
  const { rows } = await client.query<{ readonly found: boolean }>(
    'select to_regclass($1) is not null as found',
    [ledger],
  );
  if (!rows[0]?.found) return 0;
  const latest = await client.query<{ readonly version: number }>(
    `select coalesce(max(version), 0) as version from ${ledger}`,
  );
  return latest.rows[0]?.version ?? 0;
}

async function refuseNewerSchema(
  client: Queryable,
  schema: string,
  known: number,
  where: string,
): Promise<void> {
  const found = await schemaVersion(client, schema);
  if (found <= known) return;
  throw new StoreError(
    'STORE_NEWER_SCHEMA',
    `The store in schema "${schema}", ${where}, is at version ${found}, newer than this program, which knows ` +
      `${known}: use the version of evenkeel that migrated it, or a later one. Nothing was changed.`,
  );
}

async function createLedger(client: Client, schema: string): Promise<void> {
  await transaction(client, schema, async () => {
    const { rows } = await client.query<{ readonly found: boolean }>(
      'select to_regnamespace($1) is not null as found',
      [escapeIdentifier(schema)],
    );
    // `if not exists` would ask for the right to create schemas even where an administrator has made this one.
    if (!rows[0]?.found) await client.query(`create schema ${escapeIdentifier(schema)}`);
    await client.query(
      `create table if not exists migration (
        version integer primary key, name text not null, applied_at timestamptz not null default now()
      )`,
    );
  });
}

async function apply(client: Client, schema: string, migration: Migration): Promise<boolean> {
  return transaction(client, schema, async () => {
    const { rowCount } = await client.query(
      'insert into migration (version, name) values ($1, $2) on conflict do nothing',
      [migration.version, migration.name],
    );
    if (rowCount === 0) return false;
    await client.query(migration.sql);
    return true;
  });
}

async function transaction<T>(client: Client, schema: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `evenkeel/migrate/${schema}`,
    ]);
    await client.query(`set local search_path to ${escapeIdentifier(schema)}`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

function disposable(client: Client): Client & AsyncDisposable {
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}
