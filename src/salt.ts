import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '#store/store-error.ts';

/**
 * The salt of person hashes: EVENKEEL_SALT, else one made once and kept, readable by its owner only, in the data
 * folder. Losing it makes every person look new; sharing it lets others test whether an account is behind a hash.
 */
export function personSalt(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (environment.EVENKEEL_SALT) return environment.EVENKEEL_SALT;
  const file = join(dataDir, 'salt');
  const kept = read(file);
  if (kept !== undefined) return kept;
  try {
    mkdirSync(dataDir, { recursive: true });
    // `wx`: of two processes that start at once on a fresh folder, one writes and the other reads.
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if (read(file) === undefined) {
      throw new StoreError(
        'STORE_DATA_FOLDER_NOT_WRITABLE',
        `The data folder ${dataDir} cannot be written to. Give this user the right to write there, or name another folder with --data DIR.`,
        { cause },
      );
    }
  }
  const written = read(file);
  if (written === undefined) throw new Error(`The salt in ${file} cannot be read back.`);
  return written;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
