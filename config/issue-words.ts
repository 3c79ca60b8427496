import type { z } from 'zod';
import type { At, Mistake } from './config-error.ts';
import { isSecret } from './references.ts';

/** What the schema found wrong, in words: the value, what was expected, and what to do. `document`: as it was written. */
export function describeIssue(issue: z.core.$ZodIssue, document: unknown, at: At): readonly Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      at([...path, key], 'this key is not known here; check its spelling, or remove it'),
    );
  }
  // Where a value may be of several forms, the mistakes are those of the form it has.
  if (issue.code === 'invalid_union') {
    const meant = issue.errors.find((own) =>
      own.every(({ code, path: below }) => below.length > 0 || !isOtherForm(code)),
    );
    if (meant) {
      return meant.flatMap((own) => describeIssue({ ...own, path: [...path, ...own.path] }, document, at));
    }
  }
  const [value, words] = [isSecret(path) ? undefined : valueAt(document, path), wordsOf(issue)];
  const isNamed = typeof value === 'string' && words.includes(`\`${value}\``);
  const told = isNamed ? undefined : shown(value);
  return [at(path, told === undefined ? words : `${told}: ${words}`)];
}

/** zod tells what it expected; what to do about it is ours to say. */
function wordsOf(issue: z.core.$ZodIssue): string {
  const isOwn = !/^(Invalid|Too) /.test(issue.message);
  if (issue.code === 'invalid_type') {
    const wanted = WANTED[issue.expected] ?? issue.expected;
    if (issue.message.endsWith('received undefined')) return `this is required: give ${wanted}`;
    return `expected ${wanted} here; docs/configuration.md shows an example`;
  }
  if (isOwn) return issue.message;
  if (issue.code === 'invalid_value') return `expected ${oneOf(issue.values.map(String))}`;
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return `expected ${issue.maximum} or less`;
  return issue.message;
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'array') return 'an empty list says nothing: leave the key out, or name at least one';
  if (origin === 'string') return 'this text is too short: fill it in, or leave the key out';
  return `expected ${minimum} or more`;
}

function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

const LONGEST = 60;

/** A value that can be shown in a line; undefined for what is keys and values, or not there. */
function shown(value: unknown): string | undefined {
  if (typeof value === 'string') {
    return `"${value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value}"`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    document,
  );
}

function isOtherForm(code: z.core.$ZodIssue['code']): boolean {
  return code === 'invalid_type' || code === 'invalid_value';
}

const WANTED: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
};
