import {
  createPostgresBackend,
  type Job,
  type PostgresConnectionOptions,
  type Processor,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { QueueError } from './queue-error.ts';

/** Where jobs are kept: BullMQ's own schema in our PostgreSQL, or a Redis server. */
export interface QueueConnections {
  readonly database:
    | string
    | {
        readonly host: string;
        readonly port: number;
        readonly user: string;
        readonly password: string;
        readonly database: string;
      };
  readonly redisUrl?: string;
  /** Part of every queue's name, so that several installations share one server. */
  readonly schema: string;
}

export interface JobQueue
  extends Pick<
    Queue,
    | 'add'
    | 'close'
    | 'getFailed'
    | 'getJobCounts'
    | 'getJobs'
    | 'getJobSchedulers'
    | 'removeJobScheduler'
    | 'upsertJobScheduler'
    | 'waitUntilReady'
  > {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface JobWorker extends Pick<Worker, 'close' | 'waitUntilReady'> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'completed', listener: (job: Job) => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
  on(event: 'stalled', listener: (id: string) => void): unknown;
}

type Tuning = Pick<WorkerOptions, 'concurrency' | 'lockDuration' | 'maxStalledCount' | 'stalledInterval'>;

/** BullMQ over one connection. Close its queues and workers before disposing of it. */
export interface Backend extends AsyncDisposable {
  readonly kind: 'postgres' | 'redis';
  queue(name: string): JobQueue;
  worker(name: string, processor: Processor, tuning: Tuning): JobWorker;
  ping(): Promise<void>;
}

/** Opens the backend that the connections ask for. Throws `QueueError` when it cannot be reached. */
export function openBackend(connections: QueueConnections): Promise<Backend> {
  return connections.redisUrl === undefined
    ? openPostgres(connections)
    : openRedis(connections, connections.redisUrl);
}

/** BullMQ listens for new jobs on a connection of its own per worker, taken out of this pool. */
const POOL_SIZE = 10;

async function openPostgres({ database, schema }: QueueConnections): Promise<Backend> {
  const target = typeof database === 'string' ? { connectionString: database } : database;
  // A pool, not an address: in native modules BullMQ cannot load the driver itself. Its tables lie in the schema
  // `bullmq`, which such a pool cannot rename; installations that share a server differ by the names of their queues.
  const pool = new Pool({ ...target, max: POOL_SIZE, options: '-c search_path=bullmq', keepAlive: true });
  // Without a listener an idle connection that drops would end the process; the next query reports the trouble.
  pool.on('error', () => {});
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client);
    } finally {
      client.release();
    }
  } catch (cause) {
    await pool.end();
    throw new QueueError(
      'QUEUE_UNREACHABLE',
      'The job queue in PostgreSQL cannot be opened. Check DATABASE_URL and that its user may create a schema.',
      { cause },
    );
  }
  const onPostgres = withBackend(createPostgresBackend);
  // BullMQ's structural idea of a pool and pg's own typing of one differ in overloads of `on` only.
  const connection = pool as unknown as PostgresConnectionOptions;
  return {
    kind: 'postgres',
    queue: (name) => new onPostgres.Queue(`${schema}-${name}`, { connection }),
    worker: (name, processor, tuning) =>
      new onPostgres.Worker(`${schema}-${name}`, processor, { ...tuning, connection }),
    ping: async () => {
      await pool.query('select 1');
    },
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

async function openRedis({ schema }: QueueConnections, redisUrl: string): Promise<Backend> {
  // Workers block on a connection, so a command may wait for ever; BullMQ requires this of the connection it is given.
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null, lazyConnect: true });
  redis.on('error', () => {});
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    throw new QueueError(
      'QUEUE_UNREACHABLE',
      `Redis cannot be reached at ${hostOf(redisUrl)}. Check REDIS_URL, or unset it to keep jobs in PostgreSQL.`,
      { cause },
    );
  }
  return {
    kind: 'redis',
    queue: (name) => new Queue(`${schema}-${name}`, { connection: redis }),
    worker: (name, processor, tuning) =>
      new Worker(`${schema}-${name}`, processor, { ...tuning, connection: redis }),
    ping: async () => {
      await redis.ping();
    },
    [Symbol.asyncDispose]: async () => {
      await redis.quit();
    },
  };
}

/** An address without its credentials. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address given';
}
