import { mean, median } from 'd3-array';
import { plusDays } from '#domain/calendar.ts';
import { type Insufficient, insufficient, type Measurement } from '#domain/measurement.ts';
import { evennessChance } from '#statistics/evenness.ts';
import { seededRandom, uniform } from '#statistics/random.ts';
import { brierScore, type Claim, logScore } from '#statistics/scores.ts';
import { bounded, type Judged } from './judge.ts';
import type { Method } from './methods.ts';
import { type Reliability, reliabilityError, reliabilityOf } from './reliability.ts';
import {
  type Averaged,
  averaged,
  averagedOver,
  MIN_APART,
  partOf,
  tooFewApart,
  withoutOverlap,
} from './witnesses.ts';

/** What the forecasts of one method for one horizon were worth. Losses are in parts of what was expected. */
export interface MethodScores {
  readonly method: Method;
  readonly horizonDays: number;
  readonly projects: number;
  readonly forecasts: number;
  /** Those of them that do not overlap. */
  readonly apart: number;
  /** How often "at least so many" came true that was said with 50, 85 and 95 %. */
  readonly coverage50: Measurement;
  readonly coverage85: Measurement;
  readonly coverage95: Measurement;
  /** How often the outcome lay within the central 90 %. */
  readonly central90: Measurement;
  readonly pinball: Measurement;
  readonly crps: Measurement;
  /** Of the chances given to milestones. */
  readonly brier: Measurement;
  readonly logScore: Measurement;
  /** Without an interval: drawing again only adds chance to it, so that every draw is worse than the sample. */
  readonly calibrationError: Measurement;
  readonly reliability: readonly Reliability[];
  /** How wide the central 80 % are, the median: of two methods that keep their word, the narrower says more. */
  readonly width80: Measurement;
  /** How many outcomes fell into each tenth of what was said, of the forecasts that do not overlap. */
  readonly pit: readonly number[];
  /** How likely tenths so uneven or more are when the forecasts are right. */
  readonly pitChance: number | Insufficient;
  /** Share of projects whose own 85 % came true in 75 to 95 % of cases; absent for a single project. */
  readonly projectsInside?: number;
}

/**
 * The scores of each method for each horizon, in the order in which they come.
 *
 * Averages within projects first, then over them. Below 20 forecasts that do not overlap nothing is told. Seeded: the
 * same forecasts give the same scores.
 */
export function scoresOf(judged: readonly Judged[]): readonly MethodScores[] {
  const groups = Map.groupBy(judged, ({ method, days }) => `${days} ${method}`);
  return [...groups.values()].flatMap((own) => (own[0] === undefined ? [] : methodScores(own, own[0])));
}

/** The forecasts of each project, each in order of its days. */
export function byProject(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  return [...Map.groupBy(judged, ({ project }) => project).values()].map((own) =>
    own.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1)),
  );
}

/** How often the "85 % sure of at least" of one project came true. */
export function ownCoverage(own: readonly Judged[]): number {
  return mean(own, ({ kept85 }) => kept85) ?? 0;
}

function methodScores(own: readonly Judged[], { method, days }: Judged): MethodScores {
  const projects = byProject(own);
  const apart = projects.flatMap((some) => withoutOverlap(some));
  // One seed for all scores and methods of a horizon: they are compared, so let them share their luck.
  const seed = `backtest|${days}`;
  const told = (name: string, unit: string, score: () => Averaged): Measurement =>
    apart.length < MIN_APART ? tooFewApart(apart.length) : measured(own, name, unit, score());
  const each = (of: (one: Judged) => number) =>
    averaged(projects, (one) => ({ total: of(one), count: 1 }), seed);
  const share = (of: (one: Judged) => number) => told('share_of_past_forecasts', 'share', () => each(of));
  const milestones = (of: (claims: readonly Claim[]) => number | undefined) =>
    averaged(projects, (one) => partOf(one.milestones, of), seed);
  const pit = tenths(apart);
  return {
    method,
    horizonDays: days,
    projects: projects.length,
    forecasts: own.length,
    apart: apart.length,
    coverage50: share(({ kept50 }) => kept50),
    coverage85: share(({ kept85 }) => kept85),
    coverage95: share(({ kept95 }) => kept95),
    central90: share(({ kept90 }) => kept90),
    pinball: told('pinball_of_six_levels', 'points', () => each(({ pinball }) => pinball)),
    crps: told('crps_of_the_forecast', 'points', () => each(({ crps }) => crps)),
    brier: told('brier_of_milestones', 'points', () => milestones(brierScore)),
    logScore: told('log_score_of_milestones', 'points', () =>
      milestones((claims) => logScore(claims.map(bounded))),
    ),
    calibrationError: told('calibration_error_of_milestones', 'points', () => ({
      value: reliabilityError(projects),
      interval90: [null, null],
    })),
    reliability: reliabilityOf(projects),
    width80: told('median_width_of_the_central_80', 'points', () =>
      averagedOver(
        projects.map((some) => median(some, ({ width80 }) => width80) ?? 0),
        seed,
      ),
    ),
    pit,
    pitChance:
      apart.length < MIN_FOR_TENTHS
        ? insufficient(apart.length, MIN_FOR_TENTHS, 'past forecasts that do not overlap')
        : evennessChance(pit),
    ...(projects.length > 1 && { projectsInside: mean(projects, isInside) ?? 0 }),
  };
}

/** Five for each tenth, below which chi-square says little. */
const MIN_FOR_TENTHS = 50;

/** Drawn between the two chances that the outcome lies between, by the forecast's own seed. */
function tenths(apart: readonly Judged[]): readonly number[] {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const { project, asOf, days, place } of apart) {
    const [below, upTo] = place;
    const drawn = below + uniform(seededRandom(`${project}|pit|${asOf}|${days}`)) * (upTo - below);
    const tenth = Math.min(9, Math.floor(drawn * 10));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts;
}

function isInside(own: readonly Judged[]): number {
  const coverage = ownCoverage(own);
  return coverage >= 0.75 && coverage <= 0.95 ? 1 : 0;
}

function measured(own: readonly Judged[], method: string, unit: string, score: Averaged): Measurement {
  const inOrder = own.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('There is no forecast to score.');
  return {
    kind: 'value',
    ...score,
    unit,
    n: own.length,
    window: { from: first.asOf, to: plusDays(last.asOf, last.days) },
    method,
    confidence: 'medium',
    excluded: [],
  };
}
