import { mean, sum } from 'd3-array';
import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Measurement, type Value } from '#domain/measurement.ts';
import { clopperPearson } from '#statistics/proportion.ts';
import { seededRandom, uniform } from '#statistics/random.ts';
import { brierScore, calibrationError, logScore, pinballLoss, shareAbove } from '#statistics/scores.ts';
import { atLeastOf, atMostOf, milestoneSizes } from './backtest/judge.ts';
import type { Cumulative } from './baselines.ts';

/** A forecast whose last day has passed. */
export interface Resolved {
  readonly team: string;
  /** Made at the end of this day, for the `days` days after it. */
  readonly asOf: CalendarDay;
  readonly days: number;
  /** The chance of at most that many items, as it was said. */
  readonly upTo: Cumulative;
  readonly outcome: number;
}

/** What a team's forecasts turned out to be worth, as a word. */
export type Verdict = 'consistent' | 'over_confident' | 'under_confident' | 'insufficient';

/** Whether "85 % sure" came true about 85 % of the time. */
export interface Calibration {
  readonly verdict: Verdict;
  /** Forecasts whose outcome is known and which do not overlap: each is a witness of its own. */
  readonly resolved: number;
  /** How often "at least that many, with this chance" came true. */
  readonly coverage50: Measurement;
  readonly coverage85: Measurement;
  readonly coverage95: Measurement;
  /** The true share that the verdict allows for, 95 % sure. Absent when there is none. */
  readonly range95?: readonly [number, number];
}

/** All that is known of past forecasts for one horizon. */
export interface TrackRecord extends Calibration {
  readonly horizonDays: number;
  /** Mean squared and mean logarithmic loss of the chances given to milestones, and how far they were off in all. */
  readonly brier: Measurement;
  readonly logScore: Measurement;
  readonly calibrationError: Measurement;
  /** Loss of the quantiles and of the whole distribution, in parts of the median forecast. */
  readonly pinball: Measurement;
  readonly crps: Measurement;
  /** Where each outcome fell in what was said of it, 0 to 1, oldest first: even when the forecasts are calibrated. */
  readonly pit: readonly number[];
}

/**
 * Whether a promise that was kept k of n times can be one of 85 %.
 *
 * Clopper and Pearson's interval, 95 %: a verdict against the forecast needs the claim to lie outside. Within it,
 * much else is possible too: 17 of 20 is consistent with 85 %, and also with 65 %. Below 20 there is no verdict.
 *
 * A promise of whole items is rounded down and so kept more often than it says. `exactly` is how often it would have
 * been kept to the fraction of an item: too careful is only who would have been so without the rounding.
 *
 * @example verdictOn(17, 20) // => { verdict: 'consistent', range95: [0.621, 0.968] }
 * @example verdictOn(13, 20).verdict // => 'over_confident'
 * @example [verdictOn(30, 30).verdict, verdictOn(30, 30, 25.5).verdict] // => ['under_confident', 'consistent']
 * @example verdictOn(6, 6) // => { verdict: 'insufficient' }
 */
export function verdictOn(
  kept: number,
  n: number,
  exactly: number = kept,
): Pick<Calibration, 'verdict' | 'range95'> {
  if (n < MIN_RESOLVED) return { verdict: 'insufficient' };
  const [{ lower }, { upper }] = [clopperPearson(exactly, n), clopperPearson(kept, n)];
  const verdict = upper < CLAIM ? 'over_confident' : lower > CLAIM ? 'under_confident' : 'consistent';
  return { verdict, range95: [lower, upper] };
}

/**
 * How far the word of past forecasts can be taken.
 *
 * Counts only forecasts that do not overlap: of each team the first, then the next one made after its last day, and so
 * on. The coverages say how often what was promised came true. Below 20 nothing is told.
 */
export function calibration(resolved: readonly Resolved[]): Calibration {
  const apart = withoutOverlap(resolved);
  const kept = (chance: number) =>
    apart.filter(({ upTo, outcome }) => outcome >= atLeastOf(upTo, chance)).length;
  const exactly = sum(apart, ({ upTo, outcome }) =>
    shareAbove(1 - CLAIM, outcome === 0 ? 0 : upTo(outcome - 1), upTo(outcome)),
  );
  return {
    ...verdictOn(kept(CLAIM), apart.length, exactly),
    resolved: apart.length,
    coverage50: share(apart, kept(0.5)),
    coverage85: share(apart, kept(CLAIM)),
    coverage95: share(apart, kept(0.95)),
  };
}

/**
 * The calibration of past forecasts for one horizon, and their scores.
 *
 * The scores average over all of them, overlapping or not, and need 20 that do not overlap. Milestones are of 0.6 to
 * 1.4 times the median forecast. Losses are in parts of that median, so that teams of any size can be put together.
 */
export function trackRecord(resolved: readonly Resolved[], horizonDays: number): TrackRecord {
  const own = resolved.filter(({ days }) => days === horizonDays).toSorted(byDay);
  const known = calibration(own);
  const claims = own.flatMap(({ upTo, outcome }) =>
    milestoneSizes(Math.max(1, atLeastOf(upTo, 0.5))).map((items) => ({
      probability: Math.min(SUREST, Math.max(1 - SUREST, 1 - upTo(items - 1))),
      happened: outcome >= items,
    })),
  );
  const score = (method: string, value: () => number | undefined): Measurement =>
    known.resolved < MIN_RESOLVED ? tooFew(known.resolved) : scored(own, value() ?? 0, method);
  return {
    horizonDays,
    ...known,
    brier: score('brier_of_milestones', () => brierScore(claims)),
    logScore: score('log_score_of_milestones', () => logScore(claims)),
    calibrationError: score('calibration_error_of_milestones', () => calibrationError(claims)),
    pinball: score('pinball_of_six_levels', () => mean(own, pinball)),
    crps: score('crps_of_the_forecast', () => mean(own, rankedScore)),
    pit: withoutOverlap(own).map((one) => Number(placeOf(one).toFixed(4))),
  };
}

const CLAIM = 0.85;
/** Twenty exclude gross failure, and no more. */
const MIN_RESOLVED = 20;
/** No claim is surer than this: the logarithm of a certainty that fails has no mean. */
const SUREST = 0.995;
const PINBALL_LEVELS = [0.05, 0.1, 0.15, 0.5, 0.9, 0.95];

function tooFew(have: number): Insufficient {
  return insufficient(have, MIN_RESOLVED, 'past forecasts that do not overlap');
}

/** Of each team, the first forecast and every next one made when the one before had ended. */
function withoutOverlap(resolved: readonly Resolved[]): readonly Resolved[] {
  const free = new Map<string, CalendarDay>();
  return resolved.toSorted(byDay).filter(({ team, asOf, days }) => {
    const from = free.get(team);
    if (from !== undefined && asOf < from) return false;
    free.set(team, plusDays(asOf, days));
    return true;
  });
}

/** By day, then team, in one order everywhere. */
function byDay(a: Resolved, b: Resolved): number {
  if (a.asOf !== b.asOf) return a.asOf < b.asOf ? -1 : 1;
  return a.team === b.team ? a.days - b.days : a.team < b.team ? -1 : 1;
}

/** The outcome's place in the forecast, drawn between P(Y < y) and P(Y <= y), by the forecast's own seed. */
function placeOf({ team, asOf, days, upTo, outcome }: Resolved): number {
  const below = outcome === 0 ? 0 : upTo(outcome - 1);
  return below + uniform(seededRandom(`${team}|pit|${asOf}|${days}`)) * (upTo(outcome) - below);
}

function share(apart: readonly Resolved[], kept: number): Measurement {
  const n = apart.length;
  if (n < MIN_RESOLVED) return tooFew(n);
  const { lower, upper } = clopperPearson(kept, n, 0.9);
  return { ...scored(apart, kept / n, 'clopper_pearson'), unit: 'share', interval90: [lower, upper] };
}

function scored(some: readonly Resolved[], value: number, method: string): Value {
  const [first] = some;
  const last = some.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('There is no forecast to score.');
  return {
    kind: 'value',
    value,
    unit: 'points',
    interval90: [null, null],
    n: some.length,
    window: { from: first.asOf, to: plusDays(last.asOf, last.days) },
    method,
    confidence: 'medium',
    excluded: [],
  };
}

function pinball({ upTo, outcome }: Resolved): number {
  const losses = PINBALL_LEVELS.map((level) => pinballLoss(level, atMostOf(upTo, level), outcome));
  return (mean(losses) ?? 0) / size(upTo);
}

/** The squared distance of the forecast from what happened, summed over all numbers of items. */
function rankedScore({ upTo, outcome }: Resolved): number {
  let score = 0;
  for (let items = 0; items < outcome || upTo(items) < 1 - 1e-4; items += 1) {
    score += (upTo(items) - (items >= outcome ? 1 : 0)) ** 2;
  }
  return score / size(upTo);
}

function size(upTo: Cumulative): number {
  return Math.max(1, atLeastOf(upTo, 0.5));
}
