import { sum } from 'd3-array';
import { type CalendarDay, plusDays } from '#domain/calendar.ts';
import { cappedDaily } from '../bulk-cap.ts';
import type { Outlook } from '../model.ts';
import type { Prior } from '../prior.ts';
import { blendedRate, ratesOf } from '../rates.ts';
import { replay } from '../replay.ts';

/** A forecast as it would have been made on a past day, and what came of it. */
export interface PastForecast {
  readonly project: string;
  /** Made at the end of this day; it covers the `days` days after it. */
  readonly asOf: CalendarDay;
  readonly days: number;
  /** Completions per day as known then: the last number is of the day itself. */
  readonly history: readonly number[];
  readonly ours: Outlook;
  /** What the pace of the last 26 weeks would bring: milestones are sized and losses divided by it, for every method. */
  readonly expected: number;
  readonly actual: number;
}

/** Bare completions of one project: one number a day from a day on. */
export interface Series {
  readonly project: string;
  readonly from: CalendarDay;
  readonly daily: readonly number[];
}

/** Whether what came of a forecast counts a mass closure in full, or only up to what the team could have done. */
export type BulkDays = 'counted' | 'capped';

/**
 * Every 28 days from half a year after the first completion to one horizon before the last.
 *
 * Days of mass closure are cut down in the past that is forecast from (`cappedDaily`). What came of it counts them in
 * full unless told otherwise: in bare counts nobody can say which of the items had been worked on, and nobody is to
 * think that inconvenient outcomes were explained away. Dates with too little history are left out.
 */
export function pastForecasts(
  { project, from, daily }: Series,
  days: number,
  prior: Prior,
  bulk: BulkDays = 'counted',
): readonly PastForecast[] {
  const capped = cappedDaily(daily);
  const happened = bulk === 'capped' ? capped : daily;
  return replay(capped, days, prior).forecasts.flatMap(({ asOf, forecast, outcome }) => {
    // Undefined while the horizon reaches beyond the series.
    if (outcome === undefined) return [];
    const actual = sum(happened.slice(asOf, asOf + days));
    const day = plusDays(from, asOf - 1);
    return pastForecast({ project, asOf: day, days, history: capped.slice(0, asOf), ours: forecast, actual });
  });
}

/** Adds what the pace of that time would have brought. */
export function pastForecast(made: Omit<PastForecast, 'expected'>): PastForecast {
  const rates = ratesOf(made.history);
  if ('kind' in rates) throw new RangeError('A forecast was made from too little history for a rate.');
  return { ...made, expected: blendedRate(rates) * made.days };
}

/** How many days of mass closure are cut down in the past of a series. */
export function bulkDays({ daily }: Series): number {
  const capped = cappedDaily(daily);
  return daily.filter((count, day) => count !== capped[day]).length;
}
