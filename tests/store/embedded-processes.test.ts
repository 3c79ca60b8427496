import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Connection } from '#store/embedded/lease.ts';
import { openEmbeddedPostgres } from '#store/embedded.ts';
import { killAll, serverProcesses, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { startCommand } from './command-process.ts';
import { query } from './query.ts';

const one = [{ one: 1 }];

describe('several processes on one data folder', () => {
  test('a second one joins the server of the first and leaves it running', async () => {
    await using folder = await temporaryDataFolder();
    await using serve = await openEmbeddedPostgres({ dataDir: folder.path });
    await using report = startCommand(folder.path);
    expect(await report.opened).toEqual({ startedHere: false, connection: serve.connection });
    await report.close();
    expect(await query(serve.connection, 'select 1 as one')).toEqual(one);
  });

  test('the one that started the server may leave first; the last to leave stops it', async () => {
    await using folder = await temporaryDataFolder();
    await using report = startCommand(folder.path);
    expect((await report.opened).startedHere).toBe(true);
    const serve = await openEmbeddedPostgres({ dataDir: folder.path });
    expect(serve.startedHere).toBe(false);
    await report.close();
    expect(await query(serve.connection, 'select 1 as one')).toEqual(one);
    await serve[Symbol.asyncDispose]();
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('three that start at once on a fresh folder share one cluster and one server', async () => {
    await using folder = await temporaryDataFolder();
    await using first = startCommand(folder.path);
    await using second = startCommand(folder.path);
    await using third = startCommand(folder.path);
    const commands = [first, second, third];
    const opened = await Promise.all(commands.map((command) => command.opened));

    expect(opened.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    const servers = await Promise.all(
      opened.map(({ connection }) =>
        query(connection, 'select system_identifier as id from pg_control_system()'),
      ),
    );
    expect(servers[1]).toEqual(servers[0]);
    expect(servers[2]).toEqual(servers[0]);
    expect((await readdir(folder.path)).sort()).toEqual(['postgres', 'postgres.log']);

    await Promise.all(commands.map((command) => command.close()));
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('those that come while the last one is leaving get a server all the same', async () => {
    await using folder = await temporaryDataFolder();
    const leaving = await openEmbeddedPostgres({ dataDir: folder.path });
    const left = leaving[Symbol.asyncDispose]();
    const came = await Promise.all([0, 5, 20].map((pause) => openAfter(pause, folder.path)));
    await left;
    for (const { connection } of came) expect(await query(connection, 'select 1 as one')).toEqual(one);
    await Promise.all(came.map((database) => database[Symbol.asyncDispose]()));
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('Ctrl-C ends the command, which closes in order: the signal does not reach the server before', async () => {
    await using folder = await temporaryDataFolder();
    await using serve = startCommand(folder.path);
    const { connection } = await serve.opened;
    await using report = await openEmbeddedPostgres({ dataDir: folder.path });
    // A terminal sends the signal to the whole process group.
    process.kill(-(serve.child.pid ?? Number.NaN), 'SIGINT');
    await serve.ended();
    expect(await query(connection, 'select 1 as one')).toEqual(one);
    expect(report.startedHere).toBe(false);
  });
});

describe('after a kill', () => {
  test('a server whose starter was killed is taken over by the next command, and stopped when that one leaves', async () => {
    await using folder = await temporaryDataFolder();
    await using killed = startCommand(folder.path);
    const { connection } = await killed.opened;
    await query(connection, 'create table kept as select 42 as value');
    await killed.kill();
    expect(serverProcesses(folder.path)).not.toEqual([]);

    const next = await openEmbeddedPostgres({ dataDir: folder.path });
    expect(next.startedHere).toBe(false);
    expect(await query(next.connection, 'select value from kept')).toEqual([{ value: 42 }]);
    await next[Symbol.asyncDispose]();
    expect(serverProcesses(folder.path)).toEqual([]);
  });

  test('of everything at once, the next start recovers every committed row', async () => {
    await using folder = await temporaryDataFolder();
    await killEverything(folder.path, 'create table kept as select generate_series(1, 5000) as value');
    expect(await readFile(join(folder.path, 'postgres', 'postmaster.pid'), 'utf8')).not.toBe('');

    await using next = await openEmbeddedPostgres({ dataDir: folder.path });
    expect(next.startedHere).toBe(true);
    expect(await query(next.connection, 'select count(*)::int as rows from kept')).toEqual([{ rows: 5000 }]);
  });

  test('the server’s process number may have gone to a stranger, who is neither joined nor harmed', async () => {
    await using folder = await temporaryDataFolder();
    await killEverything(folder.path, 'create table kept as select 42 as value');
    const pidFile = join(folder.path, 'postgres', 'postmaster.pid');
    // PostgreSQL is fooled only by a process of its own user.
    const { uid } = await stat(pidFile);
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, cwd: '/' } : { cwd: '/' });
    try {
      const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
      await writeFile(pidFile, [stranger.pid, ...rest].join('\n'));
      await using next = await openEmbeddedPostgres({ dataDir: folder.path });
      expect(await query(next.connection, 'select value from kept')).toEqual([{ value: 42 }]);
      // The proof that the case was met: PostgreSQL had refused at first.
      expect(await readFile(join(folder.path, 'postgres.log'), 'utf8')).toContain('already exists');
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill();
      await once(stranger, 'exit');
    }
  });

  test.each([50, 250, 450])(
    'of a first start, %i ms into making the cluster, the next start makes a whole one',
    async (pause) => {
      await using folder = await temporaryDataFolder();
      await using killed = startCommand(folder.path);
      // The work begins when its folder appears.
      while ((await readdir(folder.path)).length === 0) await delay(5);
      await delay(pause);
      await killed.kill();
      await using next = await openEmbeddedPostgres({ dataDir: folder.path });
      expect(await query(next.connection, 'select 1 as one')).toEqual(one);
    },
  );

  test('of a single server process, the leases come back: another command that leaves does not stop the server', async () => {
    await using folder = await temporaryDataFolder();
    await using serve = await openEmbeddedPostgres({ dataDir: folder.path });
    const [lost] = await leaseHolders(serve.connection);
    process.kill(lost ?? Number.NaN, 'SIGKILL');
    await until(async () => {
      const holders = await leaseHolders(serve.connection).catch(() => []);
      return holders.length === 1 && holders[0] !== lost;
    });

    await using report = startCommand(folder.path);
    await report.opened;
    await report.close();
    expect(await query(serve.connection, 'select 1 as one')).toEqual(one);
  });
});

async function openAfter(pause: number, dataDir: string) {
  await delay(pause);
  return openEmbeddedPostgres({ dataDir });
}

async function killEverything(folder: string, committed: string): Promise<void> {
  await using command = startCommand(folder);
  const { connection } = await command.opened;
  await query(connection, committed);
  await command.kill();
  killAll(serverProcesses(folder));
  await until(() => serverProcesses(folder).length === 0);
}

async function leaseHolders(connection: Connection): Promise<readonly number[]> {
  const sql = `select pid from pg_locks where locktype = 'advisory' and granted`;
  return (await query<{ pid: number }>(connection, sql)).map(({ pid }) => pid);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}
