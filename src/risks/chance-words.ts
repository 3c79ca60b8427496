import { percent } from '#domain/wording.ts';
import { chanceAsItIs, type GoalAhead } from './impact.ts';
import type { Range } from './risk.ts';

/** The chance of a goal by its date, as things are; undefined beyond the longest horizon ever measured. */
export function chanceNow(goal: GoalAhead): string | undefined {
  const now = chanceAsItIs(goal);
  return now === undefined ? undefined : chanceOf(now);
}

/**
 * A chance that counts from 5 to 95 %: nobody has evidence for more.
 * @example [0.307, 0.95].map(chanceOf) // => ['31 %', '95 % or more']
 */
export function chanceOf(chance: number): string {
  return chance <= 0.05 ? '5 % or less' : chance >= 0.95 ? '95 % or more' : percent(chance);
}

/**
 * A chance with its article.
 * @example [0.17, 0.18, 0.8, 0.95].map(aChance) // => ['a 17 % chance', 'an 18 % chance', 'an 80 % chance', 'a chance of 95 % or more']
 */
export function aChance(chance: number): string {
  const told = chanceOf(chance);
  if (!told.endsWith('%')) return `a chance of ${told}`;
  return `${/^(8|11 |18 )/.test(told) ? 'an' : 'a'} ${told} chance`;
}

/**
 * From the low to the high end of a chance.
 * @example chanceSpan([0.516, 0.727]) // => '52-73 %'
 * @example chanceSpan([0.4, 0.95]) // => '40 % to 95 % or more'
 */
export function chanceSpan([low, high]: Range): string {
  const [from, to] = [chanceOf(low), chanceOf(high)];
  if (from === to) return from;
  return from.endsWith('less') || to.endsWith('more') ? `${from} to ${to}` : percents([low, high]);
}

/**
 * A range of shares.
 * @example percents([0.5, 1]) // => '50-100 %'
 */
export function percents([low, high]: Range): string {
  return percent(low) === percent(high) ? percent(low) : `${percent(low).replace(' %', '')}-${percent(high)}`;
}
