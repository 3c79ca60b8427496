import { z } from 'zod';
import { trackRecords } from '#pipeline/track-record.ts';
import type { Server, ServerDependencies } from '../dependencies.ts';
import { idSchema, measurementSchema, problems } from '../schemas.ts';
import { findTeam } from '../team-question.ts';

const record = z.object({
  horizonDays: z.int(),
  verdict: z.enum(['consistent', 'over_confident', 'under_confident', 'insufficient']).meta({
    description: 'Whether what was said with 85 % can have come true 85 % of the time: needs 20 forecasts',
  }),
  resolved: z.int().meta({ description: 'Forecasts whose last day has passed and which do not overlap' }),
  range95: z
    .array(z.number())
    .length(2)
    .optional()
    .meta({ description: 'The true share that the verdict allows for (Clopper-Pearson, 95 %)' }),
  coverage50: measurementSchema,
  coverage85: measurementSchema.meta({ description: 'How often "85 % sure of at least" came true' }),
  coverage95: measurementSchema,
  brier: measurementSchema,
  logScore: measurementSchema,
  calibrationError: measurementSchema,
  pinball: measurementSchema,
  crps: measurementSchema,
  pit: z.array(z.number()).meta({
    description:
      'The place of each outcome within its forecast, 0 to 1: even when the forecasts are calibrated',
  }),
});

const records = {
  published: z.array(record).meta({ description: 'Of the forecasts that were published, as they were told' }),
  replayed: z.array(record).meta({
    description:
      'Of the forecasts that would have been made every Monday, from the history with today’s model and configuration',
  }),
};

/** Typed as anything: ours are lists that nobody may change, which the schema's type does not know. */
const answer: z.ZodType = z.object({
  overall: z
    .object(records)
    .optional()
    .meta({ description: 'Of all teams together; absent when one is asked for' }),
  teams: z.array(
    z.object({
      team: idSchema,
      name: z.string(),
      awaited: z.int().meta({ description: 'Published forecasts whose last day is to come' }),
      ...records,
    }),
  ),
});

/** What forecasts were worth. */
export function forecastRoutes(server: Server, { config, store }: ServerDependencies): void {
  const records = trackRecords(store);
  server.get(
    '/api/v1/forecasts/track-record',
    {
      schema: {
        operationId: 'getTrackRecord',
        summary: 'How often forecasts came true',
        description:
          'For each team and for all of them, or for one (`team`), one record for each horizon: of the forecasts that were published, and of those that would have been made in the past.',
        tags: ['teams'],
        querystring: z.strictObject({ team: idSchema.optional() }),
        response: {
          200: answer.describe('The records'),
          ...problems(400, 404),
        },
      },
    },
    async ({ query }) =>
      query.team === undefined
        ? records.ofAll(config.teams)
        : { teams: [await records.of(findTeam(config, query.team))] },
  );
}
