import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { clusterFolder, notWritable, type Place } from './place.ts';
import type { Programs } from './programs.ts';
import { run } from './run.ts';

/** A database directory of PostgreSQL, with the password that opens it. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

export const DATABASE_NAME = 'evenkeel';
export const SUPERUSER = 'evenkeel';

/**
 * The cluster of this place, made if there is none.
 *
 * @throws StoreError
 */
export async function openCluster(
  place: Place,
  programs: Programs,
  log?: (message: string) => void,
): Promise<Cluster> {
  await removeAbandonedWork(place.folder);
  const found = await readCluster(place, programs.major);
  if (found !== undefined) return found;
  log?.(`Making a new database in ${place.folder}`);
  await makeCluster(place, programs);
  const made = await readCluster(place, programs.major);
  if (made === undefined)
    throw new StoreError('STORE_INIT_FAILED', `${place.folder} vanished while it was made.`);
  return made;
}

/** Lies within the cluster, so that one rename brings both into place, and a copy of the folder is a whole backup. */
const PASSWORD_FILE = 'evenkeel.password';
const WORK_PREFIX = 'postgres.new-';
/** Making a cluster takes a second; what has been at it for so long was abandoned by a process that died. */
const ABANDONED_AFTER_MS = 10 * 60_000;

async function readCluster(place: Place, major: string): Promise<Cluster | undefined> {
  const folder = clusterFolder(place.folder);
  const [version, password, holdsData] = await Promise.all([
    readIfThere(join(folder, 'PG_VERSION')),
    readIfThere(join(folder, PASSWORD_FILE)),
    isThere(join(folder, 'global', 'pg_control')),
  ]);
  if (version !== undefined && version !== major) throw otherMajorVersion(folder, version, major);
  if (version !== undefined && password !== undefined && holdsData) return { folder, password };
  // Without its control file a cluster was never finished, and there is nothing in it to lose.
  if (!holdsData) return undefined;
  throw new StoreError(
    'STORE_DATA_FOLDER_DAMAGED',
    `The database in ${folder} has lost its ${version === undefined ? 'PG_VERSION' : PASSWORD_FILE} file. Put that file back from a copy of the folder, or move ${folder} away and sync again.`,
  );
}

/** Worked on beside the final place and renamed at the end: a cluster is either whole or not there. */
async function makeCluster({ folder, runAs }: Place, programs: Programs): Promise<void> {
  const work = await mkdtemp(join(folder, WORK_PREFIX)).catch((error: unknown) => {
    throw notWritable(folder, error);
  });
  try {
    const fresh = join(work, 'postgres');
    const passwordFile = join(work, PASSWORD_FILE);
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (runAs !== undefined) {
      await chown(work, runAs.uid, runAs.gid);
      await chown(passwordFile, runAs.uid, runAs.gid);
    }
    const steps = [
      [programs.initdb, ['-D', fresh, `--pwfile=${passwordFile}`, ...INITDB_FLAGS], ''],
      // The single-user mode reads one statement per line, and would report an error and still exit with 0.
      [
        programs.postgres,
        ['--single', '-D', fresh, '-c', 'exit_on_error=on', 'postgres'],
        `CREATE DATABASE ${DATABASE_NAME}\n`,
      ],
    ] as const;
    for (const [program, args, input] of steps) {
      const { ok, output } = await run(program, args, runAs, input);
      if (!ok) throw initFailed(folder, output);
    }
    await rename(passwordFile, join(fresh, PASSWORD_FILE));
    await putInPlace(fresh, clusterFolder(folder), work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Text sorts by code point whatever the machine's locale, so the same question gives the same order everywhere. */
const INITDB_FLAGS = [
  `--username=${SUPERUSER}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

async function putInPlace(fresh: string, target: string, work: string): Promise<void> {
  try {
    await rename(fresh, target);
  } catch {
    // Something is there: another process was faster and its cluster stands, or it is the half-made one we replace.
    if (await isThere(join(target, PASSWORD_FILE))) return;
    await rename(target, join(work, 'half-made'));
    await rename(fresh, target);
  }
}

async function removeAbandonedWork(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw notWritable(folder, error);
  });
  for (const name of names.filter((name) => name.startsWith(WORK_PREFIX))) {
    const work = join(folder, name);
    const found = await stat(work).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) {
      await rm(work, { recursive: true, force: true });
    }
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    return absentOr(path, error);
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return absentOr(path, error) ?? false;
  }
}

/** A file we may not read is not a file that is absent: taking it for absent would replace someone's database. */
function absentOr(path: string, error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw notWritable(path, error);
}

function initFailed(folder: string, output: string): StoreError {
  return new StoreError(
    'STORE_INIT_FAILED',
    `PostgreSQL could not make a database in ${folder}: ${output.trim().split('\n').at(-1) ?? ''}. Check that the disk has 100 MB free and that the folder is on a local file system, then start again.`,
    { cause: new Error(output) },
  );
}

function otherMajorVersion(folder: string, theirs: string, ours: string): StoreError {
  return new StoreError(
    'STORE_OTHER_MAJOR_VERSION',
    `The database in ${folder} was written by PostgreSQL ${theirs}; this evenkeel brings PostgreSQL ${ours}, which cannot read it. Nothing was changed. Move the folder away and sync again; to keep recorded decisions and published reports, dump it first with pg_dump of PostgreSQL ${theirs}.`,
  );
}
