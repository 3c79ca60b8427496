import stdlibChisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import stdlibGammaCdf from '@stdlib/stats-base-dists-gamma-cdf';
import stdlibGammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { range, sum } from 'd3-array';

/**
 * How likely a value of the gamma distribution with that shape and rate is at most x.
 *
 * Of shapes beyond 500 by our own integral: the library's upper tail is wrong for shapes from about 1,000 on, by a
 * fifth of one over the rate. Agrees with SciPy to 1e-10 for shapes up to a million.
 *
 * @example gammaCdf(1053.0901217326445, 1000.5, 1) // => 0.95
 */
export function gammaCdf(x: number, shape: number, rate: number): number {
  if (!(isLarge(shape, rate) && x > 0)) return stdlibGammaCdf(x, shape, rate);
  return rate * x < shape ? tailFrom(rate * x, shape) : 1 - tailFrom(rate * x, shape);
}

/**
 * The value that is not exceeded with probability p, of the gamma distribution with that shape and rate: the inverse of
 * `gammaCdf`, by the approximation of Wilson and Hilferty (1931) and Newton's method from there.
 *
 * @example gammaQuantile(0.95, 1000.5, 1) // => 1053.0901217326445
 */
export function gammaQuantile(p: number, shape: number, rate: number): number {
  if (!(isLarge(shape, rate) && p > 0 && p < 1)) return stdlibGammaQuantile(p, shape, rate);
  let x = shape * (1 - 1 / (9 * shape) + normalQuantile(p, 0, 1) / (3 * Math.sqrt(shape))) ** 3;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const excess = x < shape ? tailFrom(x, shape) - p : 1 - p - tailFrom(x, shape);
    x -= excess / density(x, shape);
  }
  return x / rate;
}

/**
 * The value that is not exceeded with probability p, of chi-squared with so many degrees of freedom: gamma with half of
 * them as its shape and a rate of 1/2.
 *
 * @example chisquareQuantile(0.95, 2001) // => 2106.180243465289
 */
export function chisquareQuantile(p: number, freedom: number): number {
  return isLarge(freedom / 2, 0.5) ? gammaQuantile(p, freedom / 2, 0.5) : stdlibChisquareQuantile(p, freedom);
}

/** From here on the density is smooth on the scale of its spread, and Stirling's series exact to the last digit. */
const LARGE_SHAPE = 500;
/** Each doubles the digits, of which the approximation has three or more. */
const NEWTON_STEPS = 4;

function isLarge(shape: number, rate: number): boolean {
  return shape > LARGE_SHAPE && shape < Number.POSITIVE_INFINITY && rate > 0;
}

/** For a rate of 1: how likely values are that lie farther from the shape than x, on the side on which x lies. */
function tailFrom(x: number, shape: number): number {
  const width = ((x < shape ? -1 : 1) * Math.sqrt(shape) * REACH) / PANELS;
  return (
    (Math.abs(width) / 2) *
    sum(range(PANELS), (panel) =>
      sum(GAUSS, ({ at, weight }) => weight * density(x + width * (panel + (1 + at) / 2), shape)),
    )
  );
}

/** What lies farther out than so many standard deviations is less than floating point can tell from nothing. */
const REACH = 12;
const PANELS = 64;
/** The Gauss-Legendre rule of five points on −1 to 1. */
const GAUSS = [
  { at: 0, weight: 128 / 225 },
  ...[-1, 1].flatMap((sign) => {
    const [root, part] = [sign * 2 * Math.sqrt(10 / 7), sign * 13 * Math.sqrt(70)];
    const [at, weight] = [Math.sqrt(5 - root) / 3, (322 + part) / 900];
    return [
      { at, weight },
      { at: -at, weight },
    ];
  }),
];

/** x^(a-1) e^-x / Γ(a), written around its peak, where powers of large numbers would lose their digits. */
function density(x: number, shape: number): number {
  if (x <= 0) return 0;
  const off = (x - shape) / shape;
  const stirling = 1 / (12 * shape) - 1 / (360 * shape ** 3);
  return Math.exp(shape * (Math.log1p(off) - off) - stirling) / (x * Math.sqrt((2 * Math.PI) / shape));
}
