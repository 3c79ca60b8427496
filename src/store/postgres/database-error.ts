import { StoreError, type StoreErrorCode } from '../store-error.ts';

/** Turns what the driver throws into a `StoreError`: what failed, on what, what to do. */
export function databaseError(cause: unknown, what: string, where: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = codeOf(cause);
  const known = REMEDIES.find((remedy) => remedy.when.test(code) || remedy.when.test(messageOf(cause)));
  const [storeCode, remedy]: readonly [StoreErrorCode, string] = known
    ? [known.code, known.remedy]
    : ['STORE_FAILED', `The server says: ${messageOf(cause)}`];
  return new StoreError(storeCode, `${what}, ${where}: ${remedy}`, { cause });
}

interface Remedy {
  /** Met by an SQLSTATE, by a code of the operating system, or by the driver's own message where it has no code. */
  readonly when: RegExp;
  readonly code: StoreErrorCode;
  readonly remedy: string;
}

const REMEDIES: readonly Remedy[] = [
  {
    when: /^(28P01|28000)$|password must be a string/,
    code: 'STORE_ACCESS_DENIED',
    remedy: 'the server refused the user or the password. Check both in the address of the database.',
  },
  {
    when: /^42501$/,
    code: 'STORE_ACCESS_DENIED',
    remedy: 'the user may not do this. Grant it the right to create and use the schema.',
  },
  {
    when: /^3D000$/,
    code: 'STORE_NO_DATABASE',
    remedy: 'there is no such database. Create it with createdb, or correct the name.',
  },
  {
    when: /^(42P01|3F000|42703)$/,
    code: 'STORE_NOT_MIGRATED',
    remedy: 'the tables are missing. Run "evenkeel migrate".',
  },
  {
    when: /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|EACCES|EPIPE|08\w{3}|57P0[1-5]|53300)$|^Connection terminated|^timeout exceeded when trying to connect/,
    code: 'STORE_UNREACHABLE',
    remedy:
      'the server cannot be reached. Check that it runs, takes connections and that its address is right.',
  },
];

function codeOf(cause: unknown): string {
  // Node tries every address of a name and hands back all the failures in one.
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
