import type { Instant, PersonHash } from './issue.ts';

/** What somebody wrote of an item's end: which of a few phrases, and never the words around it. */
export type ClaimPhrase =
  | 'nearly_done'
  | 'just_needs'
  | 'only_left'
  | 'ninety_percent'
  | 'done_except'
  | 'ready_to';

/** A comment that says of an issue that it is nearly done. */
export interface Claim {
  readonly commentId: string;
  /** When it was written, or last rewritten: what stood there before is not known. */
  readonly at: Instant;
  readonly phrase: ClaimPhrase;
  readonly author?: PersonHash;
  /** Where people read the comment. */
  readonly url: string;
}

/**
 * Which claim a text makes: the first of the phrases of METRICS A7 that is meant. undefined when it makes none.
 *
 * A phrase is not meant when it is denied within the three words before it ("not", "isn't", "far from" and their like),
 * depends on something ("when it is ready to merge"), or stands in a question. `text` is prose without quotations and
 * code; a blank line or the end of a sentence ends what belongs together.
 *
 * @example claimIn('almost done, just needs docs') // => 'nearly_done'
 * @example claimIn('This is not almost done') // => undefined
 */
export function claimIn(text: string): ClaimPhrase | undefined {
  for (const sentence of sentencesOf(text)) {
    if (sentence.endsWith('?')) continue;
    const found = PHRASES.flatMap(([phrase, pattern]) =>
      [...sentence.matchAll(pattern)].map(({ index }) => ({ phrase, index })),
    ).filter(({ index }) => isMeant(sentence.slice(0, index)));
    const [first] = found.toSorted((a, b) => a.index - b.index);
    if (first) return first.phrase;
  }
  return undefined;
}

const PHRASES: readonly (readonly [ClaimPhrase, RegExp])[] = [
  [
    'nearly_done',
    /\b(basically|almost|nearly|practically|pretty much|essentially)\s+(done|finished|complete|there)\b/gi,
  ],
  ['just_needs', /\bjust (needs?|waiting|have to|missing)\b/gi],
  ['only_left', /\bonly .{0,30}(left|remaining)\b/gi],
  // Not the end of another number, such as 0.95 %.
  ['ninety_percent', /(?<![.,\d])\b9[05] ?%/gi],
  ['done_except', /\bdone (except|apart from|but)\b/gi],
  ['ready_to', /\bready (to|for) (release|deploy|ship|merge)\b/gi],
];

/** Ends of sentences and of lines; a full stop inside a word (`v1.2`) is none. */
function sentencesOf(text: string): readonly string[] {
  return text
    .replaceAll(/[‘’ʼ]/g, "'")
    .split(/\n+|(?<=[.!?;…])\s+/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

const REACH = 3;

/** Whether what comes before a phrase leaves it standing. */
function isMeant(before: string): boolean {
  // "No, almost done" is an answer.
  const words = before
    .replace(/\b(no|nope|nah)\s*[,:–—-]/gi, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}']+/gu);
  const near = words?.slice(-REACH) ?? [];
  if (near.some((word) => DENIALS.has(word) || word.endsWith("n't") || CONDITIONS.has(word))) return false;
  return !/\b(far from|nowhere near|anything but)\b/.test(near.join(' '));
}

const DENIALS: ReadonlySet<string> = new Set([
  'not',
  'no',
  'never',
  'nor',
  'neither',
  'hardly',
  'barely',
  'cannot',
  'without',
  'isnt',
  'arent',
  'wasnt',
  'werent',
  'dont',
  'doesnt',
  'didnt',
  'wont',
  'cant',
  'aint',
]);

const CONDITIONS: ReadonlySet<string> = new Set([
  'if',
  'once',
  'when',
  'whenever',
  'until',
  'till',
  'unless',
  'whether',
]);
