import { createHmac } from 'node:crypto';
import type { PersonHash } from '#domain/issue.ts';

/**
 * Turns a tracker's account ids into hashes that tell people apart and say nothing else of them. The salt keeps
 * anyone from trying out known account ids; the source keeps one person in two trackers from being joined silently.
 */
export function personHasher(source: string, salt: string): (accountId: string) => PersonHash {
  // A site has far fewer people than changes, and hashing every author anew is most of the work of reading one.
  const known = new Map<string, PersonHash>();
  return (accountId) => {
    const hash =
      known.get(accountId) ??
      createHmac('sha256', salt).update(`${source}:${accountId}`).digest('hex').slice(0, HASH_LENGTH);
    known.set(accountId, hash);
    return hash;
  };
}

// 64 bits: two of a million people share a hash with a chance of one in forty million.
const HASH_LENGTH = 16;
