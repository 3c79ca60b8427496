import swagger, { type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Server } from './dependencies.ts';
import { problems } from './schemas.ts';

/** Describes every route registered after it, for programs at /openapi.json and for people at /docs. */
export async function describeApi(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'evenkeel',
        version: '1',
        description:
          'Whether teams are set up for success, from the full history of their issues. Every number is a value with its interval, sample and method, or says how much data is missing.',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      tags: [
        { name: 'teams', description: 'What is known of a team' },
        { name: 'risks', description: 'What keeps teams from succeeding, and what was decided about it' },
        { name: 'sources', description: 'The connected trackers and how far they are read' },
        { name: 'evidence', description: 'What people and pipelines tell of work on its way to being used' },
        { name: 'operation', description: 'Whether the server and its workers are well' },
        { name: 'pages', description: 'The same for people' },
      ],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              'A token from `server.tokens`. Every write needs it; reading does where the server can be reached from other machines.',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: namedSchemas,
  });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    theme: { title: 'evenkeel: the API' },
    uiConfig: { layout: 'BaseLayout' },
  });

  server.get(
    '/openapi.json',
    {
      schema: {
        operationId: 'getDescription',
        summary: 'This description',
        description: 'The OpenAPI 3.1 document of this server.',
        tags: ['operation'],
        response: {
          200: {
            description: 'The document',
            content: { 'application/json': { schema: z.looseObject({}) } },
          },
          ...problems(),
        },
      },
    },
    () => ({ ...server.swagger() }),
  );
}

/** Named schemas are of answers only, so the second form they are given, as input, is left out. */
const namedSchemas: SwaggerTransformObject = (described) => {
  const document = jsonSchemaTransformObject(described);
  const schemas = 'components' in document ? document.components?.schemas : undefined;
  for (const name of Object.keys(schemas ?? {})) if (name.endsWith('Input')) delete schemas?.[name];
  return document;
};

/** The documentation page is an application: it runs scripts and loads styles, all of them from here. */
const DOCS_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};
