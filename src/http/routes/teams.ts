import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Team } from '#domain/team.ts';
import { jsonText } from '#views/json.ts';
import { ageHeaders, dataAge, sourceAgeSchema } from '../data-age.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { HttpProblem } from '../problem.ts';
import { latestPublished } from '../published.ts';
import { impactSchema, rangeSchema, riskSchema } from '../risk-schema.ts';
import { daySchema, idSchema, instantSchema, isoInstant, problems } from '../schemas.ts';
import { findTeam, reportAsOf } from '../team-question.ts';

const headline = z.object({ level: z.string(), clause: z.string(), sentence: z.string() });

const teamSchema = z.object({
  id: idSchema,
  name: z.string(),
  group: z.string().optional(),
  timezone: z.string(),
  headline: headline.optional().meta({ description: 'Of the latest published report, when there is one' }),
  asOf: z.iso.date().optional().meta({ description: 'The day the latest published report is for' }),
  publishedAt: instantSchema.optional(),
  dataAge: z.array(sourceAgeSchema).meta({ description: 'How old the data of each of its sources is' }),
});

const togetherSchema = impactSchema
  .extend({
    attribution: z
      .array(z.object({ risk: z.string(), dP: rangeSchema }))
      .optional()
      .meta({
        description: 'How the gain in chance divides among the risks (Shapley); the parts add up to dP',
      }),
  })
  .meta({ id: 'Together', description: 'What relief of all raised risks at once would be worth' });

const elasticitySchema = z
  .object({ range: rangeSchema, basis: z.enum(['own', 'stated']), weeks: z.int() })
  .meta({
    id: 'GoalElasticity',
    description:
      'How much faster the goal is taken to go for more people: with twice as many 2 to that power as fast. Estimated from as many weeks of the team, or stated where they say too little',
  });

/** Only for the description: a report is sent as it was made, so that nothing is dropped or reordered on its way. */
const reportSchema: z.ZodType = z
  .looseObject({
    schemaVersion: z.int(),
    definitionVersion: z.string(),
    team: z.looseObject({ id: idSchema, name: z.string(), timezone: z.string() }),
    asOf: z.iso.date(),
    headline,
    risks: z.array(riskSchema),
    together: togetherSchema.optional(),
    elasticity: elasticitySchema.optional(),
    metrics: z.looseObject({}),
    basicallyDone: z.looseObject({}),
    workstreams: z.looseObject({}),
    forecast: z.looseObject({}),
    dataQuality: z.array(z.looseObject({})),
    definitions: z.looseObject({}),
    changedSince: z.looseObject({}),
  })
  .meta({ id: 'TeamReport' });

/** What is known of teams. */
export function teamRoutes(server: Server, dependencies: ServerDependencies): void {
  const { config, store } = dependencies;
  server.get(
    '/api/v1/teams',
    {
      schema: {
        operationId: 'listTeams',
        summary: 'Every team',
        description: 'The configured teams, each with the headline of its latest published report.',
        tags: ['teams'],
        response: { 200: z.object({ teams: z.array(teamSchema) }).describe('The teams'), ...problems() },
      },
    },
    async () => ({ teams: await Promise.all(config.teams.map((team) => overview(dependencies, team))) }),
  );

  server.get(
    '/api/v1/teams/:id/report',
    {
      schema: {
        operationId: 'getTeamReport',
        summary: 'The report on a team',
        description:
          'Computed as of a day (`asOf`, by default the latest day its sources were read), or as it was published for a day (`publishedOn`). The same question has the same bytes for an answer; how old the data is stands in the headers `evenkeel-data-complete-as-of` and `evenkeel-sync-failing`.',
        tags: ['teams'],
        params: z.object({ id: idSchema }),
        querystring: z
          .strictObject({ asOf: daySchema.optional(), publishedOn: daySchema.optional() })
          .refine((query) => query.asOf === undefined || query.publishedOn === undefined, {
            message: 'asOf recomputes and publishedOn recalls: ask for one of them',
          }),
        response: {
          200: reportSchema.describe('The report'),
          304: z.undefined().describe('Still what the `if-none-match` header names'),
          ...problems(400, 404, 409),
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const team = findTeam(config, params.id);
      const document =
        query.publishedOn === undefined
          ? await reportAsOf(dependencies, team, query.asOf)
          : await published(dependencies, team, query.publishedOn);
      const text = jsonText(document);
      const tag = `"${createHash('sha256').update(text).digest('base64url')}"`;
      void reply
        .headers({
          ...ageHeaders(await dataAge(store, team)),
          etag: tag,
          'cache-control': 'private, no-cache',
        })
        .type('application/json; charset=utf-8');
      return headers['if-none-match']?.includes(tag) ? reply.code(304).send() : reply.send(text);
    },
  );
}

async function overview({ store }: ServerDependencies, team: Team): Promise<z.infer<typeof teamSchema>> {
  const { id, name, group, timezone } = team;
  const [latest, ages] = await Promise.all([latestPublished(store, id), dataAge(store, team)]);
  return {
    id,
    name,
    ...(group === undefined ? {} : { group }),
    timezone,
    ...(latest === undefined ? {} : { ...latest, publishedAt: isoInstant(latest.publishedAt) }),
    dataAge: [...ages],
  };
}

async function published({ store }: ServerDependencies, team: Team, day: CalendarDay): Promise<unknown> {
  const report = await store.publishedOn(team.id, day);
  if (report) return report.document;
  throw new HttpProblem(
    404,
    'NOT_PUBLISHED',
    `No report on team "${team.id}" was published for ${day}. Ask with asOf=${day} to have it computed.`,
  );
}
