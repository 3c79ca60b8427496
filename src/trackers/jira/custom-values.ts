import { z } from 'zod';
import type { NamedValue } from '#domain/issue.ts';
import { hashedText, LONGEST_VALUE, storedText } from '../stored-text.ts';
import type { JiraReading } from './events.ts';
import type { JiraIssue } from './schemas.ts';

/** What the fields hold that gates ask for, by id; undefined where none does. */
export function customValues(
  { fields }: JiraIssue,
  { fields: { gates }, personHash }: JiraReading,
): Readonly<Record<string, NamedValue>> | undefined {
  if (gates.length === 0) return undefined;
  return Object.fromEntries(gates.map(({ id }) => [id, held(fields[id], personHash) ?? EMPTY]));
}

/** Told apart from a field that was not read. */
const EMPTY: NamedValue = { value: '' };

const id = z.union([z.string(), z.number().transform(String)]);
const one = z.union([
  z.string().transform(text),
  z.number().transform((value) => text(String(value))),
  z.boolean().transform((value) => text(String(value))),
  // A chosen option; an id and a name have versions, groups, and what apps keep.
  z.object({ id, value: z.string() }).transform(({ id: of, value }) => named(of, value)),
  z.object({ id, name: z.string() }).transform(({ id: of, name }) => named(of, name)),
]);
const person = z.object({ accountId: z.string() });
/** A text with paragraphs comes as a tree, and an empty one as a tree without leaves. */
const document = z.object({ type: z.literal('doc'), content: z.array(z.unknown()).optional() });

/** A value as Jira's history writes it, as far as it is understood; of anything else only that there is something. */
function held(value: unknown, personHash: JiraReading['personHash']): NamedValue | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return several(value.flatMap((each) => held(each, personHash) ?? []));
  const somebody = person.safeParse(value).data;
  if (somebody !== undefined) return { value: personHash(somebody.accountId) };
  const tree = document.safeParse(value).data;
  if (tree !== undefined && (tree.content ?? []).length === 0) return undefined;
  return one.safeParse(value).data ?? { value: hashedText(JSON.stringify(value)) };
}

/** Jira's history writes several chosen options as `[10019, 10020]`, and words without ids with spaces between. */
function several(values: readonly NamedValue[]): NamedValue | undefined {
  if (values.length === 0) return undefined;
  if (values.some(({ name }) => name === undefined)) return text(values.map(({ value }) => value).join(' '));
  return named(`[${values.map(({ value }) => value).join(', ')}]`, values.map(({ name }) => name).join(','));
}

function text(value: string): NamedValue {
  return { value: storedText(value) };
}

function named(value: string, name: string): NamedValue {
  return name.length > LONGEST_VALUE ? { value } : { value, name };
}
