import { tzOffset } from '@date-fns/tz';
import type { Instant } from './issue.ts';

const MS_PER_DAY = 86_400_000;

/** Per zone and day of UTC: the offset that holds all day, NaN for a day on which it changes. */
const offsets = new Map<string, Map<number, number>>();

/**
 * A zone's offset from UTC in milliseconds. Asking the platform takes a formatter of dates, and every closure of a
 * history comes by here, so that the days on which it does not change are remembered.
 */
export function offsetAt(at: Instant, timezone: string): number {
  const offset = steadyOffset(at, timezone);
  return Number.isNaN(offset) ? exactOffset(at, timezone) : offset;
}

/** The offset that holds all the day of UTC an instant falls in; NaN when it changes. No zone ever did so twice a day. */
export function steadyOffset(at: Instant, timezone: string): number {
  const known = offsets.get(timezone) ?? new Map<number, number>();
  if (known.size === 0) offsets.set(timezone, known);
  const day = Math.floor(at / MS_PER_DAY);
  const found = known.get(day);
  if (found !== undefined) return found;
  const begin = exactOffset(day * MS_PER_DAY, timezone);
  const end = exactOffset((day + 1) * MS_PER_DAY, timezone);
  const offset = begin === end ? begin : Number.NaN;
  known.set(day, offset);
  return offset;
}

function exactOffset(at: Instant, timezone: string): number {
  return tzOffset(timezone, new Date(at)) * 60_000;
}
