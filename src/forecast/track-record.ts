import { sum } from 'd3-array';
import { plusDays } from '#domain/calendar.ts';
import type { Measurement, Value } from '#domain/measurement.ts';
import { clopperPearson } from '#statistics/proportion.ts';
import { seededRandom, uniform } from '#statistics/random.ts';
import { brierScore, type Claim, calibrationError, logScore, shareAbove } from '#statistics/scores.ts';
import { atLeastOf, pinballOf, placeOf, rankedScoreOf } from './backtest/distribution.ts';
import { bounded, milestoneSizes } from './backtest/judge.ts';
import {
  type Averaged,
  averaged,
  type Made,
  MIN_APART,
  partOf,
  tooFewApart,
  withoutOverlap,
} from './backtest/witnesses.ts';
import type { Cumulative } from './baselines.ts';

/** A forecast whose last day has passed. */
export interface Resolved extends Made {
  readonly team: string;
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
  if (n < MIN_APART) return { verdict: 'insufficient' };
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
  const apart = byTeam(resolved).flatMap((own) => withoutOverlap(own));
  const kept = (chance: number) =>
    apart.filter(({ upTo, outcome }) => outcome >= atLeastOf(upTo, chance)).length;
  const exactly = sum(apart, ({ upTo, outcome }) => shareAbove(1 - CLAIM, ...placeOf(upTo, outcome)));
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
 * The scores average over all of them, overlapping or not, within each team first, and need 20 that do not overlap.
 * Their intervals draw stretches of one horizon again, or whole teams, whichever is wider. Milestones are of 0.6 to 1.4
 * times the median forecast. Losses are in parts of that median, so that teams of any size can be put together.
 */
export function trackRecord(resolved: readonly Resolved[], horizonDays: number): TrackRecord {
  const teams = byTeam(resolved.filter(({ days }) => days === horizonDays));
  const known = calibration(teams.flat());
  const claims = new Map(teams.flat().map((one) => [one, claimsOf(one)]));
  const score = (method: string, of: () => Averaged): Measurement =>
    known.resolved < MIN_APART ? tooFewApart(known.resolved) : scored(teams.flat(), method, of());
  const milestones = (of: (some: readonly Claim[]) => number | undefined) =>
    averaged(teams, (one) => partOf(claims.get(one) ?? [], of), SEED);
  const loss = (of: (upTo: Cumulative, outcome: number) => number) =>
    averaged(teams, ({ upTo, outcome }) => ({ total: of(upTo, outcome) / median(upTo), count: 1 }), SEED);
  return {
    horizonDays,
    ...known,
    brier: score('brier_of_milestones', () => milestones(brierScore)),
    logScore: score('log_score_of_milestones', () => milestones((some) => logScore(some.map(bounded)))),
    calibrationError: score('calibration_error_of_milestones', () => ({
      value: calibrationError([...claims.values()].flat()) ?? 0,
      interval90: [null, null],
    })),
    pinball: score('pinball_of_six_levels', () => loss(pinballOf)),
    crps: score('crps_of_the_forecast', () => loss(rankedScoreOf)),
    pit: teams
      .flatMap((own) => withoutOverlap(own))
      .sort(byDay)
      .map((one) => Number(drawnPlace(one).toFixed(4))),
  };
}

const CLAIM = 0.85;
const SEED = 'track record';

/** The forecasts of each team, in order of their days whatever order they came in. */
function byTeam(resolved: readonly Resolved[]): readonly (readonly Resolved[])[] {
  return [...Map.groupBy(resolved.toSorted(byDay), ({ team }) => team).values()];
}

/** By day, then team, in one order everywhere. */
function byDay(a: Resolved, b: Resolved): number {
  if (a.asOf !== b.asOf) return a.asOf < b.asOf ? -1 : 1;
  return a.team === b.team ? a.days - b.days : a.team < b.team ? -1 : 1;
}

function claimsOf({ upTo, outcome }: Resolved): readonly Claim[] {
  return milestoneSizes(median(upTo)).map((items) => ({
    probability: Math.max(0, 1 - upTo(items - 1)),
    happened: outcome >= items,
  }));
}

function median(upTo: Cumulative): number {
  return Math.max(1, atLeastOf(upTo, 0.5));
}

/** The outcome's place in the forecast, drawn between its two chances by the forecast's own seed. */
function drawnPlace({ team, asOf, days, upTo, outcome }: Resolved): number {
  const [below, reached] = placeOf(upTo, outcome);
  return below + uniform(seededRandom(`${team}|pit|${asOf}|${days}`)) * (reached - below);
}

function share(apart: readonly Resolved[], kept: number): Measurement {
  const n = apart.length;
  if (n < MIN_APART) return tooFewApart(n);
  const { lower, upper } = clopperPearson(kept, n, 0.9);
  return {
    ...scored(apart, 'clopper_pearson', { value: kept / n, interval90: [lower, upper] }),
    unit: 'share',
  };
}

function scored(some: readonly Resolved[], method: string, score: Averaged): Value {
  const inOrder = some.toSorted(byDay);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('There is no forecast to score.');
  return {
    kind: 'value',
    ...score,
    unit: 'points',
    n: some.length,
    window: { from: first.asOf, to: plusDays(last.asOf, last.days) },
    method,
    confidence: 'medium',
    excluded: [],
  };
}
