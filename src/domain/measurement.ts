import type { CalendarDay } from './calendar.ts';

export type Confidence = 'high' | 'medium' | 'low';

/** Something left out of a number, and how much of it. */
export interface Exclusion {
  readonly reason: string;
  readonly count: number;
}

/** The days a number looks at, both included. */
export interface Window {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
}

/** A number that may be shown: never without its sample, its interval and how it was made. */
export interface Value {
  readonly kind: 'value';
  readonly value: number;
  readonly unit: string;
  /** The 90 % interval; an end that the data cannot bound is null (the JSON form of "unknown"). */
  readonly interval90: readonly [number | null, number | null];
  /** Present when the number is only a bound: "less than" or "more than" `value`. */
  readonly bound?: '<' | '>';
  readonly n: number;
  readonly window: Window;
  readonly method: string;
  readonly confidence: Confidence;
  readonly excluded: readonly Exclusion[];
}

/** A number that may not be shown yet: how much there is, how much is needed, and of what. */
export interface Insufficient {
  readonly kind: 'insufficient';
  readonly have: number;
  readonly need: number;
  readonly what: string;
}

/** Every number that leaves the core. "Not enough data" is a value of it, never NaN and never 0. */
export type Measurement = Value | Insufficient;

/**
 * "Not enough data", as a value.
 * @example insufficient(7, 19, 'finished items') // => { kind: 'insufficient', have: 7, need: 19, what: 'finished items' }
 */
export function insufficient(have: number, need: number, what: string): Insufficient {
  return { kind: 'insufficient', have, need, what };
}

/** A count of things seen: exact, so its interval is itself. */
export function exactCount(
  count: number,
  unit: string,
  window: Window,
  method: string,
  extra: { readonly confidence?: Confidence; readonly excluded?: readonly Exclusion[] } = {},
): Value {
  return {
    kind: 'value',
    value: count,
    unit,
    interval90: [count, count],
    n: count,
    window,
    method,
    confidence: extra.confidence ?? 'high',
    excluded: extra.excluded ?? [],
  };
}
