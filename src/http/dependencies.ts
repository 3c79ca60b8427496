import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '#config/config.ts';
import type { PresentOf } from '#pipeline/present.ts';
import type { Queue } from '#queue/jobs.ts';
import type { Store } from '#store/store.ts';
import type { WebhookReader } from '#trackers/webhook.ts';

/** What the pages and the API answer from. */
export interface ServerDependencies {
  readonly config: Config;
  readonly store: Store;
  /** Absent: nothing can be enqueued, and no queue is reported on. */
  readonly queue: Queue | undefined;
  /** What tells the webhooks of a source from what others send; undefined where none are taken. */
  readonly webhooks?: (source: string) => WebhookReader | undefined;
  readonly now: () => number;
  /** When it is for those who tell something about a team. Default: `now`. */
  readonly presentOf?: PresentOf;
  /** Without one, nothing is logged. */
  readonly log?: FastifyBaseLogger;
}

/** A Fastify whose routes are typed by their zod schemas. */
export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
