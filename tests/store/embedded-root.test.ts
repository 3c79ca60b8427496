import { execFileSync } from 'node:child_process';
import { chmod, chown, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFor, findPrograms } from '#store/embedded/programs.ts';
import { run } from '#store/embedded/run.ts';
import { openEmbeddedPostgres } from '#store/embedded.ts';
import { serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { startCommand } from './command-process.ts';
import { query } from './query.ts';

const isRoot = process.getuid?.() === 0;
/** Some ordinary account: PostgreSQL does not run for a number without one. */
const ordinary = isRoot ? Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' })) : Number.NaN;

describe.skipIf(!isRoot)(
  'under root, as in a container (skipped for other users, who cannot become one)',
  () => {
    test('the server runs as an unprivileged user, to whom only the cluster is given', async () => {
      await using folder = await temporaryDataFolder();
      await using _database = await openEmbeddedPostgres({ dataDir: folder.path });
      const owners = await Promise.all(serverProcesses(folder.path).map((pid) => stat(`/proc/${pid}`)));
      expect(owners.length).toBeGreaterThan(0);
      expect(owners.filter(({ uid }) => uid === 0)).toEqual([]);
      expect((await stat(folder.path)).uid).toBe(0);
    });

    test('a data folder that this user cannot reach is left alone: the data goes to /var/lib, said in a notice', async () => {
      await using folder = await temporaryDataFolder();
      await chmod(folder.path, 0o700);
      const first = await openEmbeddedPostgres({ dataDir: folder.path });
      const elsewhere = /\/var\/lib\/evenkeel\/[0-9a-f]{16}/.exec(first.notice ?? '')?.[0] ?? '';
      try {
        expect(first.notice).toContain(`not in ${folder.path}`);
        await query(first.connection, 'create table kept as select 42 as value');
        await first[Symbol.asyncDispose]();
        expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
        expect(await readdir(folder.path)).toEqual([]);

        // Reachable or not by now, the data is where it was put.
        await chmod(folder.path, 0o755);
        await using second = await openEmbeddedPostgres({ dataDir: folder.path });
        expect(second.notice).toContain(elsewhere);
        expect(await query(second.connection, 'select value from kept')).toEqual([{ value: 42 }]);
      } finally {
        await first[Symbol.asyncDispose]();
        if (elsewhere !== '') await rm(elsewhere, { recursive: true });
      }
    });

    test('a database begun by an ordinary user is continued as that user, also beside their own command', async () => {
      await using folder = await temporaryDataFolder();
      await chown(folder.path, ordinary, ordinary);
      await using theirs = startCommand(folder.path, { uid: ordinary });
      expect((await theirs.opened).startedHere).toBe(true);
      await using joined = await openEmbeddedPostgres({ dataDir: folder.path });
      expect(joined.startedHere).toBe(false);
      await theirs.close();
      await joined[Symbol.asyncDispose]();

      await using again = await openEmbeddedPostgres({ dataDir: folder.path });
      expect(again.startedHere).toBe(true);
      const [server] = serverProcesses(folder.path);
      expect((await stat(`/proc/${server}`)).uid).toBe(ordinary);
    });

    test('an ordinary user is told that the database is not theirs', async () => {
      await using folder = await temporaryDataFolder();
      await using _database = await openEmbeddedPostgres({ dataDir: folder.path });
      await using theirs = startCommand(folder.path, { uid: ordinary });
      await expect(theirs.opened).rejects.toThrow('STORE_DATA_FOLDER_NOT_WRITABLE');
    });

    test('programs that this user cannot reach are copied to where they run, once', async () => {
      await using folder = await temporaryDataFolder();
      const user = { name: 'nobody', uid: ordinary, gid: ordinary };
      const { postgres } = await findPrograms(undefined);
      const target = join(folder.path, 'programs');
      const said: string[] = [];
      const log = (message: string) => said.push(message);
      await copyFor(user, dirname(dirname(postgres)), target, log);
      await copyFor(user, dirname(dirname(postgres)), target, log);
      expect(said).toHaveLength(1);
      const { output } = await run(join(target, 'bin', 'postgres'), ['--version'], user);
      expect(output).toContain('(PostgreSQL) 18');
      expect(await readdir(folder.path)).toEqual(['programs']);
      expect((await stat(join(target, 'bin', 'postgres'))).uid).toBe(0);
    });
  },
);
