import { mean, minIndex, sum } from 'd3-array';
import { type ErrorCurve, LEVELS } from '#forecast/error-curve.ts';
import { atLeast, cumulative, driftShare } from '#forecast/model.ts';
import type { HorizonPrior, Learning, Prior } from '#forecast/prior.ts';
import { replay } from '#forecast/replay.ts';
import { pinballLoss, shareAbove } from '#statistics/scores.ts';
import { type Case, outcomeOf } from './cases.ts';
import { dot, leastAbsoluteBelowZero } from './least-absolute.ts';
import type { Series } from './series.ts';

/**
 * Fits the shipped model: where outcomes lie, how widely they scatter, and how quickly a team should learn from its
 * own record. Every project counts the same, whatever its length.
 */
export function fitPrior(cases: readonly Case[], horizons: readonly number[]): Prior {
  const fitted = horizons.map((days) => fitHorizon(cases, days));
  const series = [...new Set(cases.map((one) => one.series))];
  return { horizons: fitted, learning: fitLearning(series, fitted) };
}

/**
 * One horizon. First the median of ln(outcome + 1) around what the pace alone would bring; then the two numbers that
 * shape the spread, by the pinball loss of the error curve they leave; last that curve, from the errors themselves.
 */
export function fitHorizon(cases: readonly Case[], days: number): HorizonPrior {
  const samples = samplesOf(cases, days);
  const rows = samples.map(({ traits }) => traits);
  const ratios = samples.map(({ ratio }) => ratio);
  const weights = samples.map(({ weight }) => weight);
  const [constant = 0, overdispersion = 0, evenness = 0] = leastAbsoluteBelowZero(rows, ratios, weights);
  const located = samples.map((sample): Located => {
    const shift = Math.min(0, dot(sample.traits, [constant, overdispersion, evenness]));
    const centre = Math.max(0, (sample.expected + 1) * Math.exp(shift) - 1);
    return { ...sample, error: sample.ratio - shift, noise: sample.overdispersion / (centre + 1) };
  });

  // Two parameters of which each has one best value given the other: line searches in turn settle quickly, and a grid
  // gives the same answer on every machine.
  let shape: Shape = { sampling: SAMPLINGS[6] ?? 1, trend: 0, steadiness: 0 };
  for (let round = 0; round < 3; round += 1) {
    shape = best(
      SAMPLINGS.map((sampling) => ({ ...shape, sampling })),
      located,
    );
    shape = best(
      TRENDS.map((trend) => ({ ...shape, trend })),
      located,
    );
    shape = best(
      STEADINESSES.map((steadiness) => ({ ...shape, steadiness })),
      located,
    );
  }
  const errors = errorCurve(located, shape);
  // Only the product of spread and error is measured: let the error between the 15 and 85 % levels span 2.
  const unit = ((errors[6] ?? 1) - (errors[2] ?? -1)) / 2;
  return {
    days,
    shift: { constant, overdispersion, evenness },
    drift: unit ** 2,
    sampling: unit ** 2 * shape.sampling,
    trend: shape.trend,
    steadiness: shape.steadiness,
    errors: errors.map((error) => error / unit),
  };
}

const SAMPLINGS: readonly number[] = Array.from({ length: 15 }, (_, i) => Math.exp(-2 + i / 2));
const TRENDS: readonly number[] = Array.from({ length: 17 }, (_, i) => (i - 4) * 0.05);
const STEADINESSES: readonly number[] = Array.from({ length: 6 }, (_, i) => i * 0.19);
const NO_LEARNING: Learning = { rate: 0, caution: 0 };
const LEARNINGS: readonly Learning[] = [0.3, 0.6].flatMap((rate) =>
  [0, 0.15, 0.3].map((caution) => ({ rate, caution })),
);
const JUDGED_HORIZONS = [28, 56, 84];

interface Sample {
  readonly weight: number;
  readonly expected: number;
  readonly overdispersion: number;
  readonly trend: number;
  readonly evenness: number;
  /** What the shift is made of, a 1 for the constant first. */
  readonly traits: readonly number[];
  /** ln((outcome + 1) / (expected + 1)). */
  readonly ratio: number;
}

interface Located extends Sample {
  readonly error: number;
  readonly noise: number;
}

/** The spread is sqrt(1 + sampling * noise) * exp(trend * trend of the work), in units that the errors then set. */
interface Shape {
  readonly sampling: number;
  readonly trend: number;
  readonly steadiness: number;
}

function samplesOf(cases: readonly Case[], days: number): readonly Sample[] {
  const resolved = cases.flatMap((one) => {
    const outcome = outcomeOf(one, days);
    return outcome === undefined ? [] : [{ one, outcome }];
  });
  const byProject = Map.groupBy(resolved, ({ one }) => one.series.project);
  return [...byProject.values()].flatMap((own) =>
    own.map(({ one, outcome }) => {
      const { recent, overdispersion, evenness, trend } = one.rates;
      const expected = recent * days;
      const ratio = Math.log((outcome + 1) / (expected + 1));
      const traits = [1, Math.log(overdispersion), evenness];
      return { weight: 1 / own.length, expected, overdispersion, evenness, trend, traits, ratio };
    }),
  );
}

function spreadOf({ noise, evenness, trend }: Located, shape: Shape): number {
  return (
    Math.sqrt(driftShare(evenness, shape.steadiness) + shape.sampling * noise) * Math.exp(shape.trend * trend)
  );
}

function best(shapes: readonly Shape[], samples: readonly Located[]): Shape {
  const found = shapes[minIndex(shapes, (shape) => lossOf(shape, samples))];
  if (found === undefined) throw new RangeError('There is no shape to choose from.');
  return found;
}

/** Mean pinball loss over the levels, with a slight pull towards no effect of the trend. */
function lossOf(shape: Shape, samples: readonly Located[]): number {
  const errors = errorCurve(samples, shape);
  let [loss, total] = [0, 0];
  for (const sample of samples) {
    const spread = spreadOf(sample, shape);
    LEVELS.forEach((level, i) => {
      loss += sample.weight * pinballLoss(level, spread * (errors[i] ?? 0), sample.error);
    });
    total += sample.weight;
  }
  return loss / total / LEVELS.length + 0.001 * shape.trend ** 2;
}

/** The weighted quantiles of error over spread, between neighbours by straight lines. */
function errorCurve(samples: readonly Located[], shape: Shape): ErrorCurve {
  const scaled = samples
    .map((sample) => ({ weight: sample.weight, error: sample.error / spreadOf(sample, shape) }))
    .sort((a, b) => a.error - b.error);
  const total = sum(scaled, ({ weight }) => weight);
  let reached = 0;
  const middles = scaled.map(({ weight }) => {
    reached += weight;
    return (reached - weight / 2) / total;
  });
  return LEVELS.map((level) => {
    const i = Math.min(
      scaled.length - 1,
      Math.max(
        1,
        middles.findIndex((middle) => middle >= level),
      ),
    );
    const [m0, m1] = [middles[i - 1] ?? 0, middles[i] ?? 1];
    const [e0, e1] = [scaled[i - 1]?.error ?? 0, scaled[i]?.error ?? 0];
    return e0 + (e1 - e0) * Math.min(1, Math.max(0, (level - m0) / (m1 - m0)));
  });
}

/**
 * How to learn: of the ways that cost no sharpness, the one with which single projects come closest to the 85 % they
 * were promised. Judged on the projects at hand only.
 */
function fitLearning(series: readonly Series[], horizons: readonly HorizonPrior[]): Learning {
  const judged = [NO_LEARNING, ...LEARNINGS].map((learning) => {
    const results = series.flatMap((one) =>
      horizons
        .filter(({ days }) => JUDGED_HORIZONS.includes(days))
        .map(({ days }) => ownScores(one, days, { horizons, learning })),
    );
    return {
      learning,
      gap: mean(results, ({ coverage }) => Math.abs(coverage - 0.85)) ?? 0,
      loss: mean(results, ({ loss }) => loss) ?? 0,
    };
  });
  const still = judged[0];
  const allowed = judged.filter(({ loss }) => loss <= 1.002 * (still?.loss ?? 0));
  return allowed[minIndex(allowed, ({ gap }) => gap)]?.learning ?? NO_LEARNING;
}

function ownScores(series: Series, days: number, prior: Prior): { coverage: number; loss: number } {
  const resolved = replay(series.daily, days, prior).forecasts.flatMap(({ forecast, outcome }) =>
    outcome === undefined
      ? []
      : [
          {
            kept: shareAbove(0.15, cumulative(forecast, outcome - 1), cumulative(forecast, outcome)),
            loss:
              sum([0.05, 0.1, 0.15], (level) => pinballLoss(level, atLeast(forecast, 1 - level), outcome)) /
              (forecast.expected + 1),
          },
        ],
  );
  return {
    coverage: mean(resolved, ({ kept }) => kept) ?? 0.85,
    loss: mean(resolved, ({ loss }) => loss) ?? 0,
  };
}
