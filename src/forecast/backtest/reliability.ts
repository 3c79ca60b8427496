import { sum } from 'd3-array';
import { type Claim, calibrationError } from '#statistics/scores.ts';
import type { Judged } from './judge.ts';

/** Milestones that were given about the same chance, and how many of them were reached. */
export interface Reliability {
  readonly claims: number;
  readonly said: number;
  readonly happened: number;
}

/**
 * What was said of milestones and what came of it, by sevenths of the chance: nobody claims by sevenths, so that no
 * number people like lies on a border. Every project weighs the same; sevenths without a claim are left out.
 */
export function reliabilityOf(projects: readonly (readonly Judged[])[]): readonly Reliability[] {
  const claims = weighted(projects);
  return Array.from({ length: BINS }, (_, bin) =>
    claims.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin),
  ).flatMap((some) => {
    const weight = sum(some, (claim) => claim.weight);
    if (weight === 0) return [];
    return {
      claims: some.length,
      said: sum(some, (claim) => claim.weight * claim.probability) / weight,
      happened: sum(some, (claim) => (claim.happened ? claim.weight : 0)) / weight,
    };
  });
}

/** How far off what was said of milestones is on average, by the same sevenths. */
export function reliabilityError(projects: readonly (readonly Judged[])[]): number {
  return calibrationError(weighted(projects), BINS) ?? 0;
}

const BINS = 7;

/** The claims of all projects, those of a long history each counting for less. */
function weighted(projects: readonly (readonly Judged[])[]): readonly Required<Claim>[] {
  return projects.flatMap((some) => {
    const claims = some.flatMap(({ milestones }) => milestones);
    return claims.map(({ probability, happened }) => ({ probability, happened, weight: 1 / claims.length }));
  });
}
