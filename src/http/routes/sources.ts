import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { HttpProblem } from '../problem.ts';
import { idSchema, problems } from '../schemas.ts';
import { sourceStatuses, sourceStatusSchema } from '../source-status.ts';
import { connected } from './queues.ts';

/** How far the trackers are read, and the wish to have one read now. */
export function sourceRoutes(server: Server, dependencies: ServerDependencies): void {
  const { config, queue } = dependencies;
  server.get(
    '/api/v1/sources',
    {
      schema: {
        operationId: 'listSources',
        summary: 'How far the trackers are read',
        description: 'Every connected tracker: how complete its data is, and what went wrong last.',
        tags: ['sources'],
        response: {
          200: z.object({ sources: z.array(sourceStatusSchema) }).describe('The sources'),
          ...problems(),
        },
      },
    },
    async () => ({ sources: [...(await sourceStatuses(dependencies))] }),
  );

  server.post(
    '/api/v1/sources/:id/sync',
    {
      schema: {
        operationId: 'syncSource',
        summary: 'Read a tracker now',
        description:
          'Has a worker read the tracker, sprints and versions too, and assess its teams. While one such wish waits, further ones are dropped.',
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
      const jobs = connected(queue);
      await jobs.add('sync-source', { source: id, full }, id);
      // No issue tells that a sprint or a version moved; one whose tracker does tell is not asked.
      for (const what of full ? [] : (['cycles', 'versions'] as const)) {
        await jobs.add('sweep-reference', { source: id, what }, `${id}:${what}`);
      }
      return reply.code(202).send({ source: id, queued: true });
    },
  );
}
