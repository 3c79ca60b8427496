import { type App, openApp } from '../app.ts';
import { type GlobalOptions, type Located, locate } from './locate.ts';
import type { Terminal } from './program.ts';

/** Finds the configuration a command works on, saying on the terminal where it came from when that is not plain. */
export function find(options: GlobalOptions, terminal: Terminal): Located {
  const located = locate(options, terminal.environment);
  if (located.notice) terminal.note(located.notice);
  return located;
}

/** Opens everything behind a configuration. Check what was asked for before: opening may start a database. */
export function open(located: Located, terminal: Terminal): Promise<App> {
  const { config, dataDir, isDemo } = located;
  return openApp({ config, dataDir, isDemo, environment: terminal.environment, notice: terminal.note });
}
