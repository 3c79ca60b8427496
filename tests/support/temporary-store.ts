import { randomUUID } from 'node:crypto';
import { openEmbeddedPostgres } from '#store/embedded.ts';
import type { DatabaseAddress } from '#store/postgres/connection.ts';
import { openStore } from '#store/postgres/open.ts';
import type { Store } from '#store/store.ts';
import { query } from '#tests/store/query.ts';
import { temporaryDataFolder } from './data-folder.ts';
import { databaseServer } from './database-server.ts';

export interface TemporaryDatabase extends AsyncDisposable {
  readonly address: DatabaseAddress;
  /** A store in a schema of its own; disposing of the database drops it. */
  readonly open: (schema?: string) => Promise<Store>;
  readonly schema: string;
}

/** A real database for one suite: a schema on the server that is there, else an embedded PostgreSQL. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  await using cleanup = new AsyncDisposableStack();
  const server = await databaseServer();
  const address = server ?? (await embedded(cleanup));
  const schema = `test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const schemas = new Set([schema]);
  cleanup.defer(async () => {
    for (const name of schemas) await query(address, `drop schema if exists "${name}" cascade`);
  });
  const owned = cleanup.move();
  return {
    address,
    schema,
    open: (name = schema) => {
      schemas.add(name);
      return openStore({ connection: address, schema: name, migrate: true });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function embedded(cleanup: AsyncDisposableStack): Promise<DatabaseAddress> {
  const folder = cleanup.use(await temporaryDataFolder());
  const database = cleanup.use(await openEmbeddedPostgres({ dataDir: folder.path }));
  return database.connection;
}
