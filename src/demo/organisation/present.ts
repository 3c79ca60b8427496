/** The simulated present: a Wednesday morning. A fixed date, so that a demo of next year shows what today's shows. */
export const NOW = Date.UTC(2026, 8, 30, 9);

/** The day work began. Issues may have been written down in the weeks before. */
export const FIRST_DAY = '2025-09-29';

/** The instant so many weeks before the present. */
export function weeksAgo(weeks: number): number {
  return NOW - weeks * 7 * 86_400_000;
}

/** The calendar day (UTC) of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
