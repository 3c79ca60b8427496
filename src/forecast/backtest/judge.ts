import { mean } from 'd3-array';
import type { CalendarDay } from '#domain/calendar.ts';
import { pinballLoss, shareAbove } from '#statistics/scores.ts';
import type { Cumulative } from '../baselines.ts';
import { METHODS, type Method } from './methods.ts';
import type { PastForecast } from './past-forecast.ts';

/** What one method said on one past day, beside what came of it. */
export interface Judged {
  readonly project: string;
  readonly asOf: CalendarDay;
  readonly days: number;
  readonly method: Method;
  /** "85 % sure of at least", and the two ends of the central 90 %. */
  readonly atLeast85: number;
  readonly low90: number;
  readonly high90: number;
  readonly actual: number;
  readonly milestones: readonly Milestone[];
  /** How far the promised 85 % and the central 90 % were kept, from 0 to 1: a count that straddles a bound keeps it in part. */
  readonly kept85: number;
  readonly kept90: number;
  /** Mean pinball loss over six levels, in parts of what was expected. */
  readonly pinball: number;
}

/** A number of items, the chance that a method gave it, and whether it was reached. */
export interface Milestone {
  readonly items: number;
  readonly probability: number;
  readonly happened: boolean;
}

/** Every method's forecast from the same past, judged by the same outcome. */
export function judge(past: PastForecast): readonly Judged[] {
  const { project, asOf, days, expected, actual } = past;
  // One after the other as they stand in the table, so that every list has one order.
  return (Object.keys(METHODS) as Method[]).flatMap((method) => {
    const cumulative = METHODS[method](past);
    if (cumulative === undefined) return [];
    const [below, upTo] = [actual === 0 ? 0 : cumulative(actual - 1), cumulative(actual)];
    const losses = PINBALL_LEVELS.map((level) => pinballLoss(level, atMostOf(cumulative, level), actual));
    return {
      project,
      asOf,
      days,
      method,
      atLeast85: atLeastOf(cumulative, 0.85),
      low90: atLeastOf(cumulative, 0.95),
      high90: atMostOf(cumulative, 0.95),
      actual,
      milestones: milestoneSizes(expected).map((items) => ({
        items,
        // Sums of chances may end a hair above 1.
        probability: Math.max(0, 1 - cumulative(items - 1)),
        happened: actual >= items,
      })),
      kept85: shareAbove(0.15, below, upTo),
      kept90: shareAbove(0.05, below, upTo) - shareAbove(0.95, below, upTo),
      pinball: (mean(losses) ?? 0) / expected,
    };
  });
}

/**
 * Milestones from a safe one to a long shot: 0.6, 0.8, 1, 1.2 and 1.4 times what is expected, each size once.
 *
 * @example milestoneSizes(20) // => [12, 16, 20, 24, 28]
 * @example milestoneSizes(1.2) // => [1, 2]
 */
export function milestoneSizes(expected: number): readonly number[] {
  return [...new Set(MILESTONES.map((part) => Math.max(1, Math.round(part * expected))))];
}

/**
 * The largest number that is reached with at least this chance.
 *
 * @example atLeastOf((items) => (items + 1) / 10, 0.85) // => 1
 */
export function atLeastOf(cumulative: Cumulative, chance: number): number {
  return first((items) => cumulative(items) > 1 - chance + ROUNDING);
}

/**
 * The smallest number that is not exceeded with at least this chance.
 *
 * @example atMostOf((items) => (items + 1) / 10, 0.85) // => 8
 */
export function atMostOf(cumulative: Cumulative, chance: number): number {
  return first((items) => cumulative(items) >= chance - ROUNDING);
}

const MILESTONES = [0.6, 0.8, 1, 1.2, 1.4];
const PINBALL_LEVELS = [0.05, 0.1, 0.15, 0.5, 0.9, 0.95];
/** Sums of many chances end a hair beside the number that is meant. */
const ROUNDING = 1e-9;

/** The first whole number for which something holds that, once true, stays true. */
function first(holds: (items: number) => boolean): number {
  let most = 1;
  while (!holds(most)) most *= 2;
  let least = 0;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(middle)) most = middle;
    else least = middle + 1;
  }
  return most;
}
