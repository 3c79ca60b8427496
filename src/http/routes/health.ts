import { z } from 'zod';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { problems } from '../schemas.ts';

const PART = z.enum(['store', 'queue']);

const notReady = z.object({
  ready: z.literal(false),
  reasons: z.array(z.object({ part: PART, message: z.string() })),
});

/** For whoever supervises the process: restart it, or send it no requests for now. */
export function healthRoutes(server: Server, { store, queue }: ServerDependencies): void {
  server.get(
    '/healthz',
    {
      schema: {
        operationId: 'getHealth',
        summary: 'Is the process alive',
        description: 'Answers as long as the process does. Needs no token.',
        tags: ['operation'],
        response: { 200: z.object({ alive: z.literal(true) }).describe('It is'), ...problems() },
      },
    },
    () => ({ alive: true as const }),
  );

  server.get(
    '/readyz',
    {
      schema: {
        operationId: 'getReadiness',
        summary: 'Can requests be served',
        description: 'Asks the database and the job queue. Needs no token.',
        tags: ['operation'],
        response: {
          ...problems(),
          200: z.object({ ready: z.literal(true) }).describe('They can'),
          503: notReady.describe('They cannot, and why'),
        },
      },
    },
    async (request, reply) => {
      const answers = await Promise.all([
        ask('store', () => store.ping(), 'The database does not answer as it should.'),
        ask('queue', () => queue?.ping(), 'The job queue does not answer as it should.'),
      ]);
      const failures = answers.filter((answer) => answer !== undefined);
      if (failures.length === 0) return { ready: true as const };
      for (const { part, error } of failures) request.log.error({ err: error }, `the ${part} is not ready`);
      return reply
        .code(503)
        .send({ ready: false, reasons: failures.map(({ part, message }) => ({ part, message })) });
    },
  );
}

interface Failure {
  readonly part: z.infer<typeof PART>;
  readonly message: string;
  readonly error: unknown;
}

/** A part that hangs is not ready either, and whoever asks waits only so long. */
const PATIENCE_MS = 5_000;

async function ask(
  part: Failure['part'],
  ping: () => Promise<void> | undefined,
  message: string,
): Promise<Failure | undefined> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), PATIENCE_MS);
  try {
    await Promise.race([ping(), late.promise]);
    return undefined;
  } catch (error) {
    return { part, message, error };
  } finally {
    clearTimeout(timer);
  }
}
