import { z } from 'zod';
import { type Budget, leftNow } from '#domain/allowance.ts';
import { instantSchema, isoInstant } from './schemas.ts';

/** What a tracker grants a source and what was used of it: of all processes together, and never part of a report. */
export const limitsSchema = z.object({
  allowances: z
    .array(
      z.object({
        resource: z.string(),
        limit: z.number(),
        remaining: z.number().meta({ description: 'By now, if nobody else has used any since' }),
        resetsAt: instantSchema.meta({ description: 'When it is whole again' }),
        observedAt: instantSchema.meta({ description: 'When the tracker said so' }),
        announced: z.boolean().meta({ description: 'Told of, and not enforced yet' }),
      }),
    )
    .meta({ description: 'What the tracker last said is left; some say nothing until little is' }),
  spent: z
    .array(z.object({ resource: z.string(), amount: z.number(), since: instantSchema }))
    .meta({ description: 'What we have used since we began to count' }),
  pauses: z
    .array(z.object({ endpoint: z.string().optional(), until: instantSchema }))
    .meta({ description: 'Until when the tracker is left alone, at one endpoint or altogether' }),
});

export function limitsOf({ allowances, spent, pauses }: Budget, now: number): z.infer<typeof limitsSchema> {
  return {
    allowances: allowances.map((allowance) => ({
      resource: allowance.resource,
      limit: allowance.limit,
      remaining: Math.floor(leftNow(allowance, now)),
      resetsAt: isoInstant(allowance.resetsAt),
      observedAt: isoInstant(allowance.observedAt),
      announced: allowance.announced === true,
    })),
    spent: spent.map(({ resource, amount, since }) => ({ resource, amount, since: isoInstant(since) })),
    pauses: pauses
      .filter(({ until }) => until > now)
      .map(({ endpoint, until }) => ({
        ...(endpoint === undefined ? {} : { endpoint }),
        until: isoInstant(until),
      })),
  };
}
