import type { Insufficient } from './measurement.ts';
import { rounded } from './wording.ts';

/** How what is not told for somebody's privacy ends its `what`: the number beside it is no count of anybody. */
export const ONE_AS_TWO = '(one is told as two)';

/** Whether a number is known and not told, because it would say what one or two people do. */
export function isWithheld({ what }: Pick<Insufficient, 'what'>): boolean {
  return what.endsWith(ONE_AS_TWO);
}

/**
 * Why a number is not told, as the end of a sentence: what it lacks, or whose doing it would tell.
 *
 * @example lackWords({ have: 1, need: 19, what: 'finished items' }) // => '1 finished item, 19 needed'
 * @example lackWords({ have: 2, need: 3, what: 'people on it (one is told as two)' }) // => 'it would say what one or two people do'
 */
export function lackWords(lacking: Pick<Insufficient, 'have' | 'need' | 'what'>): string {
  if (isWithheld(lacking)) return 'it would say what one or two people do';
  return `${countOf(lacking.have, lacking.what)}, ${rounded(lacking.need)} needed`;
}

/**
 * A count with what is counted, which is worded for many.
 *
 * @example countOf(1, 'weeks of history') // => '1 week of history'
 * @example countOf(1, 'past forecasts that do not overlap') // => '1 past forecast that does not overlap'
 * @example countOf(2, 'active people') // => '2 active people'
 */
export function countOf(count: number, what: string): string {
  const shown = rounded(count);
  return `${shown} ${shown === '1' ? ofOne(what) : what}`;
}

/** The first noun, and the verb that hangs on it. */
function ofOne(what: string): string {
  return what.replace(
    /^((?:[\w-]+ ){0,2}?)(people|[\w-]+s)\b(?: that (do|have|were|are)\b)?/,
    (_, before: string, noun: string, verb?: string) =>
      `${before}${singular(noun)}${verb === undefined ? '' : ` that ${VERBS[verb] ?? verb}`}`,
  );
}

function singular(noun: string): string {
  return noun === 'people' ? 'person' : noun.replace(/ies$/, 'y').replace(/s$/, '');
}

const VERBS: Readonly<Record<string, string>> = { do: 'does', have: 'has', were: 'was', are: 'is' };
