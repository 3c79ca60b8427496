import type { Value } from '#domain/measurement.ts';
import type { OpenInterval } from '#statistics/interval.ts';

/** A number with what is plausible for it; an interval or an end of it that the data cannot give is absent. */
export interface Estimate {
  readonly value: number;
  readonly interval: OpenInterval | undefined;
}

/** Turns an estimate into the number that is published. */
export type Measured = (estimate: Estimate, unit: string, method: string) => Value;

/** Numbers that stand on the same sample, window and confidence. */
export function measuredBy(
  basis: Pick<Value, 'n' | 'window' | 'confidence'> & Partial<Pick<Value, 'excluded'>>,
): Measured {
  return ({ value, interval }, unit, method) => ({
    kind: 'value',
    value,
    unit,
    interval90: [interval?.lower ?? null, interval?.upper ?? null],
    excluded: [],
    ...basis,
    method,
  });
}
