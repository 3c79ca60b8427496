import { StoreError } from '../store-error.ts';
import { run } from './run.ts';

export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** PostgreSQL refuses to run as root; root lends it to the user `postgres`, who is made if the system has none. */
export async function unprivilegedUser(): Promise<ServerUser> {
  const known = await lookUp();
  if (known !== undefined) return known;
  const made = await run('useradd', ['--system', '--user-group', '--no-create-home', NAME], undefined);
  const created = await lookUp();
  if (created !== undefined) return created;
  throw new StoreError(
    'STORE_NO_SERVER_USER',
    `PostgreSQL refuses to run as root, and no user named "${NAME}" could be created. Start evenkeel as an ordinary user, create that user, or set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause: new Error(made.output) },
  );
}

/** Asks the system instead of working out permissions: ACLs, mounts and security modules have their say too. */
export async function canReach(user: ServerUser, path: string): Promise<boolean> {
  return (await run('test', ['-x', path], user)).ok;
}

const NAME = 'postgres';

async function lookUp(): Promise<ServerUser | undefined> {
  const [uid, gid] = await Promise.all([
    run('id', ['-u', NAME], undefined),
    run('id', ['-g', NAME], undefined),
  ]);
  return uid.ok && gid.ok ? { name: NAME, uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}
