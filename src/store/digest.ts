import { createHash } from 'node:crypto';

/**
 * The digest of a source: SHA-256, in hex, over its digest lines, each ended by a line feed. Two stores of the same
 * issues have the same digest; a sync is complete when ours equals the tracker's.
 */
export async function digestOf(lines: AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256');
  for await (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex');
}
