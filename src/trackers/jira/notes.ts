import { z } from 'zod';
import type { Reference } from '#domain/reference.ts';
import { fieldList } from './schemas.ts';

const notes = z.object({
  /** Keys of the projects that were to be read; absent: all there were. */
  keys: z.array(z.string()).optional(),
  /** Which project each of those keys stood for when it was first seen: a key may change. */
  projects: z.record(z.string(), z.string()).optional(),
  /** Ids of the live projects that are read. */
  parts: z.array(z.string()),
  fields: fieldList,
  /** Ids of the fields that boards estimate with. */
  estimates: z.array(z.string()),
  /** Ids of the fields that gates ask for; absent when there are none. */
  gates: z.array(z.string()).optional(),
  /** Whether Jira gives the fields we read of a thousand issues at once. */
  isWide: z.boolean(),
  /** Ids of sprints that only issues name, and of these, those that Jira tells nothing of. */
  named: z.array(z.string()),
  refused: z.array(z.string()),
  /** Where the gateway for tokens with scopes knows the site. */
  cloudId: z.string().optional(),
});

/** What is remembered of a site in its reference, so that a question in a new process needs no others before it. */
export type JiraNotes = z.infer<typeof notes>;

/** Which project each key stands for, of those that were named and of all that were seen. */
export function namedBefore(reference: Reference | undefined): Readonly<Record<string, string>> {
  const seen = (reference?.projects ?? []).map(({ id, key }) => [key.toUpperCase(), id] as const);
  return { ...Object.fromEntries(seen), ...notesOf(reference)?.projects };
}

/** The notes in a stored reference; undefined when there are none, or those of another version of this program. */
export function notesOf(reference: Pick<Reference, 'notes'> | undefined): JiraNotes | undefined {
  return notes.safeParse(reference?.notes).data;
}
