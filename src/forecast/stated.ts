import { bisectRight } from 'd3-array';
import { atLeastOf, atMostOf } from './backtest/distribution.ts';
import type { Cumulative } from './baselines.ts';

/** A forecast as it was told, without the model that made it: so it can be scored whatever became of the model. */
export interface Stated {
  /** "At least `items`, with this chance." */
  readonly quantiles: readonly { readonly chance: number; readonly items: number }[];
  /** The chance of at most `items`, for rising numbers of them; the last is all but certain. */
  readonly probabilities: readonly { readonly items: number; readonly atMost: number }[];
}

/** The chances at which a forecast is told. */
const CHANCES = [0.95, 0.85, 0.5, 0.15, 0.05];
/** Enough steps that a straight line between two of them is as good as the forecast; small teams have every number. */
const STEPS = 100;
const CERTAIN = 0.9995;

/**
 * A forecast as figures that can be kept.
 *
 * @example stated((items) => Math.min(1, (items + 1) / 4)).probabilities.length // => 4
 */
export function stated(upTo: Cumulative): Stated {
  const top = atMostOf(upTo, CERTAIN);
  const step = Math.max(1, Math.ceil(top / STEPS));
  const sizes = Array.from({ length: Math.ceil(top / step) + 1 }, (_, i) => i * step);
  return {
    quantiles: CHANCES.map((chance) => ({ chance, items: atLeastOf(upTo, chance) })),
    probabilities: sizes.map((items) => ({ items, atMost: Number(upTo(items).toFixed(6)) })),
  };
}

/**
 * The chance of at most so many items, read from what was told: straight lines between its numbers.
 *
 * @example chanceUpTo({ quantiles: [], probabilities: [{ items: 0, atMost: 0.2 }, { items: 2, atMost: 0.6 }] })(1) // => 0.4
 */
export function chanceUpTo({ probabilities }: Stated): Cumulative {
  const sizes = probabilities.map(({ items }) => items);
  return (items) => {
    const after = bisectRight(sizes, items);
    const [low, high] = [probabilities[after - 1], probabilities[after]];
    if (low === undefined) return 0;
    if (high === undefined) return items === low.items ? low.atMost : 1;
    const part = (items - low.items) / (high.items - low.items);
    return low.atMost + part * (high.atMost - low.atMost);
  };
}
