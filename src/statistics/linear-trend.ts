import { mean, sum } from 'd3-array';
import { studentCdf } from './tails.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line through points, with what the next point may be. */
export interface LinearTrend {
  /** What the line says. */
  readonly valueAt: (x: number) => number;
  /** How likely a new point there lies at or above y. */
  readonly chanceAbove: (x: number, y: number) => number;
}

/**
 * The least squares line through points, and the predictive distribution around it: Student's t with n - 2 degrees of
 * freedom and scale s * sqrt(1 + 1/n + (x - mean)^2 / Sxx), from any textbook of regression. It holds while what made the
 * points go straight goes on, and scatters alike. undefined below 3 points, or where all have one x.
 *
 * @example linearTrend([{ x: 0, y: 1 }, { x: 1, y: 2 }, { x: 2, y: 2 }, { x: 3, y: 3 }, { x: 4, y: 4 }])?.valueAt(6) // => 5.2
 * @example linearTrend([{ x: 0, y: 1 }, { x: 1, y: 2 }, { x: 2, y: 2 }, { x: 3, y: 3 }, { x: 4, y: 4 }])?.chanceAbove(6, 6) // => 0.1139
 */
export function linearTrend(points: readonly Point[]): LinearTrend | undefined {
  const n = points.length;
  const [middleX, middleY] = [mean(points, ({ x }) => x), mean(points, ({ y }) => y)];
  if (n < 3 || middleX === undefined || middleY === undefined) return undefined;
  const spread = sum(points, ({ x }) => (x - middleX) ** 2);
  if (spread === 0) return undefined;
  const slope = sum(points, ({ x, y }) => (x - middleX) * (y - middleY)) / spread;
  const valueAt = (x: number) => middleY + slope * (x - middleX);
  const variance = sum(points, ({ x, y }) => (y - valueAt(x)) ** 2) / (n - 2);
  return {
    valueAt,
    chanceAbove: (x, y) => {
      const scale = Math.sqrt(variance * (1 + 1 / n + (x - middleX) ** 2 / spread));
      const above = valueAt(x) - y;
      // Without any scatter the line is all there is to go by.
      return scale === 0 ? (above >= 0 ? 1 : 0) : studentCdf(above / scale, n - 2);
    },
  };
}
