import { range, sum } from 'd3-array';

/** A week in which something was worked on. */
export interface WorkedOn {
  /** How much of it could be worked in, in any unit. */
  readonly length: number;
  /** How many people worked on it on average; above 0. */
  readonly people: number;
  /** How many items came out. */
  readonly finished: number;
}

/** A normal distribution of what an elasticity may be, before a team's own weeks are looked at. */
export interface ElasticityPrior {
  readonly mean: number;
  readonly deviation: number;
}

export interface ElasticityPosterior {
  readonly mean: number;
  readonly interval90: readonly [low: number, high: number];
  /** What the weeks alone say: one over the variance of the estimate that they would give without the prior. */
  readonly information: number;
}

/**
 * How much more comes out when more people work on something: with twice the people 2 ** elasticity times as much.
 *
 * The items of a week have the mean rate * length * people ** elasticity and `overdispersion` times that as variance. That is
 * the regression of the logarithm of what comes out on the logarithm of the people, with the mean taken before the logarithm:
 * where weeks bring many items both are the same, and a week that brings none is a 0 here, where its logarithm would be
 * infinite. The rate is nobody's question. Integrated out (flat on the log scale) it leaves how the items divide over the
 * weeks given their sum, which is multinomial; the most likely rate in its place would leave the same. Its logarithm, over
 * the overdispersion (quasi-likelihood), and that of the prior make the posterior on a grid.
 *
 * Weeks that all had the same people, or brought nothing, leave the prior. Throws a RangeError for a week without people.
 *
 * METRICS 2.2. McCullagh and Nelder, Generalized Linear Models, 1989, sections 6.2 and 9.2.
 *
 * @example elasticityPosterior([{ length: 5, people: 1, finished: 400 }, { length: 5, people: 4, finished: 1600 }], 1, { mean: 0.75, deviation: 0.2 }).mean
 *   // => 0.9909
 * @example elasticityPosterior([{ length: 5, people: 2, finished: 3 }, { length: 5, people: 2, finished: 0 }], 1, { mean: 0.75, deviation: 0.2 }).interval90
 *   // => [0.421, 1.079]
 */
export function elasticityPosterior(
  weeks: readonly WorkedOn[],
  overdispersion: number,
  prior: ElasticityPrior,
): ElasticityPosterior {
  const logs = logsOf(weeks);
  const grid = range(-STEPS, STEPS + 1).map((i) => prior.mean + (i * WIDTH * prior.deviation) / STEPS);
  const logged = grid.map((elasticity) => {
    const shares = sharesAt(logs, elasticity);
    const likelihood = sum(logs, ({ finished }, i) =>
      finished === 0 ? 0 : finished * Math.log(shares[i] ?? 0),
    );
    return likelihood / overdispersion - ((elasticity - prior.mean) / prior.deviation) ** 2 / 2;
  });
  const peak = Math.max(...logged);
  const weights = logged.map((one) => Math.exp(one - peak));
  const total = sum(weights);
  const mean = sum(grid, (elasticity, i) => (elasticity * (weights[i] ?? 0)) / total);
  return {
    mean,
    interval90: [quantile(grid, weights, 0.05 * total), quantile(grid, weights, 0.95 * total)],
    information: informationAt(logs, mean) / overdispersion,
  };
}

/** The grid reaches so many deviations of the prior to both sides, in so many steps each. */
const [WIDTH, STEPS] = [8, 160];

/**
 * How much more the weeks differ from what an elasticity makes of them than chance alone would make them; at least 1. The
 * sum of squared errors over that of the means, which no week of very few people can dominate.
 *
 * @example unevennessAround([{ length: 5, people: 1, finished: 1 }, { length: 5, people: 1, finished: 9 }, { length: 5, people: 2, finished: 10 }], 1)
 *   // => 4.8
 */
export function unevennessAround(weeks: readonly WorkedOn[], elasticity: number): number {
  const logs = logsOf(weeks);
  const shares = sharesAt(logs, elasticity);
  const total = sum(weeks, ({ finished }) => finished);
  if (weeks.length < 3 || total === 0) return 1;
  const errors = sum(weeks, ({ finished }, i) => (finished - total * (shares[i] ?? 0)) ** 2);
  return Math.max(1, (errors / total) * (weeks.length / (weeks.length - 2)));
}

interface Logs {
  readonly length: number;
  readonly people: number;
  readonly finished: number;
}

function logsOf(weeks: readonly WorkedOn[]): readonly Logs[] {
  return weeks.map(({ length, people, finished }) => {
    if (!(people > 0 && length > 0)) throw new RangeError('A week without people says nothing.');
    return { length: Math.log(length), people: Math.log(people), finished };
  });
}

/** Which part of all items each week would bring. */
function sharesAt(logs: readonly Logs[], elasticity: number): readonly number[] {
  const most = Math.max(...logs.map(({ length, people }) => length + elasticity * people));
  const parts = logs.map(({ length, people }) => Math.exp(length + elasticity * people - most));
  const total = sum(parts);
  return parts.map((part) => part / total);
}

/** Items times the variance of the logarithm of the people behind them. */
function informationAt(logs: readonly Logs[], elasticity: number): number {
  const shares = sharesAt(logs, elasticity);
  const middle = sum(logs, ({ people }, i) => people * (shares[i] ?? 0));
  const variance = sum(logs, ({ people }, i) => (people - middle) ** 2 * (shares[i] ?? 0));
  return sum(logs, ({ finished }) => finished) * variance;
}

/** Where so much of the weight lies to the left, each point's spread evenly to half-way to the next. */
function quantile(grid: readonly number[], weights: readonly number[], of: number): number {
  const step = (grid[1] ?? 0) - (grid[0] ?? 0);
  let reached = 0;
  for (const [i, weight] of weights.entries()) {
    if (reached + weight >= of) {
      return (grid[i] ?? 0) + step * ((of - reached) / weight - 0.5);
    }
    reached += weight;
  }
  return grid.at(-1) ?? 0;
}
