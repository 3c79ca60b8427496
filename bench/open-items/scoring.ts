import { mean, range } from 'd3-array';
import type { Interval } from '#statistics/interval.ts';
import { seededRandom, weekBootstrap } from '#statistics/random.ts';
import { brierScore, type Claim, calibrationError, logScore } from '#statistics/scores.ts';

/** A chance that was told for an open item, and whether it finished. */
export interface FinishClaim extends Claim {
  readonly project: string;
  readonly day: string;
  readonly item: string;
}

/** What some chances were worth. */
export interface FinishScores {
  readonly n: number;
  readonly items: number;
  readonly predicted: number;
  readonly observed: number;
  /** 90 % for what was observed, drawing whole days again. */
  readonly byDay: Interval | undefined;
  /** The same, drawing whole items: an item followed for a year is one witness, not fifty. */
  readonly byItem: Interval | undefined;
  readonly brier: number;
  /** 1 - Brier / what the observed share, said of every item, would have scored; undefined when all ended alike. */
  readonly skill: number | undefined;
  readonly log: number;
  readonly calibrationError: number;
  /** Chances of 0 that came true, and of 1 that did not. */
  readonly impossible: number;
}

/** The logarithm of a failed certainty has no mean, so that no chance counts as surer than this. */
const SUREST = 0.995;
const DRAWS = 1000;

/** Scores of chances; undefined without any. */
export function finishScores(claims: readonly FinishClaim[]): FinishScores | undefined {
  const [observed, predicted] = [shareThatHappened(claims), mean(claims, (claim) => claim.probability)];
  const [brier, ece] = [brierScore(claims), calibrationError(claims)];
  const log = logScore(
    claims.map((claim) => ({
      ...claim,
      probability: Math.min(SUREST, Math.max(1 - SUREST, claim.probability)),
    })),
  );
  if (observed === undefined || predicted === undefined) return undefined;
  if (brier === undefined || ece === undefined || log === undefined) return undefined;
  const base = observed * (1 - observed);
  return {
    n: claims.length,
    items: new Set(claims.map(itemOf)).size,
    predicted,
    observed,
    byDay: observedInterval(claims, (claim) => `${claim.project} ${claim.day}`),
    byItem: observedInterval(claims, itemOf),
    brier,
    skill: base === 0 ? undefined : 1 - brier / base,
    log,
    calibrationError: ece,
    impossible: claims.filter(({ probability, happened }) => probability === (happened ? 0 : 1)).length,
  };
}

/** Where the share that happened may lie (90 %), when claims of one group stand and fall together. */
export function observedInterval(
  claims: readonly FinishClaim[],
  groupOf: (claim: FinishClaim) => string,
): Interval | undefined {
  const groups = [...Map.groupBy(claims, groupOf).values()];
  return weekBootstrap(seededRandom('open items'), groups, DRAWS, (drawn) => shareThatHappened(drawn.flat()));
}

/** One tenth of the scale of probability. */
export interface Tenth {
  readonly from: number;
  readonly n: number;
  readonly predicted: number;
  readonly observed: number;
}

/** Predicted beside observed by tenths of the predicted probability, 1 in the last of them; empty tenths left out. */
export function calibrationTable(claims: readonly FinishClaim[]): readonly Tenth[] {
  const tenthOf = ({ probability }: FinishClaim) => Math.min(9, Math.floor(probability * 10));
  return range(10).flatMap((tenth) => {
    const some = claims.filter((claim) => tenthOf(claim) === tenth);
    const [predicted, observed] = [mean(some, (claim) => claim.probability), shareThatHappened(some)];
    return predicted === undefined || observed === undefined
      ? []
      : [{ from: tenth / 10, n: some.length, predicted, observed }];
  });
}

function shareThatHappened(claims: readonly FinishClaim[]): number | undefined {
  return mean(claims, ({ happened }) => (happened ? 1 : 0));
}

function itemOf({ project, item }: FinishClaim): string {
  return `${project} ${item}`;
}
