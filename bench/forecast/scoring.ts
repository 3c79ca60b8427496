import { mean, quantile, range } from 'd3-array';
import type { Cumulative } from '#forecast/baselines.ts';
import { type Interval, tailOf } from '#statistics/interval.ts';
import { integer, seededRandom } from '#statistics/random.ts';
import {
  brierScore,
  type Claim,
  calibrationError,
  logScore,
  pinballLoss,
  rankedProbabilityScore,
  shareAbove,
} from '#statistics/scores.ts';
import type { Case } from './cases.ts';

/** One forecast with what came of it. */
export interface Scored {
  readonly made: Case;
  /** P(Y <= items). */
  readonly cumulative: Cumulative;
  /** What losses are divided by and milestones are sized by; the same for every method. */
  readonly expected: number;
  readonly outcome: number;
}

/** The scores of the forecasts of one project. */
export interface ProjectScores {
  readonly project: string;
  readonly forecasts: number;
  readonly coverage50: number;
  readonly coverage85: number;
  readonly coverage95: number;
  readonly central90: number;
  readonly pinball: number;
  readonly crps: number;
  readonly brier: number;
  readonly log: number;
  readonly claims: readonly Claim[];
}

/** The scores of a method: every figure is averaged within projects first, then over them. */
export interface MethodScores {
  readonly forecasts: number;
  readonly coverage50: number;
  readonly coverage85: number;
  /** 90 % of project samples as large as this one would average in here. */
  readonly coverage85Interval: Interval;
  readonly coverage95: number;
  readonly central90: number;
  readonly pinball: number;
  readonly crps: number;
  readonly brier: number;
  readonly log: number;
  readonly calibrationError: number;
  /** Share of projects whose own coverage lies from 75 to 95 %, and the outermost of them. */
  readonly projectsInside: number;
  readonly lowest: number;
  readonly highest: number;
  readonly byProject: readonly ProjectScores[];
}

export function scoresOf(scored: readonly Scored[]): MethodScores {
  const byProject = [...Map.groupBy(scored, ({ made }) => made.series.project)].map(([project, own]) =>
    projectScores(project, own),
  );
  const average = (of: (scores: ProjectScores) => number) => mean(byProject, of) ?? Number.NaN;
  const coverages = byProject.map(({ coverage85 }) => coverage85);
  const claims = byProject.flatMap(({ claims }) =>
    claims.map((claim) => ({ ...claim, weight: 1 / claims.length })),
  );
  return {
    forecasts: scored.length,
    coverage50: average(({ coverage50 }) => coverage50),
    coverage85: average(({ coverage85 }) => coverage85),
    coverage85Interval: projectInterval(coverages, 0.9),
    coverage95: average(({ coverage95 }) => coverage95),
    central90: average(({ central90 }) => central90),
    pinball: average(({ pinball }) => pinball),
    crps: average(({ crps }) => crps),
    brier: average(({ brier }) => brier),
    log: average(({ log }) => log),
    calibrationError: calibrationError(claims) ?? Number.NaN,
    projectsInside: coverages.filter((own) => own >= 0.75 && own <= 0.95).length / coverages.length,
    lowest: Math.min(...coverages),
    highest: Math.max(...coverages),
    byProject,
  };
}

/** The mean difference between two methods, project by project, and where it plausibly lies (95 %). */
export function pairedDifference(
  first: MethodScores,
  second: MethodScores,
  of: (scores: ProjectScores) => number,
): Interval & { readonly mean: number } {
  const others = new Map(second.byProject.map((scores) => [scores.project, scores]));
  const differences = first.byProject.flatMap((scores) => {
    const other = others.get(scores.project);
    return other === undefined ? [] : [of(scores) - of(other)];
  });
  return { mean: mean(differences) ?? Number.NaN, ...projectInterval(differences, 0.95) };
}

/** Bootstrap of whole projects: forecasts of one project are no independent witnesses. */
function projectInterval(values: readonly number[], level: number): Interval {
  const random = seededRandom('projects');
  const means = range(1000).map(
    () => mean(values, () => values[integer(random, 0, values.length - 1)]) ?? Number.NaN,
  );
  const tail = tailOf(level);
  return { lower: quantile(means, tail) ?? Number.NaN, upper: quantile(means, 1 - tail) ?? Number.NaN };
}

function projectScores(project: string, scored: readonly Scored[]): ProjectScores {
  const parts = scored.map(forecastScores);
  const average = (of: (part: (typeof parts)[number]) => number) => mean(parts, of) ?? Number.NaN;
  const claims = parts.flatMap((part) => part.claims);
  return {
    project,
    forecasts: scored.length,
    coverage50: average(({ above }) => above(0.5)),
    coverage85: average(({ above }) => above(0.15)),
    coverage95: average(({ above }) => above(0.05)),
    central90: average(({ above }) => above(0.05) - above(0.95)),
    pinball: average(({ pinball }) => pinball),
    crps: average(({ crps }) => crps),
    brier: brierScore(claims) ?? Number.NaN,
    log: logScore(claims) ?? Number.NaN,
    claims,
  };
}

/** Milestones from a safe one to a long shot, as parts of what is expected. */
const MILESTONES = [0.6, 0.8, 1, 1.2, 1.4];
const PINBALL_LEVELS = [0.05, 0.1, 0.15, 0.5, 0.9, 0.95];
/** As a sample from the forecast for its CRPS: the middles of 39 equal slices of probability. */
const SAMPLE_LEVELS: readonly number[] = range(39).map((i) => (i + 0.5) / 39);
/** Simulations say 0 and 100 %; the logarithm of that has no mean, so that no claim counts as surer than this. */
const SUREST = 0.995;

function forecastScores({ cumulative, expected, outcome }: Scored) {
  const [below, upTo] = [outcome === 0 ? 0 : cumulative(outcome - 1), cumulative(outcome)];
  const quantileAt = quantileOf(cumulative, expected);
  return {
    above: (level: number) => shareAbove(level, below, upTo),
    pinball:
      (mean(PINBALL_LEVELS, (level) => pinballLoss(level, quantileAt(level), outcome)) ?? 0) / expected,
    crps: (rankedProbabilityScore(SAMPLE_LEVELS.map(quantileAt), outcome) ?? 0) / expected,
    claims: MILESTONES.map((part): Claim => {
      const items = Math.max(1, Math.round(part * expected));
      const probability = Math.min(SUREST, Math.max(1 - SUREST, 1 - cumulative(items - 1)));
      return { probability, happened: outcome >= items };
    }),
  };
}

/** The smallest whole number that is not exceeded with that chance. */
function quantileOf(cumulative: Cumulative, expected: number): (level: number) => number {
  return (level) => {
    let most = Math.max(1, Math.ceil(expected));
    while (cumulative(most) < level) most *= 2;
    let least = 0;
    while (least < most) {
      const middle = Math.floor((least + most) / 2);
      if (cumulative(middle) >= level) most = middle;
      else least = middle + 1;
    }
    return most;
  };
}
