import { countOf, isWithheld, lackWords } from '#domain/lack-words.ts';
import type { Measurement, Value } from '#domain/measurement.ts';
import { longDay, percent, rounded } from '#domain/wording.ts';
import { methodWords, reasonWords } from './vocabulary.ts';

export { longDay, percent, plural, rounded } from '#domain/wording.ts';

/**
 * A measurement in words: the number with its unit, or why there is none.
 * @example stated({ kind: 'insufficient', have: 7, need: 19, what: 'finished items' }) // => 'not enough data: 7 finished items, 19 needed'
 */
export function stated(measurement: Measurement): string {
  if (measurement.kind === 'insufficient') {
    return `${isWithheld(measurement) ? 'not told' : 'not enough data'}: ${lackWords(measurement)}`;
  }
  const bound =
    measurement.bound === undefined ? '' : measurement.bound === '>' ? 'more than ' : 'less than ';
  return `${bound}${withUnit(measurement.value, measurement.unit)}`;
}

/**
 * The 90 % interval in words; empty where the number is exact.
 * @example interval({ kind: 'value', value: 4, unit: 'days', interval90: [3, null], n: 20, window: { from: '2026-01-01', to: '2026-02-01' }, method: 'm', confidence: 'high', excluded: [] }) // => '3 or more'
 */
export function interval(measurement: Value): string {
  const [low, high] = measurement.interval90;
  if (low === high && low !== null) return '';
  const show = (end: number) => (isPart(measurement.unit) ? percent(end) : rounded(end));
  if (low === null && high === null) {
    return measurement.bound === undefined ? 'no interval' : 'not bounded by the data';
  }
  if (low === null) return `${show(high ?? 0)} or less`;
  if (high === null) return `${show(low)} or more`;
  return show(low) === show(high) ? `close to ${show(low)}` : `${show(low)} to ${show(high)}`;
}

/**
 * How a number was made: by which rule, over which days, what was left out, how sure it is. For a number that is not
 * told, from when on it will be.
 * @example howCounted({ kind: 'insufficient', have: 7, need: 19, what: 'finished items' }) // => 'Told from 19 finished items on; there are 7.'
 */
export function howCounted(measurement: Measurement): string {
  if (measurement.kind === 'insufficient') {
    if (isWithheld(measurement)) return `Not told: ${lackWords(measurement)}.`;
    const { have, need, what } = measurement;
    return `Told from ${countOf(need, what)} on; there ${have === 1 ? 'is' : 'are'} ${rounded(have)}.`;
  }
  const { method, window, excluded, n, confidence } = measurement;
  const days =
    window.from === window.to ? longDay(window.to) : `${longDay(window.from)} to ${longDay(window.to)}`;
  const left = excluded.map(({ reason, count }) => `${rounded(count)} ${reasonWords(reason)}`);
  return [
    `${sentenceCase(methodWords(method))}.`,
    `${days}, n = ${rounded(n)}.`,
    left.length > 0 ? `Left out: ${left.join(', ')}.` : 'Nothing was left out.',
    `Confidence: ${confidence}.`,
  ].join(' ');
}

/**
 * A text with its first letter in upper case, as a sentence begins.
 * @example sentenceCase('finished items alone') // => 'Finished items alone'
 */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Units whose words are not simply the unit itself, with and without its last letter. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  items_per_week: ['item a week', 'items a week'],
  items_per_day: ['item a day', 'items a day'],
  people: ['person', 'people'],
  fte: ['person', 'people'],
  per_week: ['a week', 'a week'],
  per_quarter: ['a quarter', 'a quarter'],
  work_days: ['work day', 'work days'],
  item_days: ['day', 'days'],
  person_days: ['person-day', 'person-days'],
  per_item_week: ['for each week', 'for each week'],
  ratio: ['×', '×'],
};

/** Units in which a number is a part of a whole. */
const isPart = (unit: string): boolean => unit === 'share' || unit === 'probability';

function withUnit(value: number, unit: string): string {
  if (isPart(unit)) return percent(value);
  const [one, many] = UNITS[unit] ?? [unit.replace(/s$/, ''), unit];
  const shown = rounded(value);
  return `${shown} ${shown === '1' ? one : many}`;
}
