import type { Config, SourceConfig } from '#config/config.ts';
import { type PresentOf, simulatedPresent } from '#pipeline/present.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Queue } from '#queue/jobs.ts';
import { type EmbeddedDatabase, openEmbeddedPostgres } from '#store/embedded.ts';
import { openStore } from '#store/postgres/open.ts';
import type { Store } from '#store/store.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';
import { createJiraWebhooks } from '#trackers/jira/webhook.ts';
import { createLinearTracker } from '#trackers/linear/tracker.ts';
import { createLinearWebhooks } from '#trackers/linear/webhook.ts';
import { type SharedLimits, sharedLimits } from '#trackers/shared-limits.ts';
import type { LiveTracker } from '#trackers/tracker.ts';
import type { Attempt } from '#trackers/transport-options.ts';
import type { WebhookReader } from '#trackers/webhook.ts';
import { withHashedMembers } from './roster.ts';
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
  readonly tracker: (source: string, options?: Pick<ConnectOptions, 'onAttempt' | 'patience'>) => LiveTracker;
  /** What tells the webhooks of a source from what others send; undefined where it has no secret for them. */
  readonly webhooks: (source: string) => WebhookReader | undefined;
  /** Opened on first use: reading a report needs no queue. */
  readonly queue: () => Promise<Queue>;
  readonly connections: Connections;
  readonly now: () => number;
  /** When it is for those who tell something about a team: a demo has a present of its own. */
  readonly presentOf: PresentOf;
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
  const limits = sharedLimits(store);

  let queue: Promise<Queue> | undefined;
  cleanup.defer(async () => {
    if (queue) await (await queue)[Symbol.asyncDispose]();
  });
  const owned = cleanup.move();
  return {
    config: withHashedMembers(config, salt),
    store,
    connections,
    tracker: (source, wanted) => connect(config, source, salt, { ...wanted, limits: limits(source) }),
    webhooks: (source) => webhooksOf(config, source, salt),
    queue: () => {
      queue ??= openBullmqQueue(connections);
      return queue;
    },
    now: Date.now,
    presentOf: (team) => (options.isDemo ? simulatedPresent(store, team) : Promise.resolve(Date.now())),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export interface ConnectOptions {
  readonly onAttempt?: (attempt: Attempt) => void;
  /** Longest wait within a request that the tracker may ask for, milliseconds. */
  readonly patience?: () => number;
  /** What the connection has in common with others to the same source. Default: it is the only one. */
  readonly limits?: SharedLimits;
}

/** A connection to one source of a configuration; the caller disposes of it. Persons become hashes with the salt. */
export function connect(
  config: Config,
  source: string,
  salt: string,
  { limits, ...own }: ConnectOptions = {},
): LiveTracker {
  const found: SourceConfig | undefined = config.sources.find((candidate) => candidate.id === source);
  if (!found) throw new RangeError(`there is no source "${source}"`);
  const { url } = found;
  const transport = { ...own, ...limits };
  const common = {
    source: found.id,
    url,
    salt,
    transport,
    readsClaims: found.comments === 'claims',
    readsGoals: found.descriptions === 'goals',
  };
  switch (found.kind) {
    case 'jira':
      return createJiraTracker({
        ...common,
        auth: found.auth,
        ...(found.projects ? { projects: found.projects } : {}),
        ...(found.fields ? { fields: found.fields } : {}),
      });
    case 'linear':
      return createLinearTracker({
        ...common,
        auth: found.auth,
        ...(found.teams ? { teams: found.teams } : {}),
      });
    default:
      return found satisfies never;
  }
}

/** What tells the webhooks of one source of a configuration from what others send. */
export function webhooksOf(config: Config, source: string, salt: string): WebhookReader | undefined {
  const found: SourceConfig | undefined = config.sources.find((candidate) => candidate.id === source);
  if (found?.webhookSecret === undefined) return undefined;
  const { id, url, webhookSecret: secret } = found;
  return found.kind === 'jira'
    ? createJiraWebhooks({ url, secret })
    : createLinearWebhooks({ source: id, secret, salt });
}
