import { z } from 'zod';
import { parseDay } from '#domain/calendar.ts';

/** A calendar day in an address. */
export const daySchema = z.iso
  .date('expected a date as YYYY-MM-DD')
  .transform((text) => parseDay(text) ?? z.NEVER);

export const idSchema = z.string().min(1).max(63);

export const instantSchema = z.iso.datetime();

/** Instants are milliseconds inside and ISO 8601 in UTC outside. */
export function isoInstant(at: number): string {
  return new Date(at).toISOString();
}

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
  409: 'Nothing was read from a source yet',
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
