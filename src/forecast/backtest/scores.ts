import { mean } from 'd3-array';
import type { Interval } from '#statistics/interval.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import { brierScore, calibrationError } from '#statistics/scores.ts';
import type { Judged } from './judge.ts';
import type { Method } from './methods.ts';

/** A score, and where it would lie for nine of ten other samples of projects; absent when there is nothing to vary. */
export interface Score {
  readonly value: number;
  readonly interval90?: readonly [number, number];
}

/** What the forecasts of one method for one horizon were worth. */
export interface MethodScores {
  readonly method: Method;
  readonly horizonDays: number;
  readonly forecasts: number;
  readonly projects: number;
  /** How often "85 % sure of at least" came true, and how often the outcome lay within the central 90 %. */
  readonly coverage85: Score;
  readonly coverage90: Score;
  readonly pinball: Score;
  readonly brier: Score;
  /** Without an interval: drawing again only adds chance to it, so that every draw is worse than the sample. */
  readonly calibrationError: number;
  /** Share of projects whose own 85 % came true in 75 to 95 % of cases; absent for a single project. */
  readonly projectsInside?: number;
}

/**
 * Averages within projects first, then over them: a project with a long history is still one witness.
 *
 * The intervals draw whole projects again, since forecasts of one project go wrong together; for a single project its
 * dates, which is too sure where horizons overlap. Seeded: the same forecasts give the same intervals.
 */
export function scoresOf(judged: readonly Judged[]): readonly MethodScores[] {
  const groups = Map.groupBy(judged, ({ method, days }) => `${days} ${method}`);
  return [...groups].flatMap(([about, own]) => {
    const [one] = own;
    if (one === undefined) return [];
    const byProject = [...Map.groupBy(own, ({ project }) => project).values()];
    const [only, ...others] = byProject;
    const isSingle = only !== undefined && others.length === 0;
    const units = isSingle ? only.map((forecast) => [forecast]) : byProject;
    const score = (of: (some: readonly Judged[]) => number | undefined): Score => {
      const values = units.map(of).filter((value) => value !== undefined);
      const interval = weekBootstrap(seededRandom(about), values, DRAWS, (drawn) => mean(drawn));
      return { value: mean(values) ?? 0, ...(interval && { interval90: ends(interval) }) };
    };
    const inside = byProject.map((some) => meanOf(some, ({ kept85 }) => kept85)).filter(isInside);
    return {
      method: one.method,
      horizonDays: one.days,
      forecasts: own.length,
      projects: byProject.length,
      coverage85: score((some) => meanOf(some, ({ kept85 }) => kept85)),
      coverage90: score((some) => meanOf(some, ({ kept90 }) => kept90)),
      pinball: score((some) => meanOf(some, ({ pinball }) => pinball)),
      brier: score((some) => brierScore(some.flatMap(({ milestones }) => milestones))),
      calibrationError:
        calibrationError(
          byProject.flatMap((some) => {
            const claims = some.flatMap(({ milestones }) => milestones);
            return claims.map((claim) => ({ ...claim, weight: 1 / claims.length }));
          }),
        ) ?? 0,
      ...(isSingle ? {} : { projectsInside: inside.length / byProject.length }),
    };
  });
}

const DRAWS = 1000;

function meanOf(some: readonly Judged[], of: (one: Judged) => number): number {
  return mean(some, of) ?? 0;
}

function isInside(coverage: number): boolean {
  return coverage >= 0.75 && coverage <= 0.95;
}

function ends({ lower, upper }: Interval): readonly [number, number] {
  return [lower, upper];
}
