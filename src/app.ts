import type { Config, SourceConfig } from '#config/config.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Queue } from '#queue/jobs.ts';
import { type EmbeddedDatabase, openEmbeddedPostgres } from '#store/embedded.ts';
import { openStore } from '#store/postgres/open.ts';
import type { Store } from '#store/store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import type { Tracker } from '#trackers/tracker.ts';
import type { Attempt } from '#trackers/transport-options.ts';
import { personSalt } from './salt.ts';

export interface AppOptions {
  readonly config: Config;
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Keeps a demo's tables and jobs apart from yours on a shared database or Redis. */
  readonly isDemo?: boolean;
  /** Told what a person should know, such as data that lies elsewhere than asked for. */
  readonly notice?: (message: string) => void;
}

/** The parts put together. Whoever opens it disposes of it; the embedded database stops with its last user. */
export interface App extends AsyncDisposable {
  readonly config: Config;
  readonly store: Store;
  /** A connection to one source; the caller disposes of it. */
  readonly tracker: (source: string, onAttempt?: (attempt: Attempt) => void) => Tracker;
  /** Opened on first use: reading a report needs no queue. */
  readonly queue: () => Promise<Queue>;
  readonly connections: Connections;
  readonly now: () => number;
}

/** Where the database and the queue are; workers open connections of their own. */
export interface Connections {
  readonly database: string | EmbeddedDatabase['connection'];
  readonly redisUrl?: string;
  readonly schema: string;
}

/**
 * Opens the store, on the server at DATABASE_URL or embedded in the data folder, and migrates it.
 * Throws `StoreError`.
 */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, dataDir, environment, notice } = options;
  const schema = options.isDemo ? 'evenkeel_demo' : 'evenkeel';
  await using cleanup = new AsyncDisposableStack();

  let database: Connections['database'];
  if (environment.DATABASE_URL) database = environment.DATABASE_URL;
  else {
    const embedded = cleanup.use(await openEmbeddedPostgres({ dataDir }));
    if (embedded.notice) notice?.(embedded.notice);
    database = embedded.connection;
  }
  const connections: Connections = {
    database,
    schema,
    ...(environment.REDIS_URL ? { redisUrl: environment.REDIS_URL } : {}),
  };
  const store = cleanup.use(await openStore({ connection: database, schema, migrate: true }));
  const salt = personSalt(dataDir, environment);

  let queue: Promise<Queue> | undefined;
  cleanup.defer(async () => {
    if (queue) await (await queue)[Symbol.asyncDispose]();
  });
  const owned = cleanup.move();
  return {
    config,
    store,
    connections,
    tracker: (source, onAttempt) => connect(config, source, salt, onAttempt),
    queue: () => {
      queue ??= openBullmqQueue(connections);
      return queue;
    },
    now: Date.now,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A connection to one source of a configuration; the caller disposes of it. Persons become hashes with the salt. */
export function connect(
  config: Config,
  source: string,
  salt: string,
  onAttempt?: (attempt: Attempt) => void,
): Tracker {
  const found: SourceConfig | undefined = config.sources.find((candidate) => candidate.id === source);
  if (!found) throw new RangeError(`there is no source "${source}"`);
  return createJiraTracker({
    source: found.id,
    url: found.url,
    auth: found.auth,
    salt,
    ...(found.projects ? { projects: found.projects } : {}),
    ...(onAttempt ? { transport: { onAttempt } } : {}),
  });
}
