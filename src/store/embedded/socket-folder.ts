import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { SOCKET_NAME } from './postmaster.ts';
import { canReach, type ServerUser } from './server-user.ts';

/**
 * A private folder for the socket of this cluster, the same one each time, so that a pool can reconnect to a server
 * that was started again. Not in the data folder, whose path may be too long for a socket.
 *
 * @throws StoreError STORE_SOCKET_FOLDER_UNUSABLE
 */
export async function openSocketFolder(cluster: string, runAs: ServerUser | undefined): Promise<string> {
  const name = `evenkeel-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`;
  const folder = join(await temporaryFolder(name, runAs), name);
  const failure = await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => error);
  const found = await lstat(folder).catch(() => undefined);
  // Removed in between by the process that stopped the previous server.
  if (found === undefined && (failure === undefined || failure.code === 'EEXIST')) {
    return openSocketFolder(cluster, runAs);
  }
  // Anyone may make a folder of that name before us: theirs would let them stand in for our server.
  const ours = found?.uid === process.getuid?.() || found?.uid === runAs?.uid;
  if (!found?.isDirectory() || !ours || (found.mode & 0o077) !== 0) {
    throw new StoreError(
      'STORE_SOCKET_FOLDER_UNUSABLE',
      `The database's socket needs the folder ${folder}, private to the database's user, and it is not. Remove it if it is there, or set TMPDIR to a folder you may write to.`,
      { cause: failure },
    );
  }
  // If it vanishes here, the server will fail to start and be started again.
  if (runAs !== undefined) await chown(folder, runAs.uid, runAs.gid).catch(() => undefined);
  return folder;
}

/** macOS takes 103 bytes, Linux 107. */
const MAX_SOCKET_PATH_BYTES = 103;

async function temporaryFolder(name: string, runAs: ServerUser | undefined): Promise<string> {
  const preferred = tmpdir();
  const fits = Buffer.byteLength(join(preferred, name, SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES;
  return fits && (runAs === undefined || (await canReach(runAs, preferred))) ? preferred : '/tmp';
}
