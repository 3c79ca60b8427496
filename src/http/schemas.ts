import { z } from 'zod';
import { parseDay } from '#domain/calendar.ts';

/** A calendar day in an address. */
export const daySchema = z.iso
  .date('expected a date as YYYY-MM-DD')
  .transform((text) => parseDay(text) ?? z.NEVER);

export const idSchema = z.string().min(1).max(63);

export const instantSchema = z.iso.datetime();

/** A line that somebody typed. */
export const typedSchema = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((value) => !/\p{Cc}/u.test(value), 'has a control character in it: leave it out');

/** Instants are milliseconds inside and ISO 8601 in UTC outside. */
export function isoInstant(at: number): string {
  return new Date(at).toISOString();
}

/** A number of a report: never without its sample and interval, or how much data is missing. */
export const measurementSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.enum(['value']),
      value: z.number(),
      unit: z.string(),
      interval90: z.array(z.unknown()).length(2).meta({
        description: 'The 90 % interval; null for an end that the data cannot bound',
      }),
      bound: z.enum(['<', '>']).optional(),
      n: z.int(),
      window: z.object({ from: z.iso.date(), to: z.iso.date() }),
      method: z.string(),
      confidence: z.enum(['high', 'medium', 'low']),
      excluded: z.array(z.object({ reason: z.string(), count: z.number() })),
    }),
    z.object({
      kind: z.enum(['insufficient']),
      have: z.number(),
      need: z.number(),
      what: z.string(),
    }),
  ])
  .meta({ id: 'Measurement' });

const problem = z
  .object({
    error: z.object({
      code: z.string().meta({ description: 'A stable word for what went wrong' }),
      message: z.string().meta({ description: 'What is wrong and what to do' }),
      details: z
        .array(z.object({ at: z.string(), message: z.string() }))
        .optional()
        .meta({ description: 'Every mistake, and where it is' }),
    }),
  })
  .meta({ id: 'Problem' });

const MEANINGS = {
  400: 'The request is not valid; the body says what is wrong with it',
  401: 'A token is needed',
  403: 'Asked for under a foreign name, by a page of another site, or a write while no token is configured',
  404: 'There is no such thing; the body says which there are',
  409: 'Nothing was read from a source yet, or it does not fit what is recorded or raised',
  413: 'The body is larger than any that is expected here',
  415: 'The body is not of a type that is taken here',
  429: 'Too many requests from this address',
  500: 'A fault in this server; the body has the id to look for in its log',
  503: 'The database or the job queue cannot be reached',
} as const;

type Status = keyof typeof MEANINGS;

/** Every answer may be one of these, besides what a route has of its own. */
const COMMON: readonly Status[] = [401, 403, 429, 500, 503];

/** The ways an address of the API answers when it does not do as asked. */
export function problems(...own: readonly Status[]) {
  return responses([...own, ...COMMON], 'application/json', problem);
}

/** The same for a page, which says it to a person. */
export function problemPages(...own: readonly Status[]) {
  return responses([...own, ...COMMON], 'text/html', z.string());
}

/** A page for people. */
export function page(description: string) {
  return { description, content: { 'text/html': { schema: z.string() } } };
}

function responses<S extends z.ZodType>(statuses: readonly Status[], type: string, schema: S) {
  return Object.fromEntries(
    statuses.map((status) => [status, { description: MEANINGS[status], content: { [type]: { schema } } }]),
  );
}
