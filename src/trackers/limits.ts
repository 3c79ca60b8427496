import type { ResponseHeaders } from './transport.ts';

/**
 * How long a tracker asks to be left alone, in milliseconds: the longer of `Retry-After` (seconds or an HTTP date)
 * and `X-RateLimit-Reset` (ISO 8601, sometimes without seconds, or epoch milliseconds). Undefined when it says
 * nothing that can be read; never negative.
 */
export function statedWait(headers: ResponseHeaders, now: number): number | undefined {
  const waits = [
    retryAfter(headers.get('retry-after'), now),
    untilReset(headers.get('x-ratelimit-reset'), now),
  ];
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? undefined : Math.max(0, ...known);
}

function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  return until(Date.parse(value), now);
}

function untilReset(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return until(Number(value), now);
  // A time without an offset would be read in the zone of this machine; trackers mean UTC.
  return until(Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`), now);
}

function until(instant: number, now: number): number | undefined {
  return Number.isFinite(instant) ? instant - now : undefined;
}
