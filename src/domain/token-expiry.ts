import { dayOf, daysBetween, parseDay } from './calendar.ts';
import type { Instant } from './issue.ts';

/** Long enough to get a new one from whoever gives them out. */
const WARNING_DAYS = 30;

/**
 * What to say of credentials that expire within 30 days, or have expired: undefined while there is time. `expires` is
 * a day as YYYY-MM-DD, which Atlassian means in UTC.
 *
 * @example expiryWarning('acme', '2026-12-31', Date.UTC(2026, 11, 24)) // => 'The token of acme expires in 7 days, on 2026-12-31. Make a new one, and set auth.expires to its last day.'
 * @example expiryWarning('acme', '2026-12-31', Date.UTC(2026, 10, 24)) // => undefined
 */
export function expiryWarning(source: string, expires: string | undefined, now: Instant): string | undefined {
  const left = daysLeft(expires, now);
  if (left === undefined || left > WARNING_DAYS) return undefined;
  return `The token of ${source} ${when(left)}, on ${expires}. Make a new one, and set auth.expires to its last day.`;
}

/**
 * Whether credentials expire within 30 days, or have expired; not of those nobody told the last day of.
 *
 * @example expiresSoon('2026-12-31', Date.UTC(2026, 11, 1)) // => true
 * @example expiresSoon('2026-12-31', Date.UTC(2026, 10, 30)) // => false
 */
export function expiresSoon(expires: string | undefined, now: Instant): boolean {
  const left = daysLeft(expires, now);
  return left !== undefined && left <= WARNING_DAYS;
}

function daysLeft(expires: string | undefined, now: Instant): number | undefined {
  const last = parseDay(expires ?? '');
  return last && daysBetween(dayOf(now, 'UTC'), last);
}

function when(left: number): string {
  if (left < 0) return 'has expired';
  if (left === 0) return 'expires today';
  return left === 1 ? 'expires tomorrow' : `expires in ${left} days`;
}
