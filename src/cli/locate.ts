import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '#config/config.ts';
import { loadConfig } from '#config/load.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The flags every command takes. */
export interface GlobalOptions {
  readonly config?: string;
  readonly data?: string;
}

/** Which configuration and data folder a command works on. */
export interface Located {
  readonly config: Config;
  readonly dataDir: string;
  /** Keeps a demo's data apart from yours on a shared server. */
  readonly isDemo: boolean;
  readonly notice?: string;
}

/** Where `demo` keeps its configuration and its data: apart from yours, inside the data folder. */
export function demoPlace(options: GlobalOptions, environment: Environment) {
  const dataDir = join(dataFolder(options, environment), 'demo');
  return { dataDir, configFile: join(dataDir, 'evenkeel.yaml') };
}

/** A demo's simulated trackers accept any credentials; its configuration names this variable as real ones do. */
export const DEMO_TOKEN = 'EVENKEEL_DEMO_TOKEN';

/**
 * The configuration to use: the one named by `--config` or EVENKEEL_CONFIG, else evenkeel.yaml here, else the one
 * the last demo left, so that `report` and `digest` work right after a demo. Throws `ConfigError`.
 */
export function locate(options: GlobalOptions, environment: Environment): Located {
  const named = options.config ?? environment.EVENKEEL_CONFIG;
  const file = named ?? 'evenkeel.yaml';
  const dataDir = dataFolder(options, environment);
  const demo = demoPlace(options, environment);
  if (named === undefined && !existsSync(file) && existsSync(demo.configFile)) {
    return {
      config: loadConfig(demo.configFile, { [DEMO_TOKEN]: 'demo', ...environment }),
      dataDir: demo.dataDir,
      isDemo: true,
      notice: `There is no evenkeel.yaml here: using what the last demo left in ${demo.dataDir}.`,
    };
  }
  return { config: loadConfig(file, environment), dataDir, isDemo: false };
}

function dataFolder(options: GlobalOptions, environment: Environment): string {
  return resolve(options.data ?? environment.EVENKEEL_DATA ?? '.evenkeel');
}
