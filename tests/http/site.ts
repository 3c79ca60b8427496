import { request } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Config, ServerConfig } from '#config/config.ts';
import { type CalendarDay, parseDay } from '#domain/calendar.ts';
import type { Server, ServerDependencies } from '#http/dependencies.ts';
import { buildServer } from '#http/server.ts';
import type { QueueConnections } from '#queue/backend.ts';
import { openBullmqQueue } from '#queue/bullmq.ts';
import type { Queue } from '#queue/jobs.ts';
import type { Store } from '#store/store.ts';
import { history, team } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';
import { temporaryDatabase } from '#tests/support/temporary-store.ts';

/** What the tracker's clock showed when it was read, and what ours showed when that was over and now. */
export const COMPLETE_AS_OF = Date.UTC(2026, 2, 20, 14);
const FINISHED_AT = Date.UTC(2026, 2, 20, 14, 5);
export const NOW = Date.UTC(2026, 2, 20, 17, 30);

export const TOKEN = 'a-token-of-this-test';

/** Two teams over a source that was read and one that never was, with a real store and a real queue. */
export interface Site extends AsyncDisposable {
  readonly store: Store;
  readonly queue: Queue;
  readonly config: Config;
  readonly connections: QueueConnections;
  /** A server on this site; the caller closes it. */
  serve(options?: ServeOptions): Promise<Server>;
}

export interface ServeOptions {
  readonly server?: Partial<ServerConfig>;
  readonly sources?: Config['sources'];
  readonly queue?: Queue | undefined;
  readonly store?: Store;
  readonly log?: FastifyBaseLogger;
  readonly webhooks?: ServerDependencies['webhooks'];
}

export async function openSite(): Promise<Site> {
  await using cleanup = new AsyncDisposableStack();
  const database = cleanup.use(await temporaryDatabase());
  const store = cleanup.use(await database.open());
  const connections = { database: database.address, schema: database.schema };
  const queue = cleanup.use(await openBullmqQueue(connections));
  await fill(store);
  const config = siteConfig();
  const owned = cleanup.move();
  return {
    store,
    queue,
    config,
    connections,
    serve: (options = {}) =>
      buildServer({
        config: {
          ...config,
          server: { ...config.server, ...options.server },
          ...(options.sources ? { sources: options.sources } : {}),
        },
        store: options.store ?? store,
        queue: 'queue' in options ? options.queue : queue,
        now: () => NOW,
        ...(options.log ? { log: options.log } : {}),
        ...(options.webhooks ? { webhooks: options.webhooks } : {}),
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function fill(store: Store): Promise<void> {
  const issues = Array.from({ length: 30 }, (_, i) =>
    issue(`PAY-${i + 1}`, 'To Do 1d → In Progress 4d → Review 2d → Done', {
      from: new Date(Date.UTC(2026, 0, 5 + 2 * i, 9)).toISOString(),
      title: `<script>alert(${i})</script>`,
      resolution: 'Done',
    }),
  );
  await store.saveReference(history(issues).reference, COMPLETE_AS_OF);
  await store.saveBatch('acme', issues);
  await store.finishSync('acme', COMPLETE_AS_OF, FINISHED_AT);
  await store.failSync('labs', 'the token for labs is refused');
}

function siteConfig(): Config {
  const auth = { email: 'reader@acme.example', apiToken: 'secret-of-the-tracker' };
  return {
    organisation: { name: 'Acme', timezone: 'UTC' },
    sources: ['acme', 'labs'].map((id) => ({ id, kind: 'jira', url: `https://${id}.example`, auth })),
    teams: [
      team(),
      team({ id: 'platform', name: 'Platform', group: 'Foundations', scope: [{ source: 'labs' }] }),
    ],
    server: { host: '127.0.0.1', port: 0, allowedHosts: [], tokens: [] },
    syncEveryMinutes: 30,
    sweepEveryMinutes: { cycles: 15, versions: 60 },
  };
}

/** A calendar day from text that is one. */
export function day(text: string): CalendarDay {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new RangeError(`"${text}" is no day`);
  return parsed;
}

/** A request as any program can send it: unlike `fetch`, with whatever Host and Origin it likes. */
export function send(
  address: string,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  } = {},
): Promise<{ readonly status: number; readonly headers: Record<string, unknown>; readonly text: string }> {
  const { hostname, port } = new URL(address);
  const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<typeof send>>>();
  const { method = 'GET', headers = {}, body } = options;
  const outgoing = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
    let text = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      text += chunk;
    });
    answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}
