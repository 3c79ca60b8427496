import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDay } from '#domain/calendar.ts';
import type { Reference } from '#domain/reference.ts';
import { type EmbeddedDatabase, openEmbeddedPostgres } from '#store/embedded.ts';
import { migrate } from '#store/migrate.ts';
import type { DatabaseAddress } from '#store/postgres/connection.ts';
import { openStore } from '#store/postgres/open.ts';
import { issue } from '#tests/builders/timeline.ts';
import { storeContract } from '#tests/contracts/store.ts';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { databaseServer } from '#tests/support/database-server.ts';
import { query } from './query.ts';

const server = await databaseServer();

describe.skipIf(server === undefined)(
  `a store on a PostgreSQL server${server === undefined ? ' (skipped: none at TEST_DATABASE_URL or 127.0.0.1:5432)' : ''}`,
  () => {
    everyStore(() => server ?? '');
  },
);

describe('a store on the embedded database', () => {
  let folder: DataFolder;
  let database: EmbeddedDatabase;
  beforeAll(async () => {
    folder = await temporaryDataFolder();
    database = await openEmbeddedPostgres({ dataDir: folder.path });
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  everyStore(() => database.connection);

  test('refuses a wrong password and says what to check', async () => {
    const opening = openStore({ connection: { ...database.connection, password: 'geheim' } });
    await expect(opening).rejects.toMatchObject({
      code: 'STORE_ACCESS_DENIED',
      message: expect.stringMatching(/socket .*the user or the password/) as string,
    });
    await expect(opening).rejects.not.toThrow(/geheim/);
  });

  test('needs no right to create schemas when an administrator has made its own', async () => {
    const { connection } = database;
    await query(
      connection,
      `create role tenant login password 'pw'; create schema given authorization tenant`,
    );
    const tenant = { ...connection, user: 'tenant', password: 'pw' };
    await using store = await openStore({ connection: tenant, schema: 'given', migrate: true });
    await expect(store.ping()).resolves.toBeUndefined();
    await expect(migrate({ connection: tenant, schema: 'not_given' })).rejects.toMatchObject({
      code: 'STORE_ACCESS_DENIED',
    });
  });
});

describe('an address of a database', () => {
  test('that cannot be read is refused without being repeated, password and all', async () => {
    const opening = openStore({ connection: 'postgres://me:gehe%im@nowhere:notaport/db' });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_BAD_ADDRESS' });
    await expect(opening).rejects.not.toThrow(/gehe/);
  });

  test('where no server listens is named, without the password', async () => {
    // Port 1 is reserved and never listened on.
    const opening = openStore({ connection: 'postgres://me:geheim@127.0.0.1:1/db' });
    await expect(opening).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: expect.stringMatching(/database "db" at 127\.0\.0\.1:1/) as string,
    });
    await expect(opening).rejects.not.toThrow(/geheim/);
  });

  test('of a host that does not exist is unreachable too', async () => {
    const opening = openStore({ connection: 'postgres://me@nowhere.invalid/db' });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
  });
});

test('migrations are numbered from 0001 without a gap, so that their count is the version', async () => {
  const files = (await readdir(new URL('../../src/store/migrations/', import.meta.url))).sort();
  expect(files.length).toBeGreaterThanOrEqual(4);
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
  expect(files.every((file) => /^\d{4}_[a-z_]+\.sql$/.test(file))).toBe(true);
});

/** What holds for every PostgreSQL, each suite in a schema of its own. */
function everyStore(address: () => DatabaseAddress): void {
  const schema = freshSchema();
  const open = () => openStore({ connection: address(), schema, migrate: true });
  const sql = <R extends Record<string, unknown>>(text: string) => query<R>(address(), text);
  const schemas = [schema];
  const another = () => {
    const name = freshSchema();
    schemas.push(name);
    return name;
  };
  afterAll(async () => {
    for (const name of schemas) await sql(`drop schema if exists "${name}" cascade`);
  });

  storeContract(open);

  describe('is migrated', () => {
    test('once, however many start at the same moment', async () => {
      const name = another();
      const applied = await Promise.all(
        Array.from({ length: 5 }, () => migrate({ connection: address(), schema: name })),
      );
      const ledger = await sql<{ name: string }>(`select name from "${name}".migration order by version`);
      expect(ledger.length).toBeGreaterThanOrEqual(4);
      expect(applied.flat().sort()).toEqual(ledger.map((row) => row.name));
      expect(await migrate({ connection: address(), schema: name })).toEqual([]);
    });

    test('or says so', async () => {
      const name = another();
      await expect(openStore({ connection: address(), schema: name })).rejects.toMatchObject({
        code: 'STORE_NOT_MIGRATED',
        message: expect.stringContaining('run "evenkeel migrate"') as string,
      });
    });

    test('and notices when its tables go away while it is open', async () => {
      const name = another();
      await using store = await openStore({ connection: address(), schema: name, migrate: true });
      await sql(`drop schema "${name}" cascade`);
      await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_NOT_MIGRATED' });
      await expect(store.readIssues('acme')).rejects.toMatchObject({ code: 'STORE_NOT_MIGRATED' });
    });

    test('but never back: a schema newer than the program is refused and left alone', async () => {
      const name = another();
      await migrate({ connection: address(), schema: name });
      await sql(`insert into "${name}".migration (version, name) values (9999, '9999_from_the_future')`);
      for (const migrating of [true, false]) {
        await expect(
          openStore({ connection: address(), schema: name, migrate: migrating }),
        ).rejects.toMatchObject({ code: 'STORE_NEWER_SCHEMA' });
      }
    });

    test('under any name a schema may have', async () => {
      const name = `${another()} "Ünsere"; --`;
      await using store = await openStore({ connection: address(), schema: name, migrate: true });
      await store.saveBatch('acme', [issue('PAY-1', 'Done')]);
      await store.saveReference(reference(false), 1);
      expect(await store.countIssues('acme')).toBe(1);
      await sql(`drop schema "${name.replaceAll('"', '""')}" cascade`);
    });
  });

  test('a missing database is named', async () => {
    const given = address();
    const connection =
      typeof given === 'string'
        ? given.replace(/\/[^/]*$/, '/no_such_db')
        : { ...given, database: 'no_such_db' };
    await expect(openStore({ connection })).rejects.toMatchObject({
      code: 'STORE_NO_DATABASE',
      message: expect.stringContaining('database "no_such_db"') as string,
    });
  });

  test('nothing is written for an issue that tells nothing new', async () => {
    await using store = await open();
    const source = 'quiet';
    const [still, moves] = [issue('STILL-1', 'Backlog', { source }), issue('MOVES-1', 'Backlog', { source })];
    const moved = { ...moves, updatedAt: moves.updatedAt + 1 };
    const rows = () =>
      sql<{ id: string; row: string }>(
        `select id, xmin || '/' || ctid as row from "${schema}".issue where source = 'quiet' order by id`,
      );
    await store.saveBatch(source, [still, moves]);
    const before = await rows();
    await store.saveBatch(source, [still, moves]);
    expect(await rows()).toEqual(before);
    await store.saveBatch(source, [still, moved]);
    const changed = (await rows()).filter(({ row }, i) => row !== before[i]?.row);
    expect(changed.map(({ id }) => id)).toEqual([moves.id]);
  });

  test('connections cut by the server are replaced, and end no process', async () => {
    await using store = await open();
    await store.ping();
    await sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'evenkeel' and state = 'idle' and query like '%"${schema}"%'`,
    );
    await expect.poll(() => store.ping().then(() => 'answers', String)).toBe('answers');
  });

  test('events unfold into a view with a row each', async () => {
    await using store = await open();
    const one = issue('VIEW-1', 'Backlog 2d → Done', { source: 'view', from: '2026-01-05' });
    await store.saveBatch('view', [one]);
    const events = await sql(
      `select key, at, origin, field, to_name from "${schema}".event_view
       where source = 'view' and field = 'status' order by at`,
    );
    expect(events).toEqual([
      { key: 'VIEW-1', at: new Date('2026-01-05'), origin: 'inferred', field: 'status', to_name: 'Backlog' },
      { key: 'VIEW-1', at: new Date('2026-01-07'), origin: 'recorded', field: 'status', to_name: 'Done' },
    ]);
    const issues = await sql(
      `select key, title, status_name, created_at from "${schema}".issue_view where source = 'view'`,
    );
    expect(issues).toEqual([
      { key: 'VIEW-1', title: 'Title of VIEW-1', status_name: 'Done', created_at: new Date('2026-01-05') },
    ]);
  });

  test('versions and cycles gain a row of history when they change, and only then', async () => {
    await using store = await open();
    for (const [at, released] of [false, false, true, true, false].entries()) {
      await store.saveReference(reference(released), 1_000 * at);
    }
    expect(
      await sql(
        `select version_id, released, release_day::text from "${schema}".version_observation
         where source = 'acme' order by version_id, observed_at`,
      ),
    ).toEqual([
      { version_id: '12', released: false, release_day: '2026-01-05' },
      { version_id: '12', released: true, release_day: '2026-01-05' },
      { version_id: '12', released: false, release_day: '2026-01-05' },
      { version_id: '13', released: false, release_day: null },
    ]);
    expect(
      await sql(`select cycle_id, ended_at from "${schema}".cycle_observation where source = 'acme'`),
    ).toEqual([{ cycle_id: '7', ended_at: null }]);
  });
}

const freshSchema = (): string => `test_store_${randomUUID().slice(0, 8)}`;

function reference(released: boolean): Reference {
  const releaseDay = parseDay('2026-01-05');
  if (releaseDay === undefined) throw new RangeError('not a day');
  return {
    source: 'acme',
    siteUrl: 'https://acme.example',
    projects: [],
    statuses: [],
    types: [],
    versions: [
      { id: '12', projectId: '10', name: '1.2.0', released, releaseDay },
      { id: '13', projectId: '10', name: '1.3.0', released: false },
    ],
    cycles: [{ id: '7', name: 'Sprint 7', startAt: 1 }],
  };
}
