import { text } from './raw.ts';

/** Whether two things of a document, each with a first and a last day that may be left open, are there on one day. */
export function overlap(one: unknown, other: unknown): boolean {
  const begins = (thing: unknown) => text(thing, 'from') ?? '';
  const ends = (thing: unknown) => text(thing, 'to') ?? '9999-12-31';
  return begins(one) <= ends(other) && begins(other) <= ends(one);
}
