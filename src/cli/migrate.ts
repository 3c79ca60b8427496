import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';

/** `evenkeel migrate`: opening the store migrates it. */
export async function migrate(options: GlobalOptions, terminal: Terminal): Promise<void> {
  await using app = await open(find(options, terminal), terminal);
  await app.store.ping();
  terminal.note('The database schema is up to date.');
}
