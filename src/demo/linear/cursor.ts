import { argumentError } from './linear-error.ts';

/** Where a page ended: the rows it held, `[from, next)`, and what its last row was ordered by. */
export interface Cursor {
  readonly from: number;
  readonly next: number;
  readonly key: readonly unknown[];
}

export function writeCursor({ from, next, key }: Cursor): string {
  return Buffer.from(JSON.stringify([from, next, ...key.map((part) => part ?? null)])).toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws GraphQLError when it is not one of ours.
 */
export function readCursor(text: unknown, argument: string): Cursor {
  const [from, next, ...key] = parsed(text);
  if (typeof from !== 'number' || typeof next !== 'number' || key.length === 0) {
    throw argumentError(`${argument} must be a cursor of this connection`);
  }
  return { from, next, key: key.map((part) => part ?? undefined) };
}

function parsed(text: unknown): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(text), 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    // Not JSON, so not a cursor of ours: the caller answers for it.
    return [];
  }
}
