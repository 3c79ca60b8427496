import { createHash } from 'node:crypto';
import { JiraHttpError } from './http-error.ts';

const SEVEN_DAYS = 7 * 86_400_000;

/** What a `nextPageToken` stands for: the rows of the page that carried it, `[from, next)`, so the next begins at `next`. */
export interface PageToken {
  readonly from: number;
  readonly next: number;
}

/** An opaque token, good for the same query (any JSON value) for seven days. */
export function writePageToken(token: PageToken, query: unknown, now: number): string {
  return Buffer.from(JSON.stringify([token.from, token.next, now, fingerprint(query)])).toString('base64url');
}

/**
 * Reads a token back.
 *
 * @throws JiraHttpError 400 when it is not ours, belongs to another query or is older than seven days.
 */
export function readPageToken(text: string, query: unknown, now: number): PageToken {
  const [from, next, issuedAt, print] = parsed(text);
  if (
    typeof from !== 'number' ||
    typeof next !== 'number' ||
    typeof issuedAt !== 'number' ||
    print !== fingerprint(query) ||
    now - issuedAt > SEVEN_DAYS
  ) {
    throw new JiraHttpError(400, 'The provided next page token is invalid or has expired.');
  }
  return { from, next };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    // Not JSON, so not a token of ours: the caller answers for it like for any other wrong token.
    return [];
  }
}

function fingerprint(query: unknown): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);
}
