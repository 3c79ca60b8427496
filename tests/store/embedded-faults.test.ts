import { chmod, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkComplete } from '#store/embedded/programs.ts';
import { openEmbeddedPostgres } from '#store/embedded.ts';
import { serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { query } from './query.ts';

const isRoot = process.getuid?.() === 0;

describe('a data folder that cannot be used is refused with the reason and the remedy', () => {
  test('of another major version: both versions named, nothing changed', async () => {
    await using folder = await folderWithDatabase();
    const versionFile = join(folder.path, 'postgres', 'PG_VERSION');
    await writeFile(versionFile, '17\n');
    await expect(openEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'STORE_OTHER_MAJOR_VERSION',
      message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18.*Move the folder away and sync again/),
    });
    await writeFile(versionFile, '18\n');
    await using database = await openEmbeddedPostgres({ dataDir: folder.path });
    expect(await query(database.connection, 'select value from kept')).toEqual([{ value: 42 }]);
  });

  test('not a folder at all', async () => {
    await using folder = await temporaryDataFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    for (const dataDir of [file, join(file, 'below')]) {
      await expect(openEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
        code: 'STORE_DATA_FOLDER_NOT_WRITABLE',
        message: expect.stringContaining(dataDir),
        cause: expect.any(Error),
      });
    }
  });

  test.skipIf(isRoot)('without the right to write (root has it everywhere, so skipped there)', async () => {
    await using folder = await temporaryDataFolder();
    await chmod(folder.path, 0o555);
    await expect(openEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
      code: 'STORE_DATA_FOLDER_NOT_WRITABLE',
      message: expect.stringContaining(folder.path),
    });
    await chmod(folder.path, 0o755);
  });

  test('whose password is lost: the data stays', async () => {
    await using folder = await folderWithDatabase();
    await rm(join(folder.path, 'postgres', 'evenkeel.password'));
    await expect(openEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
      code: 'STORE_DATA_FOLDER_DAMAGED',
      message: expect.stringContaining('evenkeel.password'),
    });
    expect((await stat(join(folder.path, 'postgres', 'global', 'pg_control'))).size).toBeGreaterThan(0);
  });

  test('whose password is wrong: the server is not left running', async () => {
    await using folder = await folderWithDatabase();
    await writeFile(join(folder.path, 'postgres', 'evenkeel.password'), 'another');
    await expect(openEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
      code: 'STORE_START_FAILED',
      message: expect.stringContaining('password'),
    });
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('whose server will not start: its own last words are the cause', async () => {
    await using folder = await folderWithDatabase();
    await writeFile(join(folder.path, 'postgres', 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(openEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
      code: 'STORE_START_FAILED',
      message: expect.stringContaining(join(folder.path, 'postgres.log')),
      cause: { message: expect.stringContaining('no_such_setting') },
    });
  });
});

test('a half-made cluster is thrown away and made anew', async () => {
  await using folder = await temporaryDataFolder();
  await mkdir(join(folder.path, 'postgres', 'base'), { recursive: true });
  await using database = await openEmbeddedPostgres({ dataDir: folder.path });
  expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await readdir(folder.path)).sort()).toEqual(['postgres', 'postgres.log']);
});

test('a socket folder that others can reach is refused, since they could stand in for the server', async () => {
  await using folder = await temporaryDataFolder();
  const first = await openEmbeddedPostgres({ dataDir: folder.path });
  await first[Symbol.asyncDispose]();
  await mkdir(first.connection.host);
  await chmod(first.connection.host, 0o777);
  try {
    await expect(openEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
      code: 'STORE_SOCKET_FOLDER_UNUSABLE',
      message: expect.stringContaining(first.connection.host),
    });
  } finally {
    await rm(first.connection.host, { recursive: true });
  }
});

test('programs installed without their install script are recognised before they fail in obscure ways', async () => {
  await using folder = await temporaryDataFolder();
  const bin = join(folder.path, 'native', 'bin');
  await mkdir(bin, { recursive: true });
  for (const program of ['initdb', 'postgres']) await writeFile(join(bin, program), '', { mode: 0o755 });
  const links = [{ source: 'native/lib.so.1', target: 'native/lib.so' }];
  await writeFile(join(folder.path, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  await writeFile(join(folder.path, 'native', 'lib.so.1'), '');
  await expect(checkComplete(folder.path)).rejects.toMatchObject({
    code: 'STORE_BINARIES_INCOMPLETE',
    message: expect.stringMatching(/"npm ci" without --ignore-scripts.*DATABASE_URL/),
  });
  await symlink('lib.so.1', join(folder.path, 'native', 'lib.so'));
  await expect(checkComplete(folder.path)).resolves.toBeUndefined();
});

async function folderWithDatabase() {
  const folder = await temporaryDataFolder();
  const database = await openEmbeddedPostgres({ dataDir: folder.path });
  await query(database.connection, 'create table kept as select 42 as value');
  await database[Symbol.asyncDispose]();
  return folder;
}
