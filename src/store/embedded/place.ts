import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { canReach, isRoot, type ServerUser, unprivilegedUser } from './server-user.ts';

/** Where the database lives and who runs its server. */
export interface Place {
  /** Holds the cluster in `postgres` and the server's log in `postgres.log`. */
  readonly folder: string;
  /** The user to become; absent when we are an ordinary user ourselves. */
  readonly runAs: ServerUser | undefined;
  readonly notice: string | undefined;
}

/**
 * The data folder itself, unless we are root and the server's user cannot reach it, as in a clone under root's
 * private home: then a folder under `/var/lib/evenkeel`, named after the data folder. We never widen the permissions
 * of a folder that is not ours.
 *
 * @throws StoreError STORE_DATA_FOLDER_NOT_WRITABLE
 */
export async function choosePlace(dataDir: string): Promise<Place> {
  const folder = await made(dataDir);
  if (!isRoot()) return { folder, runAs: undefined, notice: undefined };

  const owner = await ownerOf(clusterFolder(folder));
  const user = owner !== undefined && owner.uid !== 0 ? owner : await unprivilegedUser();
  const reachable = await canReach(user, folder);
  if (owner !== undefined) {
    if (reachable) return { folder, runAs: user, notice: undefined };
    throw notWritable(
      folder,
      new Error(`The database in it belongs to ${user.name}, who cannot enter the folder`),
    );
  }
  // A database that was once put elsewhere stays there, even if the data folder could be reached by now.
  const elsewhere = join(SYSTEM_FOLDER, createHash('sha256').update(folder).digest('hex').slice(0, 16));
  const ownerElsewhere = await ownerOf(clusterFolder(elsewhere));
  if (reachable && ownerElsewhere === undefined) return { folder, runAs: user, notice: undefined };
  await made(elsewhere);
  await chmod(SYSTEM_FOLDER, 0o755);
  await chmod(elsewhere, 0o755);
  return {
    folder: elsewhere,
    runAs: ownerElsewhere ?? user,
    notice: `The database lies in ${elsewhere}, not in ${folder}: PostgreSQL refuses to run as root, and the user "${user.name}" it runs as could not reach that folder when the database was made.`,
  };
}

export function clusterFolder(folder: string): string {
  return join(folder, 'postgres');
}

export function notWritable(folder: string, cause: unknown): StoreError {
  return new StoreError(
    'STORE_DATA_FOLDER_NOT_WRITABLE',
    `The data folder ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}. Make it a folder that you own and may write to, or choose another with --data (EVENKEEL_DATA).`,
    { cause },
  );
}

/** The system's place for the data of a service. */
export const SYSTEM_FOLDER = '/var/lib/evenkeel';

async function made(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    return await realpath(dataDir);
  } catch (error) {
    throw notWritable(dataDir, error);
  }
}

/** A cluster that exists is always run by its owner, so that `sudo` continues what was begun without it. */
async function ownerOf(cluster: string): Promise<ServerUser | undefined> {
  const found = await stat(cluster).catch(() => undefined);
  return found && { name: `user ${found.uid}`, uid: found.uid, gid: found.gid };
}
