import type { Label } from './goal-words.ts';

export const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** Alone "may" is mostly no month. */
const DATE = `(?:\\d{4}-\\d{2}-\\d{2}(?![T ]\\d{2}:)|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}|\\d{1,2}(?:st|nd|rd|th|\\.)? ${MONTH}\\.?(?: \\d{4})?|${MONTH}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?(?![\\d:])|(?:(?:end|middle|beginning|start) of |mid-? ?|early |late |\\w+ week of )(?:${MONTH}|q[1-4])(?: ?\\d{4})?|(?!may\\b)${MONTH}\\b(?: \\d{4})?|q[1-4]\\b(?: ?\\d{4})?)`;
const ANY_DATE = new RegExp(`(?<![\\w.])(${DATE})`, 'i');
const BY_DATE = new RegExp(`\\b(?:by|before|until|no later than)\\s+(?:the )?(${DATE})`, 'i');

/**
 * The first date in what a label for dates announces.
 *
 * @example dateIn('live by mid-September, measured later') // => 'mid-September'
 */
export function dateIn(said: string): string | undefined {
  return ANY_DATE.exec(said)?.[1];
}

/**
 * A date that anything should be ready by, anywhere in a text.
 *
 * @example dateInPassing('Must be out no later than 1 December, they expire') // => '1 December'
 */
export function dateInPassing(text: string): string | undefined {
  return BY_DATE.exec(text)?.[1];
}

const AMOUNT =
  '[<>≤≥~]?\\s?\\d(?:[\\d.,]{0,14}\\d)?\\s?(?:%|percent\\b|ms\\b|seconds?\\b|s\\b|min(?:utes)?\\b|h(?:ours?)?\\b|days?\\b|weeks?\\b|k\\b|m\\b|x\\b)?';
const FROM_TO = new RegExp(
  `(${AMOUNT})\\s{0,3}(?:->|→|=>|–>|to)\\s{0,3}(?:under |below |over )?(${AMOUNT})`,
  'i',
);
const NOW =
  'currently|current|today|now|as of today|at (?:the|this) moment|baseline|presently|before|down from|up from';
const THEN = 'target|goal|aim|wanted|desired|want|should be|after';
const AT_MOST_LEAST =
  'at least|at most|above|below|under|over|less than|fewer than|more than|no more than|reach|within|up to|[<>≤≥]=?';
const NOW_AMOUNT = new RegExp(
  `\\b(?:${NOW})\\b[:=\\s]{0,3}(${AMOUNT})|(${AMOUNT})\\s{0,3}(?:now|today|currently)\\b`,
  'i',
);
const THEN_AMOUNT = new RegExp(
  `(?:\\b(?:${THEN})\\b(?: of| is)?[:=\\s]{0,3}(?:${AT_MOST_LEAST})?|(?:^|[^\\w])(?:${AT_MOST_LEAST}))\\s{0,3}(${AMOUNT})|(${AMOUNT})\\s{0,3}(?:wanted|desired)\\b`,
  'i',
);
/** "95 % of …" says by itself how much there should be. */
const SHARE = /^[\s*_+•-]*(\d(?:[\d.,]{0,14}\d)?\s?(?:%|percent\b)) of\b/i;

const ALONE = new RegExp(`^[\\s*_]*(${AMOUNT})[\\s.*_]*$`, 'i');

/** What the metric is today and what it should be. */
export interface Amounts {
  readonly baseline?: string;
  readonly target?: string;
}

/**
 * The figures that a metric is said to have and to reach. Under a label of their own any figure is one.
 *
 * @example amountsIn('abandonment: currently 42 %, goal 35 %', 'metric') // => { baseline: '42 %', target: '35 %' }
 */
export function amountsIn(said: string, label: Label): Amounts {
  const change = FROM_TO.exec(said);
  if (change) return amounts(change[1], change[2]);
  const inTable = tableAmounts(said);
  if (inTable !== undefined) return inTable;
  const [now, then] = [NOW_AMOUNT.exec(said), THEN_AMOUNT.exec(said)];
  const alone = new RegExp(AMOUNT, 'i').exec(said)?.[0];
  const baseline = now?.[1] ?? now?.[2] ?? (label === 'baseline' ? alone : undefined);
  const target =
    then?.[1] ??
    then?.[2] ??
    SHARE.exec(said)?.[1] ??
    (label === 'goals' ? ALONE.exec(said)?.[1] : undefined);
  return amounts(baseline, label === 'baseline' ? undefined : target);
}

/** The columns of a table whose heads say what they hold. */
function tableAmounts(said: string): Amounts | undefined {
  const rows = said
    .split('\n')
    .filter((line) => line.includes('|') && /[\p{L}\p{N}]/u.test(line))
    .map((line) => line.split('|').map((cell) => cell.replaceAll(/[*_]/g, '').trim()));
  const [head = [], ...data] = rows;
  const column = (words: string): number =>
    head.findIndex((cell) => new RegExp(`^(?:${words})\\b`, 'i').test(cell));
  const [now, then] = [column(NOW), column(THEN)];
  if (now < 0 && then < 0) return undefined;
  const found = (at: number): string | undefined =>
    data.map((cells) => cells[at] ?? '').find((cell) => /\d/.test(cell) && cell.length <= 30);
  return amounts(now < 0 ? undefined : found(now), then < 0 ? undefined : found(then));
}

function amounts(baseline: string | undefined, target: string | undefined): Amounts {
  return {
    ...(baseline === undefined ? {} : { baseline: baseline.trim() }),
    ...(target === undefined ? {} : { target: target.trim() }),
  };
}

const SHARE_MOVED =
  /(?:increas|rais|reduc|cut|bring|lower|improv|grow|lift|goes|mov)\w{0,4}\b[^.\n]{0,80}?\bfrom \d[\d.,]{0,9} ?% to (?:under |below |over )?\d[\d.,]{0,9} ?%/i;

/**
 * A share that is to go from one value to another, anywhere in a text.
 *
 * @example rateInPassing('We want to raise activation from 20 % to 30 %.') // => 'raise activation from 20 % to 30 %'
 */
export function rateInPassing(text: string): string | undefined {
  return SHARE_MOVED.exec(text)?.[0];
}

const NOTHING =
  /^(?:tb[dac]|to be (?:defined|determined|decided|confirmed|done)|to follow|n\/?a|none|nobody|no one|unassigned|unknown|open|pending|vacant|not (?:yet )?(?:decided|known|set|assigned|defined|agreed)|todo|\?+|…|\.{2,}|[-–—]+|<[^>]*>|\[[^\]]*\]|\{[^}]*\})?(?: yet)?[\s.!?|]*$/i;
/** What templates write under their headings for people to replace. */
const TOLD = [
  /^\(?(?:in (?:a|an|one|two|\d)[^,.\n]{0,25}sentences?,? )?(?:please )?(?:briefly )?(?:describe|explain|fill in|insert|provide|specify|list|include|your one)\b/i,
  /^(?:an? |the )?(?:brief|short|ideal|high[- ]level|clear|concise|one[- ]sentence|\d[-–]\d[- ]sentences?)\b[^.\n]{0,40}\b(?:description|summary|explanation|overview|statement|list|timeline)s?\b/i,
  /^(?:add|put|write|enter)\b[^.\n]{0,30}\bhere\b/i,
  /^(?:e\.g\.|ex\.|for example)/i,
  /^(?:what|how|who|whom|which|why|when|where)\b[^\n]*\?/i,
  /^(?:is|are|do|does|will|can|with|if)\b[^.\n]*\?\)?$/i,
  /^(?:<[^>\n]*>|\[[^\]\n]*\]|\{[^}\n]*\})[\s.|]*$/,
];
const ITALIC = /^(?:_(?!_).*[^_]_|\*(?!\*).*[^*]\*)$/s;

/**
 * What is said without what a template tells to write before it: instructions, questions, and paragraphs in italics.
 * Empty where nothing is said yet.
 *
 * @example substance('_What is wrong?_\n\nthey leave') // => 'they leave'
 * @example substance(' TBD') // => ''
 */
export function substance(said: string): string {
  const paragraphs = said.trim().split(/\n\s*\n/);
  const begin = paragraphs.findIndex((paragraph) => !ITALIC.test(paragraph.trim()));
  const lines = begin < 0 ? [] : paragraphs.slice(begin).join('\n\n').split('\n');
  const first = lines.findIndex(
    (line) => bareOf(line) !== '' && !TOLD.some((told) => told.test(bareOf(line))),
  );
  const rest = first < 0 ? '' : lines.slice(first).join('\n');
  return NOTHING.test(bareOf(rest.split(/\n\s*\n/)[0] ?? '')) ? '' : rest;
}

function bareOf(text: string): string {
  return text.trim().replace(/^[\s*_:+>|•–—-]+|[\s*_|]+$/gu, '');
}
