import type { CalendarDay } from '#domain/calendar.ts';
import { type Claim, shareAbove } from '#statistics/scores.ts';
import type { Cumulative } from '../baselines.ts';
import { atLeastOf, atMostOf, pinballOf, placeOf, rankedScoreOf } from './distribution.ts';
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
  /**
   * How far "at least so many" was kept that was said with 50, 85 and 95 %, and the central 90 %, from 0 to 1: a count
   * that straddles a bound keeps it in part.
   */
  readonly kept50: number;
  readonly kept85: number;
  readonly kept95: number;
  readonly kept90: number;
  /** The chances given to fewer items than came, and to at most as many: its place in the forecast lies between. */
  readonly place: readonly [number, number];
  /** Mean pinball loss over six levels, and continuous ranked probability score, in parts of what was expected. */
  readonly pinball: number;
  readonly crps: number;
  /** How far the central 80 % reach, in parts of what was expected. */
  readonly width80: number;
}

/** A number of items, the chance that a method gave it, and whether it was reached. */
export interface Milestone extends Claim {
  readonly items: number;
}

/** Every method's forecast from the same past, judged by the same outcome. */
export function judge(past: PastForecast): readonly Judged[] {
  // One after the other as they stand in the table, so that every list has one order.
  return (Object.keys(METHODS) as Method[]).flatMap((method) => {
    const upTo = METHODS[method](past);
    return upTo === undefined ? [] : judged(past, method, upTo);
  });
}

/** One forecast from that past, judged by what came of it. */
export function judged(past: PastForecast, method: Method, upTo: Cumulative): Judged {
  const { project, asOf, days, expected, actual } = past;
  const [below, reached] = placeOf(upTo, actual);
  const above = (level: number) => shareAbove(level, below, reached);
  return {
    project,
    asOf,
    days,
    method,
    atLeast85: atLeastOf(upTo, 0.85),
    low90: atLeastOf(upTo, 0.95),
    high90: atMostOf(upTo, 0.95),
    actual,
    milestones: milestoneSizes(expected).map((items) => ({
      items,
      // Sums of chances may end a hair above 1.
      probability: Math.max(0, 1 - upTo(items - 1)),
      happened: actual >= items,
    })),
    kept50: above(0.5),
    kept85: above(0.15),
    kept95: above(0.05),
    kept90: above(0.05) - above(0.95),
    place: [below, reached],
    pinball: pinballOf(upTo, actual) / expected,
    crps: rankedScoreOf(upTo, actual) / expected,
    width80: (atMostOf(upTo, 0.9) - atMostOf(upTo, 0.1)) / expected,
  };
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
 * A claim as the logarithm takes it: none is surer than 99.5 %, or one certainty that failed would have no mean.
 *
 * @example bounded({ probability: 1, happened: false }) // => { probability: 0.995, happened: false }
 */
export function bounded(claim: Claim): Claim {
  return { ...claim, probability: Math.min(SUREST, Math.max(1 - SUREST, claim.probability)) };
}

const MILESTONES = [0.6, 0.8, 1, 1.2, 1.4];
const SUREST = 0.995;
