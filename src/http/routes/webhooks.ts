import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { anotherSite, type WebhookNews, type WebhookReader, WebhookRefusal } from '#trackers/webhook.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { HttpProblem } from '../problem.ts';
import { idSchema, problems } from '../schemas.ts';
import { connected } from './queues.ts';

/** The most that any tracker sends; what a source's own takes may be less. */
const MOST_BYTES = 25 * 1024 * 1024;

/** A thousand issues edited at once are a thousand deliveries, all of them from one address where a proxy is in front. */
const DELIVERIES_PER_MINUTE = 3_000;

/** Longer than any tracker goes on trying, and than any delivery stays young enough to be believed. */
const REMEMBERED_MS = 24 * 3_600_000;

const answer = z.object({
  outcome: z.enum(['queued', 'duplicate', 'ignored']),
  reason: z.string().meta({ description: 'What will happen, or why nothing will' }),
});

/** What trackers tell of: believed by its signature, answered before any work, and only a hint what to read again. */
export async function webhookRoutes(root: Server, dependencies: ServerDependencies): Promise<void> {
  const { store, queue, now } = dependencies;

  async function take(request: FastifyRequest): Promise<z.infer<typeof answer>> {
    const source = sourceOf(request);
    const reader = readerOf(dependencies, source);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    checkSize(body.length, reader.maxBytes);
    const news = believed(request, reader, body, now());
    await checkSite(news, source);
    if (news.ignored !== undefined) return { outcome: 'ignored', reason: news.ignored };

    const jobs = connected(queue);
    const { marks, told, issues, reference } = news;
    const delivery = { source, marks, told, now: now(), rememberUntil: now() + REMEMBERED_MS };
    const isNew = await store.acceptDelivery(delivery, async () => {
      for (const id of issues) await jobs.add('read-issues', { source, ids: [id] }, `${source}:${id}`);
      if (reference) await jobs.add('read-reference', { source }, source);
    });
    return isNew
      ? { outcome: 'queued', reason: `A worker asks the tracker about ${news.event}.` }
      : { outcome: 'duplicate', reason: 'This delivery was taken before.' };
  }

  /** One secret may sign for two workspaces. Which of them the source is, its first reading tells. */
  async function checkSite({ siteId }: WebhookNews, source: string): Promise<void> {
    if (siteId === undefined) return;
    const known = await store.siteId(source);
    if (known !== undefined && known !== siteId) throw problemOf(anotherSite());
  }

  // In a room of its own, where bodies stay the bytes that were signed.
  await root.register(async (room) => {
    const server = room.withTypeProvider<ZodTypeProvider>();
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    const limit = server.rateLimit({
      max: DELIVERIES_PER_MINUTE,
      timeWindow: 60_000,
      errorResponseBuilder: (_request, { after }) =>
        new HttpProblem(
          429,
          'TOO_MANY_REQUESTS',
          `More than ${DELIVERIES_PER_MINUTE} deliveries a minute. Send the rest again in ${after}.`,
        ),
    });

    server.post(
      '/webhooks/:source',
      {
        bodyLimit: MOST_BYTES,
        schema: {
          operationId: 'takeDelivery',
          summary: 'A delivery of a tracker’s webhook',
          description:
            'Believed when it is signed with the `webhookSecret` of the source, of now, and new. What it says is not taken over: it names what a worker then asks the tracker for.',
          tags: ['sources'],
          security: [],
          params: z.object({ source: idSchema }),
          response: { 200: answer.describe('It is believed'), ...problems(400, 404, 413, 415) },
        },
        onRequest: [
          limit,
          async (request) => {
            // Nothing is read from somebody whom we do not expect.
            const { maxBytes } = readerOf(dependencies, sourceOf(request));
            checkSize(Number(request.headers['content-length'] ?? 0), maxBytes);
          },
        ],
      },
      (request) => take(request),
    );
  });
}

function sourceOf({ params }: FastifyRequest): string {
  return (params as { readonly source: string }).source;
}

function readerOf({ config, webhooks }: ServerDependencies, source: string): WebhookReader {
  if (!config.sources.some(({ id }) => id === source)) {
    throw new HttpProblem(404, 'UNKNOWN_SOURCE', 'There is no such source.');
  }
  const reader = webhooks?.(source);
  if (reader) return reader;
  throw new HttpProblem(
    404,
    'WEBHOOKS_NOT_CONFIGURED',
    'This source takes no webhooks. Give it a webhookSecret in the configuration, and the same one to the tracker.',
  );
}

function checkSize(bytes: number, most: number): void {
  if (bytes <= most) return;
  throw new HttpProblem(
    413,
    'WEBHOOK_TOO_LARGE',
    `The tracker sends at most ${most} bytes; these are ${bytes}.`,
  );
}

function believed(request: FastifyRequest, reader: WebhookReader, body: Buffer, now: number) {
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  try {
    return reader.read({ body, header }, now);
  } catch (error) {
    if (!(error instanceof WebhookRefusal)) throw error;
    request.log.warn({ source: sourceOf(request), kind: error.kind }, 'a delivery was refused');
    throw problemOf(error);
  }
}

function problemOf({ kind, message }: WebhookRefusal): HttpProblem {
  switch (kind) {
    case 'unsigned':
      return new HttpProblem(401, 'WEBHOOK_UNSIGNED', message);
    case 'forged':
      return new HttpProblem(401, 'WEBHOOK_FORGED', message);
    case 'stale':
      return new HttpProblem(401, 'WEBHOOK_STALE', message);
    case 'wrong_source':
      return new HttpProblem(400, 'WEBHOOK_WRONG_SOURCE', message);
    case 'malformed':
      return new HttpProblem(400, 'WEBHOOK_MALFORMED', message);
    default:
      return kind satisfies never;
  }
}
