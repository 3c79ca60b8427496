import { type ControlLimits, controlLimits } from './control-chart.ts';

/** A value that an unchanged process would hardly show, by the place it has in the series. */
export interface ChartSignal {
  readonly rule: 'outside_limits' | 'eight_on_one_side';
  readonly side: 'above' | 'below';
  /** Where in the series it shows; of a run the eighth value, with which it becomes one. */
  readonly at: number;
}

/** As many in a row on one side of the mean come about by chance in 1 of 128 sequences of eight. */
const RUN = 8;

/**
 * What in a series says that something has changed: a value outside the limits, or eight in a row on one side of the
 * mean.
 *
 * Western Electric rules 1 and 4 alone. With all of them a chart of weekly values that nothing happened to raises an
 * alarm in every fourth half-year. A value on the mean ends a run. A run is told once, however long it gets. Without a
 * lower limit no value can fall below it.
 *
 * @example chartSignals([5, 5, 5, 5, 5, 20, 5, 5, 5, 5, 5]) // => [{ rule: 'outside_limits', side: 'above', at: 5 }]
 * @example chartSignals([4, 6, 4, 6, 4, 6, 4, 6, 4, 6, 4, 6]) // => []
 */
export function chartSignals(values: readonly number[]): readonly ChartSignal[] {
  const limits = controlLimits(values);
  if (limits === undefined) return [];
  const outside = values.flatMap((value, at): readonly ChartSignal[] => {
    const side = beyond(value, limits);
    return side === undefined ? [] : [{ rule: 'outside_limits', side, at }];
  });
  return [...outside, ...runs(values, limits.mean)].sort((a, b) => a.at - b.at);
}

function beyond(value: number, { lower, upper }: ControlLimits): ChartSignal['side'] | undefined {
  if (value > upper) return 'above';
  return lower !== undefined && value < lower ? 'below' : undefined;
}

function runs(values: readonly number[], centre: number): readonly ChartSignal[] {
  const out: ChartSignal[] = [];
  let length = 0;
  let before = 0;
  values.forEach((value, at) => {
    const side = Math.sign(value - centre);
    length = side !== 0 && side === before ? length + 1 : Math.abs(side);
    before = side;
    if (length === RUN) out.push({ rule: 'eight_on_one_side', side: side > 0 ? 'above' : 'below', at });
  });
  return out;
}
