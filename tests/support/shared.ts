import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Where reference data that is not ours to publish lies: beside the project, when it is there at all.
 * Returns undefined when the file is absent, so that a suite can say what it skips.
 */
export function sharedPath(relative: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/${relative}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}
