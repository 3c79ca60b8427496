import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ageOf, sourceAgeSchema } from '../data-age.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { HttpProblem } from '../problem.ts';
import { idSchema, instantSchema, isoInstant, problems } from '../schemas.ts';
import { connected } from './queues.ts';

const sourceSchema = sourceAgeSchema.omit({ source: true }).extend({
  id: idSchema,
  kind: z.string(),
  issues: z.int().min(0).meta({ description: 'Issues in the store' }),
  walks: z
    .array(z.object({ part: z.string(), startedAsOf: instantSchema, done: z.boolean() }))
    .meta({ description: 'The parts of a sync that is under way or was interrupted' }),
});

/** How far the trackers are read, and the wish to have one read now. */
export function sourceRoutes(server: Server, { config, store, queue }: ServerDependencies): void {
  server.get(
    '/api/v1/sources',
    {
      schema: {
        operationId: 'listSources',
        summary: 'How far the trackers are read',
        description: 'Every connected tracker: how complete its data is, and what went wrong last.',
        tags: ['sources'],
        response: {
          200: z.object({ sources: z.array(sourceSchema) }).describe('The sources'),
          ...problems(),
        },
      },
    },
    async () => ({
      sources: await Promise.all(
        config.sources.map(async ({ id, kind }) => {
          const [state, issues] = await Promise.all([store.syncState(id), store.countIssues(id)]);
          const walks = state.walks.map(({ part, startedAsOf, done }) => ({
            part,
            startedAsOf: isoInstant(startedAsOf),
            done,
          }));
          return { id, kind, issues, ...ageOf(state), walks };
        }),
      ),
    }),
  );

  server.post(
    '/api/v1/sources/:id/sync',
    {
      schema: {
        operationId: 'syncSource',
        summary: 'Read a tracker now',
        description:
          'Has a worker read the tracker and assess its teams. While one such wish waits, further ones are dropped.',
        tags: ['sources'],
        security: [{ token: [] }],
        params: z.object({ id: idSchema }),
        body: z.strictObject({
          full: z.boolean().default(false).meta({ description: 'Start over instead of continuing' }),
        }),
        response: {
          202: z.object({ source: idSchema, queued: z.literal(true) }).describe('A worker will do it'),
          ...problems(400, 404),
        },
      },
      // To send nothing is to have no wishes.
      preValidation: async (request: FastifyRequest) => {
        request.body ??= {};
      },
    },
    async ({ params: { id }, body: { full } }, reply) => {
      if (!config.sources.some((source) => source.id === id)) {
        const known = config.sources.map((source) => source.id).join(', ');
        throw new HttpProblem(404, 'UNKNOWN_SOURCE', `There is no source "${id}". There are: ${known}.`);
      }
      await connected(queue).add('sync-source', { source: id, full }, id);
      return reply.code(202).send({ source: id, queued: true });
    },
  );
}
