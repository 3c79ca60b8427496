import { type App, openApp } from '../app.ts';
import { type GlobalOptions, type Located, locate } from './locate.ts';
import type { Terminal } from './program.ts';

/** Finds the configuration and opens everything behind it, saying on the terminal what a person should know. */
export async function open(
  options: GlobalOptions,
  terminal: Terminal,
): Promise<App & { readonly located: Located }> {
  const located = locate(options, terminal.environment);
  if (located.notice) terminal.note(located.notice);
  const app = await openApp({
    config: located.config,
    dataDir: located.dataDir,
    isDemo: located.isDemo,
    environment: terminal.environment,
    notice: terminal.note,
  });
  return { ...app, located };
}
