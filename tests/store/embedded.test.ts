import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEmbeddedPostgres } from '#store/embedded.ts';
import { serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { query } from './query.ts';

describe('the embedded database', () => {
  test('is made on first use, empty, in UTF-8, with text in code point order and nothing given up for speed', async () => {
    await using folder = await temporaryDataFolder();
    await using database = await openEmbeddedPostgres({ dataDir: folder.path });

    expect(database.startedHere).toBe(true);
    expect(database.notice).toBeUndefined();
    expect(database.connection.database).toBe('evenkeel');
    const settings = await query(
      database.connection,
      `select current_setting('fsync') fsync, current_setting('full_page_writes') pages,
         current_setting('synchronous_commit') commit, current_setting('server_encoding') encoding,
         current_setting('timezone') zone, current_setting('max_connections') connections,
         current_setting('server_version_num')::int / 10000 as major`,
    );
    expect(settings).toEqual([
      {
        fsync: 'on',
        pages: 'on',
        commit: 'on',
        encoding: 'UTF8',
        zone: 'UTC',
        connections: '100',
        major: 18,
      },
    ]);
    const sorted = await query(
      database.connection,
      `select string_agg(t, '' order by t) as text from unnest(array['é', 'a', 'B', '_', 'z', 'Z']) t`,
    );
    // U+0042 B, U+005A Z, U+005F _, U+0061 a, U+007A z, U+00E9 é
    expect(sorted).toEqual([{ text: 'BZ_azé' }]);
  });

  test('keeps what was committed from one start to the next, and leaves nothing running in between', async () => {
    await using folder = await temporaryDataFolder();
    {
      await using first = await openEmbeddedPostgres({ dataDir: folder.path });
      await query(first.connection, 'create table kept as select 42 as value');
    }
    expect(serverProcesses(folder.path)).toEqual([]);
    await using second = await openEmbeddedPostgres({ dataDir: folder.path });
    expect(second.startedHere).toBe(true);
    expect(await query(second.connection, 'select value from kept')).toEqual([{ value: 42 }]);
  });

  test('is closed to the network and to strangers: a private socket, and a password on top', async () => {
    await using folder = await temporaryDataFolder();
    const database = await openEmbeddedPostgres({ dataDir: folder.path });
    const { connection } = database;
    try {
      expect(await query(connection, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
      expect((await stat(connection.host)).mode & 0o777).toBe(0o700);
      expect((await stat(join(folder.path, 'postgres'))).mode & 0o777).toBe(0o700);
      const passwordFile = join(folder.path, 'postgres', 'evenkeel.password');
      expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
      expect(await readFile(passwordFile, 'utf8')).toBe(connection.password);
      // 28P01: PostgreSQL's invalid_password
      await expect(query({ ...connection, password: 'guess' }, 'select 1')).rejects.toMatchObject({
        code: '28P01',
      });
    } finally {
      await database[Symbol.asyncDispose]();
    }
    expect(existsSync(connection.host)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'does not hand our environment, with its credentials, to the server (seen through /proc, so on Linux)',
    async () => {
      process.env['JIRA_API_TOKEN'] = 'a-credential';
      await using folder = await temporaryDataFolder();
      await using _database = await openEmbeddedPostgres({ dataDir: folder.path });
      const [pid] = (await readFile(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      delete process.env['JIRA_API_TOKEN'];
      expect(environment).toContain('LC_ALL=C');
      expect(environment).not.toContain('a-credential');
    },
  );

  test('works in a data folder whose path is far longer than a socket path may be', async () => {
    await using folder = await temporaryDataFolder();
    const dataDir = join(folder.path, 'long'.repeat(40), 'with spaces, commas and "quotes"');
    await using database = await openEmbeddedPostgres({ dataDir });
    expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('opened twice in one process, it stays until both are done with it, and closing twice does no harm', async () => {
    await using folder = await temporaryDataFolder();
    const first = await openEmbeddedPostgres({ dataDir: folder.path });
    const second = await openEmbeddedPostgres({ dataDir: folder.path });
    expect([first.startedHere, second.startedHere]).toEqual([true, false]);
    await first[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    expect(await query(second.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second[Symbol.asyncDispose]();
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('says in words what it is doing, and writes the server’s own words to a file', async () => {
    await using folder = await temporaryDataFolder();
    const said: string[] = [];
    const log = (message: string) => said.push(message);
    await using _first = await openEmbeddedPostgres({ dataDir: folder.path, log });
    await using _second = await openEmbeddedPostgres({ dataDir: folder.path, log });
    expect(said).toEqual([
      `Making a new database in ${folder.path}`,
      'Joined the database server that already runs on this data folder',
    ]);
    expect(await readFile(join(folder.path, 'postgres.log'), 'utf8')).toContain(
      'ready to accept connections',
    );
  });
});
