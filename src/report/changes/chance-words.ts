import type { ChanceChange, ChancePart, Drain } from '#risks/level-change.ts';
import { percent, plural, rounded } from '../words.ts';

/** What made a goal's chance another, from what to what: "64 % → 41 %: scope +7 items (-15), pace -10 % (-8)". */
export function chanceChangeWords(change: Told): string {
  const why = causeWords(change);
  return `${percent(change.from)} → ${percent(change.to)}${why === '' ? '' : `: ${why}`}`;
}

type Told = Pick<ChanceChange, 'from' | 'to' | 'parts'>;

/**
 * The parts of a change in one line, as they add up when they are printed. Numbers in brackets are percentage points; parts
 * that make none are left out. Empty when that holds for all of them.
 *
 * @example causeWords({ from: 0.64, to: 0.66, parts: [{ cause: 'scope', by: 0, dP: 0.02 }] })
 *   // => 'what else is expected to come in (+2)'
 * @example causeWords({ from: 0.64, to: 0.41, parts: [{ cause: 'scope', by: 7, dP: -0.15 }, { cause: 'pace', by: -0.1, dP: -0.08 }] })
 *   // => 'scope +7 items (-15), pace -10 % (-8)'
 */
export function causeWords({ from, to, parts }: Told): string {
  const points = pointsOf(
    parts.map(({ dP }) => dP),
    Math.round(100 * to) - Math.round(100 * from),
  );
  return parts
    .flatMap((part, i) => {
      const worth = points[i] ?? 0;
      return worth === 0 ? [] : [`${partWords(part)} (${signed(worth, String)})`];
    })
    .join(', ');
}

/** How the parts of a change come about, and what the pace holds besides itself: said wherever they are shown. */
export function partsNote({ withinPace }: Pick<ChanceChange, 'withinPace'>): string {
  const unknown = withinPace.map((drain) => DRAIN_WORDS[drain]).join(' and ');
  const within = unknown === '' ? '' : ` What ${unknown} did is within the pace: too little is known of it.`;
  return `${ORDER}${within}`;
}

const ORDER =
  'In brackets percentage points of the goal’s chance, by replacing what held then by what holds now in a fixed order: time passed, date, scope, support, incidents, pace. Another order would size them differently; the pace holds whatever is not named before it.';

const DRAIN_WORDS: Readonly<Record<Drain, string>> = { support: 'support', incident: 'incidents' };

/**
 * Shares as whole percentage points that add up to a total: each rounded down, and what is missing given to those that
 * lost most by it.
 *
 * @example pointsOf([-0.152, -0.063, -0.015], -23) // => [-15, -6, -2]
 * @example pointsOf([0.004, 0.004, 0.004], 1) // => [1, 0, 0]
 */
export function pointsOf(shares: readonly number[], total: number): readonly number[] {
  const exact = shares.map((share) => 100 * share);
  const points = exact.map(Math.floor);
  const missing = total - points.reduce((sum, one) => sum + one, 0);
  const byLoss = exact
    .map((one, i) => ({ i, loss: one - Math.floor(one) }))
    .toSorted((a, b) => b.loss - a.loss || a.i - b.i);
  for (const { i } of byLoss.slice(0, Math.max(0, missing))) points[i] = (points[i] ?? 0) + 1;
  return points.map((one) => one + 0);
}

function partWords({ cause, by }: ChancePart): string {
  switch (cause) {
    case 'time':
      return `${plural(by, 'day')} of work`;
    case 'date':
      return `date ${signed(by, (days) => plural(days, 'day'))}`;
    case 'scope':
      // Epics without items, and what comes in every week, are expected anew each day.
      return Math.abs(by) < HALF
        ? 'what else is expected to come in'
        : `scope ${signed(by, (items) => plural(items, 'item'))}`;
    case 'support':
    case 'incident':
      return `${DRAIN_WORDS[cause]} ${signed(by, people)}`;
    case 'pace':
      return `pace ${signed(by, percent)}`;
    default:
      return cause satisfies never;
  }
}

/** Of an item: less is none. */
const HALF = 0.5;

const people = (fte: number): string => `${rounded(fte)} people`;

function signed(value: number, words: (size: number) => string): string {
  return `${value < 0 ? '-' : '+'}${words(Math.abs(value))}`;
}
